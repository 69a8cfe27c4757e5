import { Backoff } from './backoff.js';

/** @typedef {import('./policy.js').Policy} Policy */
/** @typedef {import('./tokenly.js').Loss} Loss */
/** @typedef {import('./tokenly.js').World} World */

/** No attempt is due. */
const NO_ATTEMPT = { attempt: 0, delay: 0, dueAt: 0 };

/** The attempt that is due after a loss, and the delay before it. */
export class Retry {
  #world;
  #backoff;
  /** The delay, or the time until a connection is old enough for the count to start anew. @type {unknown} */
  #timer;
  /** What the server's `drain` asked for. @type {number | undefined} */
  #drainMillis;
  #next = NO_ATTEMPT;

  /** @param {World} world */
  constructor(world) {
    this.#world = world;
    this.#backoff = new Backoff(world.random);
  }

  /** The attempt, its delay in ms, and when it is due in ms since 1970; zeros where none is due or under way. */
  get next() {
    return this.#next;
  }

  /** The server is about to stop. @param {unknown} retryAfterMillis */
  drain(retryAfterMillis) {
    this.#drainMillis = typeof retryAfterMillis === 'number' ? retryAfterMillis : undefined;
  }

  /** @param {Policy} policy @param {Loss} loss @param {() => void} act when the attempt is due @returns {boolean} false where no attempt is left */
  schedule(policy, loss, act) {
    const next = this.#backoff.next(policy, loss, this.#drainMillis);
    this.#drainMillis = undefined;
    if (!next) return false;
    this.#next = { ...next, dueAt: this.#world.now() + next.delay };
    this.#timer = this.#world.setTimeout(act, next.delay);
    return true;
  }

  /** A session is there again: a success, however long it lasts. */
  served() {
    this.#backoff.succeeded();
  }

  /** There is a connection. The count starts anew when the connection has lived for long enough. @param {Policy} policy */
  succeeded({ resetAfterMillis }) {
    this.#next = NO_ATTEMPT;
    if (resetAfterMillis === 0) this.#backoff.reset();
    else this.#timer = this.#world.setTimeout(() => this.#backoff.reset(), resetAfterMillis);
  }

  /** Nothing is due any more; the attempt stays in view, because it is under way or was the last. */
  hold() {
    this.#world.clearTimeout(this.#timer);
  }

  /** Nothing is due, and the count starts anew. */
  forget() {
    this.hold();
    this.#drainMillis = undefined;
    this.#next = NO_ATTEMPT;
    this.#backoff.reset();
  }
}
