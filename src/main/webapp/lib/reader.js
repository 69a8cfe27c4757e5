import { TokenlyError } from './errors.js';

/** @typedef {import('./tokenly.js').Signal} Signal */
/** @typedef {IteratorResult<Signal, undefined>} Result */

/**
 * One iteration over the signals of a peer. It gets a signal when it waits for one, or when something else takes that; then it may lag
 * behind by so many.
 * @implements {AsyncIterator<Signal, undefined>}
 */
export class Reader {
  /** @type {Signal[]} */
  #signals = [];
  /** Those who wait for a signal; then there is none. @type {{ resolve: (result: Result) => void, reject: (error: unknown) => void }[]} */
  #waiting = [];
  /** @type {TokenlyError | undefined} */
  #error;
  #isOver = false;
  #backlog;
  #onWanted;
  #onOver;

  /** @param {number} backlog @param {() => void} onWanted it waits for a signal @param {(reader: Reader) => void} onOver */
  constructor(backlog, onWanted, onOver) {
    this.#backlog = backlog;
    this.#onWanted = onWanted;
    this.#onOver = onOver;
  }

  get isWaiting() {
    return this.#waiting.length > 0;
  }

  /** @param {Signal} signal */
  push(signal) {
    const first = this.#waiting.shift();
    if (first) return first.resolve({ value: signal, done: false });
    if (this.#signals.length >= this.#backlog) {
      this.#error = new TokenlyError('reader-too-slow');
      return this.finish();
    }
    this.#signals.push(signal);
  }

  /** No signal follows; those that wait can still be read. */
  finish() {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const { resolve } of this.#waiting.splice(0)) resolve({ value: undefined, done: true });
    this.#onOver(this);
  }

  /** @returns {Promise<Result>} */
  next() {
    const signal = this.#signals.shift();
    if (signal) return Promise.resolve({ value: signal, done: false });
    const error = this.#error;
    this.#error = undefined;
    if (error) return Promise.reject(error);
    if (this.#isOver) return Promise.resolve({ value: undefined, done: true });
    const next = new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.#onWanted();
    return next;
  }

  /** The loop was left. @returns {Promise<Result>} */
  return() {
    this.#signals = [];
    this.finish();
    return Promise.resolve({ value: undefined, done: true });
  }
}
