import { joinCall } from '../lib/call.js';
import { connect } from '../lib/tokenly.js';
import { Tunnel } from './tunnel.js';

/** @typedef {import('../lib/call.js').Call} Call */
/** @typedef {import('../lib/call.js').CallOptions} CallOptions */
/** @typedef {import('../lib/tokenly.js').Client} Client */

/** One client of the server, and its call. */
export class Conversation {
  client;
  tunnel;
  #address;
  #token;
  /** @type {Call | undefined} */
  #call;

  /** @param {string} address of the server @param {string} token empty for none @param {() => void} failing an attempt to connect failed, and more follow */
  constructor(address, token, failing) {
    this.#address = address;
    this.#token = token;
    this.tunnel = new Tunnel(address);
    this.client = connect(this.tunnel.address, this.#credentials);
    this.client.on('state', ({ state }) => state === 'waiting' && failing());
  }

  get call() {
    return this.#call;
  }

  /** @param {CallOptions} options @returns {Promise<Call>} @throws {TokenlyError} */
  async join(options) {
    this.#call = await joinCall(this.client, options);
    return this.#call;
  }

  /** Another client of the same server, whose network is not this one's. Its keys are not kept. */
  helper() {
    return connect(this.#address, { ...this.#credentials, storage: null });
  }

  /** Leaves, and lets the connection go. */
  async leave() {
    await this.client.close();
  }

  get #credentials() {
    return this.#token === '' ? {} : { token: this.#token };
  }
}
