import { Deferred } from './deferred.js';
import { errorOf, TokenlyError } from './errors.js';
import { Ice } from './ice.js';
import { Machine } from './machine.js';
import { Peer } from './peer.js';
import { Receiving } from './receiving.js';
import { Resuming } from './resuming.js';
import { Sending } from './sending.js';
import { SESSION_TABLE } from './states.js';

/** @typedef {import('./keyring.js').Keyring} Keyring */
/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').Listeners} Listeners */
/** @typedef {import('./tokenly.js').Outgoing} Outgoing */
/** @typedef {import('./sessions.js').Sessions} Host */

/** What the server could not take now, but will later. */
const LATER = new Set(['busy', 'seq-gap', 'store-failed', 'rate-limited', 'quota-exceeded']);

/** @type {ReadonlySet<import('./states.js').SessionState>} */
const ON_CONNECTION = new Set(['creating', 'resuming', 'attached']);

/** Our side of one session: what survives the connections (PROTOCOL.md, "Resuming"). */
export class Session {
  #machine;
  #host;
  #sending;
  #receiving;
  #resuming;
  #ice;
  #isLeaving = false;
  /** @type {Deferred<Peer>} */
  #created = new Deferred();
  /** @type {Deferred<void>} */
  #left = new Deferred();

  /** @param {Host} host @param {string} sessionId @param {string} roomId @param {Listeners} [listeners] */
  constructor(host, sessionId, roomId, listeners = {}) {
    this.#host = host;
    this.sessionId = sessionId;
    this.roomId = roomId;
    this.#sending = new Sending(host);
    this.#receiving = new Receiving(host, sessionId);
    for (const [name, listener] of Object.entries(listeners)) if (listener) this.room.events.on(/** @type {any} */ (name), listener);
    this.#machine = new Machine(SESSION_TABLE, 'fresh');
    this.#ice = new Ice(host, sessionId, (iceServers) => this.room.events.emit('ice-servers', { iceServers }));
    this.#resuming = new Resuming(host, this, this.#machine, this.#sending, this.#receiving);
  }

  /** The server is known, and so is whether we had this session there. @param {Keyring} keyring */
  claim(keyring) {
    this.#resuming.claim(keyring);
  }

  get state() {
    return this.#machine.state;
  }

  /** Whether the connection of now holds it, or was asked for it. */
  get isOnConnection() {
    return ON_CONNECTION.has(this.state);
  }

  get room() {
    return this.#receiving.room;
  }

  get isLeaving() {
    return this.#isLeaving;
  }

  get iceServers() {
    return this.#ice.servers;
  }

  get pending() {
    return this.#sending.pending;
  }

  /** When the server has made it, or has let us take it again. */
  get created() {
    return this.#created.promise;
  }

  get isCreated() {
    return this.#created.isSettled;
  }

  /** What `create-peer` says of it, which is sent now. */
  creation() {
    return this.#resuming.creation();
  }

  /** What `resume` says of it, which is sent now. */
  resumption() {
    return this.#resuming.resumption();
  }

