import { ask } from './asking.js';
import { TokenlyError } from './errors.js';

/** @typedef {import('./tokenly.js').AddressSource} AddressSource */
/** @typedef {import('./tokenly.js').World} World */

/** Where the server is: one address, or a function that is asked before each attempt. */
export class Address {
  #source;
  /** The newest; empty until a function has returned one. */
  current = '';

  /** @param {AddressSource} source @throws {TypeError} where it is no address */
  constructor(source) {
    this.#source = source;
    if (typeof source !== 'function') this.current = new URL(source).href;
  }

  /**
   * Asks for the address of the next attempt. One that is fixed is told before this returns.
   * @param {World} world @param {number} timeoutMillis @param {(address: string) => void} told @param {(error: TokenlyError) => void} failed `address-failed` or `connect-timeout`
   * @returns {() => void} ends the wait: neither is called any more
   */
  ask(world, timeoutMillis, told, failed) {
    const source = this.#source;
    if (typeof source !== 'function') {
      told(this.current);
      return () => {};
    }
    return ask(world, timeoutMillis, async () => new URL(await source()).href, {
      told: (address) => told((this.current = address)),
      failed: (cause) => failed(new TokenlyError('address-failed', { cause })), // what it says may hold a token of the address
      timedOut: () => failed(new TokenlyError('connect-timeout')),
    });
  }
}
