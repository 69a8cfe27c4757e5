import { TokenlyError } from './errors.js';

/** @typedef {import('./tokenly.js').AddressSource} AddressSource */
/** @typedef {import('./tokenly.js').World} World */

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

  /**
   * Asks for the address of the next attempt. One that is fixed is told before this returns.
   * @param {World} world @param {number} timeoutMillis @param {(address: string) => void} told @param {(error: TokenlyError) => void} failed `address-failed` or `connect-timeout`
   * @returns {() => void} ends the wait: neither is called any more
   */
  ask(world, timeoutMillis, told, failed) {
    if (typeof this.#source !== 'function') {
      told(this.current);
      return () => {};
    }
    const timer = world.setTimeout(() => end(() => failed(new TokenlyError('connect-timeout'))), timeoutMillis);
    let isOver = false;
    const end = (/** @type {() => void} */ act) => {
      world.clearTimeout(timer);
      if (!isOver) act();
      isOver = true;
    };
    const ask = async (/** @type {() => unknown} */ source) => new URL(/** @type {string} */ (await source())).href;
    ask(this.#source).then((address) => end(() => told((this.current = address))), (cause) => end(() => failed(failure(cause))));
    return () => end(() => {});
  }
}

/** @param {unknown} cause */
function failure(cause) {
  return new TokenlyError('address-failed', { message: `No address to connect to: ${cause instanceof Error ? cause.message : String(cause)}`, cause });
}
