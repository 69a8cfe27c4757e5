import { AT_ONCE_CODES, TIMED_CODES } from './close-codes.js';

/** @typedef {import('./policy.js').Policy} Policy */
/** @typedef {import('./tokenly.js').Loss} Loss */

/** The longest delay that `setTimeout` keeps: a longer one would fire at once. */
export const MAX_MILLIS = 2 ** 31 - 1;

/**
 * Says which attempt is due after a loss, and after which delay (PROTOCOL.md, "Reconnecting"). Giving up counts attempts that
 * failed; the delay depends on the place in the ladder, which a short success does not leave.
 */
export class Backoff {
  /** Attempts since the last success. */
  #attempts = 0;
  /** In the ladder of delays. */
  #place = 0;
  #random;

  /** @param {() => number} random from 0 to 1 */
  constructor(random) {
    this.#random = random;
  }

  /** The attempt was a success, so it does not count. How long that lasts is not known yet: the delays go on from their place. */
  succeeded() {
    this.#attempts = 0;
  }

  /** The count and the delays start anew. */
  reset() {
    this.#attempts = this.#place = 0;
  }

  /**
   * @param {Policy} policy @param {Loss} loss @param {number} [drainMillis] what the server's `drain` asked for
   * @returns {{ attempt: number, delay: number } | undefined} undefined when no attempt is left
   */
  next({ delays, maxAttempts, jitter }, loss, drainMillis) {
    if (this.#attempts >= maxAttempts) return undefined;
    this.#attempts += 1;
    this.#place += 1;
    const nominal = delays[Math.min(this.#place, delays.length) - 1] ?? 0;
    const delay = this.#wishOf(loss) ?? drainMillis ?? nominal * (1 - jitter * this.#random());
    return { attempt: Math.min(this.#place, maxAttempts), delay: Math.min(Math.round(delay), MAX_MILLIS) };
  }

  /** What the close code asks for (PROTOCOL.md, "Close codes"). @param {Loss} loss */
  #wishOf({ code, reason }) {
    if (AT_ONCE_CODES.includes(code)) return this.#place === 1 ? 0 : undefined;
    const wish = TIMED_CODES.includes(code) ? /^retry_after_ms=(\d{1,9})$/.exec(reason)?.[1] : undefined;
    return wish === undefined ? undefined : Number(wish);
  }
}
