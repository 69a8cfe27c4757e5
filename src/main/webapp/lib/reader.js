import { TokenlyError } from './errors.js';

/** @typedef {import('./tokenly.js').Signal} Signal */
/** @typedef {IteratorResult<Signal, undefined>} Result */

/** One iteration over the signals of a peer; it may lag behind by so many. @implements {AsyncIterator<Signal, undefined>} */
export class Reader {
  /** @type {Signal[]} */
  #signals = [];
  /** Those who wait for a signal; then there is none. @type {{ resolve: (result: Result) => void, reject: (error: unknown) => void }[]} */
  #waiting = [];
  /** @type {TokenlyError | undefined} */
  #error;
  #isOver = false;
  #backlog;
  #onOver;

  /** @param {number} backlog @param {(reader: Reader) => void} onOver */
  constructor(backlog, onOver) {
    this.#backlog = backlog;
    this.#onOver = onOver;
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
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** The loop was left. @returns {Promise<Result>} */
  return() {
    this.#signals = [];
    this.finish();
    return Promise.resolve({ value: undefined, done: true });
  }
}
