import { Address } from './address.js';
import { Authentication } from './authentication.js';
import { refusalOf, UNUSED } from './close-codes.js';
import { CLOSE_CODES, LOST } from './connection.js';
import { Connector } from './connector.js';
import { Emitter } from './emitter.js';
import { errorOf, TokenlyError } from './errors.js';
import { Machine } from './machine.js';
import { policyOf } from './policy.js';
import { Retry } from './retry.js';
import { Sessions } from './sessions.js';
import { CLIENT_TABLE } from './states.js';
import { listenOutside, worldOf } from './world.js';

/** @typedef {import('./connection.js').Connection} Connection */
/** @typedef {import('./tokenly.js').Client} Promised */
/** @typedef {import('./tokenly.js').ClientEvents} ClientEvents */
/** @typedef {import('./tokenly.js').ConnectOptions} ConnectOptions */
/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').Loss} Loss */

/**
 * @template {import('./tokenly.js').Message} [M=import('./tokenly.js').AnyMessage] those of the application, which only its compiler knows
 * @param {import('./tokenly.js').AddressSource} address @param {ConnectOptions} [options] @returns {import('./tokenly.js').Client<M>}
 */
export function connect(address, options = {}) {
  return /** @type {any} */ (new Client(new Address(address), options));
}

/** Keeps its sessions over many connections, one at a time; see tokenly.d.ts. @implements {Promised} */
export class Client {
  #machine = new Machine(CLIENT_TABLE, 'idle');
  /** @type {TokenlyError | undefined} */
  #error;
  #address;
  #options;
  #world;
  #policy;
  #retry;
  #sessions;
  #authentication;
  /** @type {Emitter<ClientEvents>} */
  #events = new Emitter();
  #connector;
  #end = Promise.resolve(LOST);
  #stopListening;

