/**
 * A promise that others settle, once.
 * @template T
 */
export class Deferred {
  isSettled = false;
  #resolve = (/** @type {T} */ _) => {};
  #reject = (/** @type {unknown} */ _) => {};
  /** @type {Promise<T>} */
  promise = new Promise((resolve, reject) => {
    this.#resolve = resolve;
    this.#reject = reject;
  });

  /** @param {T} value */
  resolve(value) {
    this.isSettled = true;
    this.#resolve(value);
  }

  /** @param {unknown} error */
  reject(error) {
    this.isSettled = true;
    this.#reject(error);
  }
}
