import { TokenlyError } from './errors.js';

/** @typedef {import('./tokenly.js').AddressSource} AddressSource */

/** Where the server is: one address, or a function that is asked before each attempt, as for a token that expires. */
export class Address {
  #source;
  /** The newest; empty until a function has told one. */
  current = '';

  /** @param {AddressSource} source @throws {TypeError} where it is no address */
  constructor(source) {
    this.#source = source;
    if (typeof source !== 'function') this.current = new URL(source).href;
  }

  /** @returns {string | Promise<string>} the address of the next attempt @throws {TokenlyError} `address-failed`; or rejects with that */
  next() {
    if (typeof this.#source !== 'function') return this.current;
    try {
      const told = this.#source();
      if (typeof told === 'string' || told instanceof URL) return this.#take(told);
      return Promise.resolve(told).then((address) => this.#take(address)).catch((cause) => {
        throw failure(cause);
      });
    } catch (cause) {
      throw failure(cause);
    }
  }

  /** @param {string | URL} address */
  #take(address) {
    return (this.current = new URL(address).href);
  }
}

/** @param {unknown} cause */
function failure(cause) {
  return new TokenlyError('address-failed', { message: `No address to connect to: ${cause instanceof Error ? cause.message : String(cause)}`, cause });
}