  /** @param {Address} address @param {ConnectOptions} options */
  constructor(address, options) {
    this.#address = address;
    this.#options = options;
    this.#world = worldOf(options);
    this.#policy = policyOf(options);
    this.#retry = new Retry(this.#world);
    this.#sessions = new Sessions(this.#world, options, {
      gap: () => this.#gap(),
      troubled: (error) => this.#events.emit('error', error),
      served: () => this.#retry.served(),
      wanted: () => this.#machine.state === 'resting' && this.#move('connect'),
    });
    this.#authentication = new Authentication(this.#world, options.token, (error) => this.#events.emit('error', error));
    this.#connector = new Connector(this.#world, address, this.#authentication, this.#owner());
    if (address.current) this.#sessions.locate(address.current);
    this.#sessions.frameBytes = this.#policy.frameBytes;
    this.#stopListening = listenOutside(this.#world, options.signal, (isNetwork) => this.#woke(isNetwork), () => void this.close());
    queueMicrotask(() => this.#begin());
  }

  get url() {
    return this.#address.current;
  }

  get view() {
    return { state: this.#machine.state, ...this.#retry.next, maxAttempts: this.#policy.maxAttempts, error: this.#error };
  }

  get remembered() {
    return this.#sessions.remembered;
  }

  /** @template {keyof ClientEvents} K @param {K} name @param {(event: ClientEvents[K]) => void} listener */
  on(name, listener) {
    return this.#events.on(name, listener);
  }

  /** @param {import('./tokenly.js').Wish} wish @returns {Promise<import('./tokenly.js').Peer>} */
  async createPeer(wish) {
    return this.#sessions.createPeer(wish);
  }

  reconnectNow() {
    if (!this.#machine.can('reconnect')) return;
    const { connection } = this.#connector;
    const loss = connection && (connection.isOpen ? { code: CLOSE_CODES.RECONNECT, reason: 'manual reconnect' } : LOST);
    connection?.end(CLOSE_CODES.RECONNECT, 'manual reconnect');
    this.#forgetConnection();
    this.#retry.forget();
    this.#move('reconnect', { loss });
  }

  networkChanged() {
    this.#woke(true);
  }

  probe() {
    this.#connector.connection?.probe();
  }

  fail() {
    const { connection } = this.#connector;
    if (!connection?.isOpen) return false;
    connection.drop(CLOSE_CODES.SIMULATED_FAILURE, 'simulated failure');
    this.#lost(LOST);
    return true;
  }

  async close() {
    if (!this.#machine.can('close')) return this.#end;
    const { connection } = this.#connector;
    const leaving = this.#sessions.leave();
    this.#forgetConnection();
    this.#stopListening();
    this.#retry.forget();
    this.#end = connection?.leave(CLOSE_CODES.LEAVING, leaving.frames(this.#policy.features), (frame) => leaving.take(frame)) ?? Promise.resolve(LOST);
    this.#move('close', { error: new TokenlyError('closed') });
    this.#sessions.close();
    return this.#end;
  }

  #begin() {
    if (this.#options.signal?.aborted) void this.close();
    else if (this.#machine.can('connect')) this.#move('connect');
  }

  /** @param {import('./states.js').ClientStep} step @param {{ loss?: Loss | undefined, error?: TokenlyError }} [more] */
  #move(step, { loss, error } = {}) {
    const from = this.#machine.state;
    const state = this.#machine.move(step);
    this.#error = this.#sessions.refusal = error;
    const { count } = this.#connector;
    this.#events.emit('state', { ...this.view, from, loss });
    if (state === 'connecting' && this.#isTrying(count)) this.#connector.open(this.#policy.connectTimeoutMillis);
  }

  /** Whether this attempt goes on: a listener may have chosen otherwise. @param {number} count of attempts, with it or until it */
  #isTrying(count) {
    return ['connecting', 'welcoming'].includes(this.#machine.state) && this.#connector.count === count;
  }

  /** The attempt failed, and has no connection. @param {number} number of the attempt @param {TokenlyError} error */
  #failed(number, error) {
    this.#events.emit('error', error);
    this.#world.setTimeout(() => this.#isTrying(number) && this.#lost(LOST), 0);
  }

  /** Who hears of the attempts and of their connections. @returns {import('./connector.js').Owner} */
  #owner() {
    return {
      located: (address) => this.#sessions.locate(address),
      failed: (number, error) => this.#failed(number, error),
      opened: () => this.#move('opened'),
      sent: (event) => this.#events.emit('sent', event),
      received: (event, connection) => {
        this.#events.emit('received', event);
        if (event.frame) this.#received(event.frame, connection);
      },
      answered: (event) => this.#events.emit('latency', event),
      troubled: (error) => {
        if (error.code === 'handshake-refused') this.#retry.drain(error.retryAfterMillis);
        this.#events.emit('error', error);
      },
      lost: (loss, error) => this.#lost(loss, error),
    };
  }

  /** @param {Fields} frame @param {Connection} connection */
  #received(frame, connection) {
    const { state } = this.#machine;
    if (frame['type'] === 'welcome') return state === 'welcoming' ? this.#greeted(frame, connection) : undefined;
    if (state !== 'connected') return undefined;
    if (frame['type'] === 'token-expiring') this.#authentication.renew(connection, frame['expires_in_ms']);
    if (frame['type'] === 'drain') this.#retry.drain(frame['retry_after_ms']);
    if (frame['type'] === 'error') this.#events.emit('error', errorOf(frame));
    return this.#sessions.receive(frame);
  }

  /** @param {Fields} welcome @param {Connection} connection */
  #greeted(welcome, connection) {
    const refusal = this.#authentication.prepare(welcome, this.url, () => this.#welcomed(welcome, connection));
    if (!refusal) return;
    connection.end(CLOSE_CODES.LEAVING, '');
    this.#lost(LOST, refusal);
  }

  /** The token, if any, is there too. @param {Fields} welcome @param {Connection} connection */
  #welcomed(welcome, connection) {
    this.#policy = policyOf(this.#options, welcome);
    this.#connector.welcomed(connection, this.#policy);
    this.#retry.succeeded(this.#policy);
    this.#move('welcomed');
    if (connection === this.#connector.connection) this.#authentication.show(connection);
    if (connection === this.#connector.connection) this.#sessions.attach(connection, this.#connector.count, this.#policy.frameBytes);
  }

  #forgetConnection() {
    this.#retry.hold();
    this.#connector.forget();
    this.#sessions.detach();
  }

  /** @param {Loss} loss @param {TokenlyError} [error] why there is no coming back */
  #lost(loss, error) {
    this.#forgetConnection();
    const refusal = error ?? refusalOf(loss, this.#options.finalCodes);
    if (refusal) return this.#stop('refused', refusal, loss);
    if (loss.code === UNUSED && this.#sessions.isEmpty && this.#machine.can('rest')) return this.#rest(loss);
    const isLeft = this.#retry.schedule(this.#policy, loss, () => this.#move('due'));
    if (isLeft) this.#move('lost', { loss });
    else this.#stop('exhausted', new TokenlyError('gave-up'), loss);
  }

  /** Until a session is wanted. @param {Loss} loss */
  #rest(loss) {
    this.#retry.forget();
    this.#move('rest', { loss });
  }

  /** @param {'refused' | 'exhausted'} step @param {TokenlyError} error @param {Loss} loss */
  #stop(step, error, loss) {
    if (step === 'refused') this.#retry.forget();
    const { count } = this.#connector;
    this.#sessions.stop(error);
    if (!this.#machine.can(step) || this.#connector.count !== count) return; // a listener of an end has chosen otherwise
    this.#move(step, { loss, error });
    if (error.code === 'taken-over') this.#sessions.takenOver();
  }

  /** The server left a message out: the mailbox is asked for again. */
  #gap() {
    this.#connector.connection?.end(CLOSE_CODES.GAP, 'a message is missing');
    this.#lost(LOST);
    this.#events.emit('error', new TokenlyError('mailbox-gap'));
  }

  /** An open-looking connection may be dead, and an attempt may succeed now. @param {boolean} isNetwork the network is another one */
  #woke(isNetwork) {
    const { state } = this.#machine;
    if (state === 'connected') return this.probe();
    if (state === 'gave-up') return this.reconnectNow();
    if (state === 'waiting') {
      this.#retry.hold();
      return this.#move('due');
    }
    if (isNetwork && (state === 'connecting' || state === 'welcoming')) this.#connector.networkChanged(() => this.#tryAgain());
  }

  #tryAgain() {
    this.#connector.drop();
    this.#forgetConnection();
    this.#move('reconnect', { loss: LOST });
  }
}
