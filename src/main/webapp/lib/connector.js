import { CLOSE_CODES, Connection } from './connection.js';
import { TokenlyError } from './errors.js';
import { millisOf } from './heartbeat.js';

/** @typedef {import('./address.js').Address} Address */
/** @typedef {import('./authentication.js').Authentication} Authentication */
/** @typedef {import('./policy.js').Policy} Policy */
/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').Loss} Loss */
/** @typedef {import('./tokenly.js').World} World */

/** So long an attempt may go without an answer where the network has become another one since it began. */
const STALE_MILLIS = 2000;

/**
 * Who hears of the attempts and of their connections.
 * @typedef {object} Owner
 * @property {(address: string) => void} located the address of this attempt is known
 * @property {(number: number, error: TokenlyError) => void} failed the attempt of that number: there is no connection of it, or no longer one
 * @property {() => void} opened
 * @property {(event: { text: string, frame: Fields }) => void} sent without what is secret
 * @property {(event: { data: unknown, frame: Fields | undefined }, connection: Connection) => void} received
 * @property {(event: { millis: number }) => void} answered the round trip of a ping
 * @property {(error: TokenlyError) => void} troubled something went wrong; the end follows, where it is one
 * @property {(loss: Loss, error?: TokenlyError) => void} lost the end of the connection of now
 */

/** Opens the connections of one client, one at a time: for each it asks for the address first, and meanwhile for the token. */
export class Connector {
  #world;
  #address;
  #authentication;
  #owner;
  /** @type {Connection | undefined} */
  #connection;
  #count = 0;
  /** When the last attempt began, by the clock that is never set. */
  #triedAt = 0;
  /** The last connection that was open fell silent. */
  #wasSilent = false;
  #stopAsking = () => {};
  /** The end of the attempt's time, where the network is another one. @type {unknown} */
  #staleness;

  /** @param {World} world @param {Address} address @param {Authentication} authentication @param {Owner} owner */
  constructor(world, address, authentication, owner) {
    this.#world = world;
    this.#address = address;
    this.#authentication = authentication;
    this.#owner = owner;
  }

  /** The one of now, whether it is open or not. */
  get connection() {
    return this.#connection;
  }

  /** Attempts so far; it is never reset. */
  get count() {
    return this.#count;
  }

  /** The server has welcomed us. @param {Connection} connection @param {Policy} policy */
  welcomed(connection, policy) {
    this.#world.clearTimeout(this.#staleness);
    // A frame that is still arriving cannot be seen: after a silence the largest one gets its time, or it would never pass.
    connection.welcomed(policy, this.#wasSilent ? millisOf(policy.frameBytes) : 0);
  }

  /** Begins an attempt. @param {number} timeoutMillis for the token, for the address, and again for the connection until its welcome */
  open(timeoutMillis) {
    const number = (this.#count += 1);
    const failed = (/** @type {TokenlyError} */ error) => {
      this.drop();
      this.forget();
      this.#owner.failed(number, error);
    };
    this.#triedAt = this.#world.elapsed();
    this.#authentication.begin(timeoutMillis, failed);
    this.#stopAsking = this.#address.ask(this.#world, timeoutMillis, (address) => this.#openAt(address, timeoutMillis), failed);
  }

  /** The network is another one: an attempt that was begun in that of before may hang until its timeout. @param {() => void} beginAnew once it is old enough, unless it has ended */
  networkChanged(beginAnew) {
    this.#world.clearTimeout(this.#staleness);
    const rest = this.#triedAt + STALE_MILLIS - this.#world.elapsed();
    if (rest <= 0) beginAnew();
    else this.#staleness = this.#world.setTimeout(beginAnew, rest);
  }

  /** What is open or under way is nothing to us any more; it is not ended by this. */
  forget() {
    this.#stopAsking();
    this.#authentication.stop();
    this.#world.clearTimeout(this.#staleness);
    this.#connection = undefined;
  }

  /** It is ended as one is that does not answer. */
  drop() {
    this.#connection?.drop(CLOSE_CODES.SILENCE, 'no answer');
  }

  /** @param {string} address @param {number} timeoutMillis */
  #openAt(address, timeoutMillis) {
    this.#owner.located(address);
    try {
      const connection = new Connection(this.#world, address, timeoutMillis, this.#ownerOf(() => connection));
      this.#connection = connection;
    } catch (cause) {
      // A browser throws where the page may not open such a socket at all, as from https to ws.
      this.#owner.failed(this.#count, new TokenlyError('connection-failed', { message: /** @type {Error} */ (cause).message, cause }));
    }
  }

  /** @param {() => Connection} self @returns {import('./connection.js').Owner} */
  #ownerOf(self) {
    const owner = this.#owner;
    return {
      opened: () => owner.opened(),
      sent: (event) => owner.sent(event),
      received: (event) => owner.received(event, self()),
      answered: (event) => {
        this.#wasSilent = false;
        owner.answered(event);
      },
      troubled: (error) => {
        this.#wasSilent ||= error.code === 'heartbeat-timeout';
        owner.troubled(error);
      },
      lost: (loss, error) => {
        if (self() !== this.#connection) return; // a listener has gone on
        owner.lost(loss, error);
        this.#authentication.closed(loss.code);
      },
    };
  }
}
