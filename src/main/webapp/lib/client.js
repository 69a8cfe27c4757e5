import { Address } from './address.js';
import { FINAL_CODES, UNUSED } from './close-codes.js';
import { CLOSE_CODES, Connection, LOST } from './connection.js';
import { errorOf, TokenlyError } from './errors.js';
import { Emitter } from './emitter.js';
import { isId } from './frames.js';
import { millisOf } from './heartbeat.js';
import { Machine } from './machine.js';
import { policyOf } from './policy.js';
import { Retry } from './retry.js';
import { Sessions } from './sessions.js';
import { CLIENT_TABLE } from './states.js';
import { listenForWaking, worldOf } from './world.js';

/** @typedef {import('./tokenly.js').Client} Promised */
/** @typedef {import('./tokenly.js').ClientEvents} ClientEvents */
/** @typedef {import('./tokenly.js').ConnectOptions} ConnectOptions */
/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').Loss} Loss */
/** @typedef {import('./states.js').ClientStep} Step */

/** After so long an attempt without an answer is begun anew where the network is another one. */
const STALE_MILLIS = 2000;

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
  /** @type {Emitter<ClientEvents>} */
  #events = new Emitter();
  /** @type {Connection | undefined} */
  #connection;
  /** Connections so far; it is never reset. */
  #connections = 0;
  /** When the last attempt began, by the clock that is never set. */
  #triedAt = 0;
  /** The last connection that was open fell silent. */
  #wasSilent = false;
  #stopListening;
  #stopAsking = () => {};

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
    });
    if (address.current) this.#sessions.locate(address.current);
    this.#sessions.frameBytes = this.#policy.frameBytes;
    this.#stopListening = listenForWaking(this.#world, (isNetwork) => this.#woke(isNetwork));
    options.signal?.addEventListener('abort', () => void this.close(), { once: true });
    queueMicrotask(() => this.#begin(options.signal));
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
    const { sessionId, roomId, on, signal } = wish;
    if (!isId(sessionId) || !isId(roomId)) throw new TokenlyError('bad-id');
    if (signal?.aborted) throw new TokenlyError('aborted', { cause: signal.reason });
    if (this.#error) throw this.#error;
    const isLeft = this.#sessions.leavingOf(sessionId);
    if (isLeft) return isLeft.then(() => this.createPeer(wish));
    const session = this.#sessions.add(sessionId, roomId, on);
    const abort = () => session.abandon(new TokenlyError('aborted', { cause: signal?.reason }));
    signal?.addEventListener('abort', abort);
    if (this.#machine.state === 'resting') this.#move('connect');
    return session.created.finally(() => signal?.removeEventListener('abort', abort));
  }

  reconnectNow() {
    if (!this.#machine.can('reconnect')) return;
    const loss = this.#connection && (this.#connection.isOpen ? { code: CLOSE_CODES.RECONNECT, reason: 'manual reconnect' } : LOST);
    this.#connection?.end(CLOSE_CODES.RECONNECT, 'manual reconnect');
    this.#forgetConnection();
    this.#retry.forget();
    this.#move('reconnect', { loss });
  }

  networkChanged() {
    this.#woke(true);
  }

  probe() {
    this.#connection?.probe();
  }

  fail() {
    if (!this.#connection?.isOpen) return false;
    this.#connection.drop(CLOSE_CODES.SIMULATED_FAILURE, 'simulated failure');
    this.#lost(LOST);
    return true;
  }

  async close() {
    if (!this.#machine.can('close')) return LOST;
    const connection = this.#connection;
    const leaving = this.#sessions.leave();
    this.#forgetConnection();
    this.#stopListening();
    this.#retry.forget();
    const end = connection?.leave(CLOSE_CODES.LEAVING, leaving.frames(this.#policy.features), (frame) => leaving.take(frame)) ?? LOST;
    this.#move('close', { error: new TokenlyError('closed') });
    this.#sessions.close();
    return end;
  }

  /** @param {AbortSignal | undefined} signal */
  #begin(signal) {
    if (signal?.aborted) void this.close();
    else if (this.#machine.can('connect')) this.#move('connect');
  }

  /** @param {Step} step @param {{ loss?: Loss | undefined, error?: TokenlyError }} [more] */
  #move(step, { loss, error } = {}) {
    const from = this.#machine.state;
    const state = this.#machine.move(step);
    this.#error = this.#sessions.refusal = error;
    const connections = this.#connections;
    this.#events.emit('state', { ...this.view, from, loss });
    if (state === 'connecting' && this.#isTrying(connections)) this.#open();
  }

  /** Whether this attempt goes on: a listener may have chosen otherwise. @param {number} connections so far, when it began */
  #isTrying(connections) {
    return this.#machine.state === 'connecting' && this.#connections === connections;
  }

  /** Asks for the address, and opens a connection to it. */
  #open() {
    const number = (this.#connections += 1);
    this.#triedAt = this.#world.elapsed();
    this.#stopAsking = this.#address.ask(this.#world, this.#policy.connectTimeoutMillis, (address) => this.#openAt(address), (error) => this.#fail(number, error));
  }

  /** @param {string} address */
  #openAt(address) {
    this.#sessions.locate(address);
    try {
      const connection = new Connection(this.#world, address, this.#policy.connectTimeoutMillis, this.#ownerOf(() => connection));
      this.#connection = connection;
    } catch (cause) {
      // A browser throws where the page may not open such a socket at all, as from https to ws.
      this.#fail(this.#connections, new TokenlyError('connection-failed', { message: /** @type {Error} */ (cause).message, cause }));
    }
  }

  /** The attempt failed before there was a connection. @param {number} number of the attempt @param {TokenlyError} error */
  #fail(number, error) {
    this.#events.emit('error', error);
    this.#world.setTimeout(() => this.#isTrying(number) && this.#lost(LOST), 0);
  }

  /** Who hears of a connection. @param {() => Connection} self @returns {import('./connection.js').Owner} */
  #ownerOf(self) {
    return {
      opened: () => this.#move('opened'),
      sent: (event) => this.#events.emit('sent', event),
      received: ({ data, frame }) => {
        this.#events.emit('received', { data, frame });
        if (frame) this.#received(frame, self());
      },
      answered: (event) => {
        this.#wasSilent = false;
        this.#events.emit('latency', event);
      },
      troubled: (error) => {
        this.#wasSilent ||= error.code === 'heartbeat-timeout';
        if (error.code === 'handshake-refused') this.#retry.drain(error.retryAfterMillis);
        this.#events.emit('error', error);
      },
      lost: (loss, error) => {
        if (self() === this.#connection) this.#lost(loss, error); // else a listener has gone on
      },
    };
  }

  /** @param {Fields} frame @param {Connection} connection */
  #received(frame, connection) {
    const { state } = this.#machine;
    if (frame['type'] === 'welcome') return state === 'welcoming' ? this.#welcomed(frame, connection) : undefined;
    if (state !== 'connected') return undefined;
    if (frame['type'] === 'drain') this.#retry.drain(frame['retry_after_ms']);
    if (frame['type'] === 'error') this.#events.emit('error', errorOf(frame));
    return this.#sessions.receive(frame);
  }

  /** @param {Fields} welcome @param {Connection} connection */
  #welcomed(welcome, connection) {
    this.#policy = policyOf(this.#options, welcome);
    // A frame that is still arriving cannot be seen: after a silence the largest one gets its time, or it would never pass.
    connection.welcomed(this.#policy, this.#wasSilent ? millisOf(this.#policy.frameBytes) : 0);
    this.#retry.succeeded(this.#policy);
    this.#move('welcomed');
    if (connection === this.#connection) this.#sessions.attach(connection, this.#connections, this.#policy.frameBytes);
  }

  #forgetConnection() {
    this.#retry.hold();
    this.#stopAsking();
    this.#connection = undefined;
    this.#sessions.detach();
  }

  /** @param {Loss} loss @param {TokenlyError} [error] why there is no coming back */
  #lost(loss, error) {
    this.#forgetConnection();
    const code = FINAL_CODES[loss.code] ?? (this.#options.finalCodes?.includes(loss.code) ? 'ended-by-server' : undefined);
    const refusal = error ?? (code && new TokenlyError(code, { message: loss.reason || undefined }));
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
    this.#sessions.stop(error);
    this.#move(step, { loss, error });
    if (error.code === 'taken-over') this.#sessions.takenOver();
  }

  /** The server left a message out: the mailbox is asked for again. */
  #gap() {
    this.#connection?.end(CLOSE_CODES.GAP, 'a message is missing');
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
    // What was begun in the network of before may hang until its timeout.
    const isStale = isNetwork && this.#world.elapsed() - this.#triedAt >= STALE_MILLIS;
    if (isStale && (state === 'connecting' || state === 'welcoming')) this.#tryAgain();
  }

  #tryAgain() {
    this.#connection?.drop(CLOSE_CODES.SILENCE, 'no answer');
    this.#forgetConnection();
    this.#move('reconnect', { loss: LOST });
  }
}
