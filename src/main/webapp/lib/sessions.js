import { Acks } from './acks.js';
import { Deferred } from './deferred.js';
import { TokenlyError } from './errors.js';
import { chunksOf, isId } from './frames.js';
import { base64url, Keyring } from './keyring.js';
import { Leaving } from './leaving.js';
import { Session } from './session.js';

/** @typedef {import('./connection.js').Connection} Connection */
/** @typedef {import('./tokenly.js').ConnectOptions} ConnectOptions */
/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').Listeners} Listeners */
/** @typedef {import('./tokenly.js').World} World */

/**
 * What the sessions tell their client.
 * @typedef {object} Owner
 * @property {() => void} gap the server left a message out
 * @property {(error: TokenlyError) => void} troubled something failed for which no promise is held
 * @property {() => void} served a session was created or resumed on this connection
 * @property {() => void} wanted there is a new session, which needs a connection
 */

/** How many messages a reader may lag behind. */
const BACKLOG = 1000;
/** What a `resume` frame holds besides its sessions, with room to spare. */
const OVERHEAD_BYTES = 256;

/** All sessions of one client: what each connection carries. */
export class Sessions {
  /** @type {Map<string, Session>} */
  #sessions = new Map();
  /** Once the address of the server is known. @type {Keyring | undefined} */
  #keyring;
  /** The name of this instance, which no other has. */
  #instance;
  /** The one that the server has welcomed. @type {Connection | undefined} */
  #connection;
  #attempt = 0;
  /** The largest frame that the server takes. */
  frameBytes = 0;
  /** Why nothing is tried any more, while that is so. @type {TokenlyError | undefined} */
  refusal;
  #wanted;

  /** @param {World} world @param {ConnectOptions} options @param {Owner} owner */
  constructor(world, { outbox, backlog = BACKLOG }, { gap, troubled, served, wanted }) {
    this.world = world;
    this.outbox = outbox;
    this.backlog = backlog;
    this.gap = gap;
    this.troubled = troubled;
    this.served = served;
    this.#wanted = wanted;
    this.acks = new Acks(world, (frame) => this.send(frame), () => this.frameBytes);
    this.#instance = base64url(world, 16);
  }

  get isEmpty() {
    return this.#sessions.size === 0;
  }

  /** Those whose keys we have, and which we do not hold. */
  get remembered() {
    return (this.#keyring?.list() ?? []).filter(({ sessionId }) => !this.#sessions.has(sessionId));
  }

  /** @param {import('./tokenly.js').Wish} wish @returns {Promise<import('./tokenly.js').Peer>} @throws {TokenlyError} */
  async createPeer(wish) {
    const { sessionId, roomId, on, signal } = wish;
    if (!isId(sessionId) || !isId(roomId)) throw new TokenlyError('bad-id');
    if (signal?.aborted) throw new TokenlyError('aborted', { cause: signal.reason });
    if (this.refusal) throw this.refusal;
    const known = this.#sessions.get(sessionId);
    if (known?.isLeaving) return until(known.destroy(), signal).then(() => this.createPeer(wish)); // it is on its way out
    if (known) throw new TokenlyError('session-in-use');
    const session = this.#add(sessionId, roomId, on);
    const abort = () => session.abandon(new TokenlyError('aborted', { cause: signal?.reason }));
    signal?.addEventListener('abort', abort);
    this.#wanted();
    return session.created.finally(() => signal?.removeEventListener('abort', abort));
  }

  /** The keys are those of this server from now on, whatever address it has later. @param {string} url */
  locate(url) {
    if (this.#keyring) return;
    this.#keyring = new Keyring(this.world, url, this.troubled);
    for (const session of this.#sessions.values()) session.claim(this.#keyring);
  }

  /** The server has welcomed a connection. @param {Connection} connection @param {number} attempt its number @param {number} frameBytes the server's limit */
  attach(connection, attempt, frameBytes) {
    this.#connection = connection;
    this.#attempt = attempt;
    this.frameBytes = frameBytes;
    this.#begin([...this.#sessions.values()]);
  }

  /** The connection is lost. */
  detach() {
    this.#connection = undefined;
    this.acks.clear();
    for (const session of this.#sessions.values()) session.drop();
  }

  /** @param {Fields} frame */
  receive(frame) {
    if (frame['type'] === 'ack') {
      for (const [sessionId, seq] of Object.entries(frame['received'] ?? {})) this.#sessions.get(sessionId)?.acknowledged(seq);
    } else if (frame['code'] === 'rate-limited' && frame['session_id'] === undefined) {
      for (const session of [...this.#sessions.values()]) session.receive(frame); // it may have been of any
    } else {
      this.#sessions.get(frame['session_id'])?.receive(frame);
    }
  }

  /** There is no coming back by itself: nothing is waited for any more. @param {TokenlyError} error */
  stop(error) {
    this.refusal = error;
    for (const session of [...this.#sessions.values()]) session.forsake(error);
  }

  /** Another instance has them all. */
  takenOver() {
    for (const session of [...this.#sessions.values()]) session.takenOver();
  }

  /** Those that the connection of now holds, or asks for: their ends are to be confirmed. */
  leave() {
    return new Leaving([...this.#sessions.values()].filter(({ isOnConnection }) => isOnConnection));
  }

  /** Ends all. Their keys are kept: only the server's confirmation says that they are of no use. */
  close() {
    for (const session of [...this.#sessions.values()]) session.end('closed', new TokenlyError('closed'), { keepsKey: true });
  }

  /** @param {Fields} frame that goes nowhere where there is no connection */
  send(frame) {
    this.#connection?.send(frame);
  }

  /** Sends its `create-peer`. @param {Session} session */
  create(session) {
    if (!this.#connection) return;
    this.send({ type: 'create-peer', ...session.creation(), instance: this.#instance, attempt: this.#attempt });
  }

  /** Sends a `resume` for it alone. @param {Session} session */
  resume(session) {
    if (this.#connection) this.#begin([session]);
  }

  /** @param {Session} session */
  ended(session) {
    this.#sessions.delete(session.sessionId);
  }

  /** @param {string} sessionId @param {string} roomId @param {Listeners} [listeners] @returns {Session} */
  #add(sessionId, roomId, listeners) {
    const session = new Session(this, sessionId, roomId, listeners);
    if (this.#keyring) session.claim(this.#keyring);
    this.#sessions.set(sessionId, session);
    if (this.#connection) this.#begin([session]);
    return session;
  }

  /** Asks for these sessions, as many in a frame as fit. @param {Session[]} sessions */
  #begin(sessions) {
    const resumptions = sessions.filter(({ state }) => state === 'detached').map((session) => session.resumption());
    for (const chunk of chunksOf(resumptions, this.frameBytes - OVERHEAD_BYTES)) {
      this.send({ type: 'resume', instance: this.#instance, attempt: this.#attempt, sessions: chunk });
    }
    for (const session of sessions) if (session.state === 'fresh') this.create(session); // a listener of `sent` may have ended one meanwhile
  }
}

/** @param {Promise<void>} end @param {AbortSignal | undefined} signal @returns {Promise<void>} when it is so, or the signal is aborted */
async function until(end, signal) {
  /** @type {Deferred<void>} */
  const aborted = new Deferred();
  const abort = () => aborted.resolve();
  signal?.addEventListener('abort', abort);
  await Promise.race([end, aborted.promise]);
  signal?.removeEventListener('abort', abort);
}