  /** The connection is lost, or holds the session no longer. */
  drop() {
    if (this.#machine.can('drop')) this.#machine.move('drop');
    this.#sending.detach();
    this.#receiving.detach();
    this.#ice.hold();
  }

  /** @param {Outgoing} signal @param {AbortSignal} [abort] @returns {Promise<{ seq: number }>} @throws {TokenlyError} */
  send(signal, abort) {
    if (this.state === 'ended' || this.#isLeaving) throw new TokenlyError('peer-ended');
    if (this.#host.refusal) throw this.#host.refusal;
    return this.#sending.send(this.sessionId, this.room.addressed(signal), abort);
  }

  /** Something failed for which no promise is held. @param {TokenlyError} error */
  troubled(error) {
    this.#host.troubled(error);
  }

  /** @returns {Promise<void>} when the server has ended it */
  destroy() {
    if (this.#isLeaving || this.state === 'ended') return this.#left.promise;
    this.#isLeaving = true;
    if (this.state === 'fresh') this.hasLeft({ keepsKey: this.#resuming.mayExist });
    else if (this.#host.refusal) this.hasLeft({ keepsKey: true });
    else if (this.state === 'attached') this.#leave();
    return this.#left.promise;
  }

  /** There is no coming back by itself: whatever is waited for is settled. It can still be resumed. @param {TokenlyError} error */
  forsake(error) {
    if (!this.isCreated) return this.end(error.code, error, { keepsKey: true });
    this.#sending.forsake(error);
    if (this.#isLeaving) this.hasLeft({ keepsKey: true }); // the server may still hold it, for its resume window
  }

  /** Its creation was aborted; where the server may have it, it ends there too. @param {TokenlyError} error */
  abandon(error) {
    this.#created.reject(error);
    void this.destroy();
  }

  /** @param {number} seq up to which the server has our signals, by an `ack` */
  acknowledged(seq) {
    if (this.#sending.isTakenBack(seq)) return this.#resuming.beginAnew(seq);
    this.#confirm(seq);
  }

  /** @param {number} seq up to which the server has our signals */
  #confirm(seq) {
    const isNews = this.#sending.confirm(seq);
    if (isNews && this.#isLeaving) this.#leave();
  }

  /** @param {Fields} frame that names this session */
  receive(frame) {
    switch (frame['type']) {
      case 'ice-servers':
        return this.#ice.take(frame);
      case 'peer-created':
        this.#ice.take(frame);
        return frame['success'] === true ? this.#resuming.made(frame) : this.#notMade(errorOf(frame['error']));
      case 'resumed':
        this.#ice.take(frame);
        return this.#resuming.answered(frame);
      case 'error':
        return this.#failed(frame);
      case 'peer-destroyed':
        return this.#isLeaving ? this.hasLeft() : undefined;
      case 'taken-over':
        return this.takenOver();
      default:
        return Number.isSafeInteger(frame['seq']) ? this.#receiving.take(frame) : undefined;
    }
  }

  /** Another instance has it. */
  takenOver() {
    this.room.events.emit('taken-over', { sessionId: this.sessionId });
    this.end('taken-over', new TokenlyError('taken-over'));
  }

  /** It is over. @param {string} reason @param {TokenlyError} error for those that wait @param {{ keepsKey?: boolean }} [options] whether it may be taken again */
  end(reason, error, { keepsKey = false } = {}) {
    if (!this.#machine.can('end')) return;
    this.#machine.move('end');
    this.#sending.detach();
    this.#receiving.end();
    this.#ice.hold();
    this.#host.acks.forget(this.sessionId);
    if (!keepsKey) this.forgetKey();
    this.#host.ended(this);
    this.#sending.restart(error);
    this.#created.reject(error);
    this.#left.resolve();
    this.room.close(reason);
  }

  /** The server has ended it, so its key is of no use. */
  forgetKey() {
    this.#resuming.forgetKey();
  }

  /** It is on a connection. */
  settle() {
    this.#host.served();
    if (this.#isLeaving) this.#leave();
    if (this.isCreated) return;
    this.#created.resolve(new Peer(this));
    // First those who wait for the peer get their turn.
    this.#host.world.setTimeout(() => this.#receiving.release(), 0);
  }

  /** Once the server has what was sent before. */
  #leave() {
    if (this.pending === 0) this.#host.send({ type: 'destroy-peer', session_id: this.sessionId });
  }

  /** It is over, as was asked for. @param {{ keepsKey?: boolean }} [options] */
  hasLeft(options) {
    this.end('left', new TokenlyError('peer-ended'), options);
  }

  /** @param {TokenlyError} error */
  #notMade(error) {
    if (error.code === 'quota-exceeded' && this.state === 'creating') return this.end(error.code, error);
    return this.#refused(error);
  }

  /** @param {Fields} error */
  #failed(error) {
    const { received } = error;
    if (received !== undefined && this.state === 'attached') {
      if (received < this.#sending.acked) return this.#resuming.beginAnew(received);
      this.#confirm(received);
    }
    return this.#refused(errorOf(error));
  }

  /** @param {TokenlyError} error */
  #refused(error) {
    if (LATER.has(error.code)) return this.#sending.pause(() => this.#repeat(), error.retryAfterMillis);
    if (error.code === 'unknown-session' && this.state === 'attached') {
      this.drop();
      return this.#host.resume(this);
    }
    if (this.state === 'creating') this.end(error.code, error);
  }

  /** Says again what the server could not take; an `ack` may have been among it. */
  #repeat() {
    if (this.state === 'attached') {
      this.#receiving.acknowledge();
      return this.#isLeaving ? this.#leave() : undefined;
    }
    const isNew = this.state === 'creating';
    this.drop();
    return isNew ? this.#host.create(this) : this.#host.resume(this);
  }
}
