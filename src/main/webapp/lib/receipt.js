/** @typedef {import('./errors.js').TokenlyError} TokenlyError */

/**
 * The promise of `send`. Many callers do not hold it: then its failure ends no Node process, and goes to `unheld` instead.
 * @template T @extends {Promise<T>}
 */
export class Receipt extends Promise {
  #isHeld = false;

  /** What `then` makes is a promise like any other. @override */
  static get [Symbol.species]() {
    return Promise;
  }

  /** @template T @param {Promise<T>} sending @param {(error: TokenlyError) => void} unheld @returns {Promise<T>} */
  static of(sending, unheld) {
    const receipt = new Receipt((resolve, reject) => void sending.then(resolve, reject));
    Promise.prototype.then.call(receipt, undefined, (error) => receipt.#isHeld || unheld(error));
    return receipt;
  }

  /** @type {Promise<T>['then']} @override */
  then(fulfilled, rejected) {
    this.#isHeld = true;
    return super.then(fulfilled, rejected);
  }
}
