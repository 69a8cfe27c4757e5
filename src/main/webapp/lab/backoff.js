/** @typedef {import('./connection.js').Loss} Loss */

/** No delay is longer (PROTOCOL.md, "Reconnecting"). */
export const MAX_DELAY_MILLIS = 30_000;

/** From one delay to the next (PROTOCOL.md, "Reconnecting"). */
const FACTOR = 2;

/** The delay before each attempt, in ms. @param {{ initialDelay: number, maxAttempts: number }} policy */
export function delaysOf({ initialDelay, maxAttempts }) {
  return Array.from({ length: maxAttempts }, (_, k) => Math.min(initialDelay * FACTOR ** k, MAX_DELAY_MILLIS));
}

/** Says which attempt is due after a loss, and after which delay. */
export class Backoff {
  #attempts = 0;
  #delays;

  /** @param {readonly number[]} delays in ms, one per attempt */
  constructor(delays) {
    this.#delays = delays;
  }

  get max() {
    return this.#delays.length;
  }

  /** @param {Loss} loss @returns {{ attempt: number, delay: number } | undefined} undefined when no attempt is left */
  next(loss) {
    const delay = this.#delays[this.#attempts];
    if (delay === undefined) return undefined;
    this.#attempts += 1;
    const isFirst = this.#attempts === 1;
    return { attempt: this.#attempts, delay: (isFirst ? wishOf(loss) : undefined) ?? delay };
  }
}

/** What the server asks for: after a restart its own delay, after a heartbeat timeout none (PROTOCOL.md, "Close codes"). @param {Loss} loss */
function wishOf({ code, reason }) {
  if (code === 4008) return 0;
  const wish = code === 1012 || code === 1013 ? /^retry_after_ms=(\d{1,9})$/.exec(reason)?.[1] : undefined;
  return wish === undefined ? undefined : Number(wish);
}
