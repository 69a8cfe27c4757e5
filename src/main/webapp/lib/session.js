import { Deferred } from './deferred.js';
import { errorOf, TokenlyError } from './errors.js';
import { Machine } from './machine.js';
import { Peer } from './peer.js';
import { Receiving } from './receiving.js';
import { Sending } from './sending.js';
import { SESSION_TABLE } from './states.js';

/** @typedef {import('./keyring.js').Keyring} Keyring */
/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').Listeners} Listeners */
/** @typedef {import('./tokenly.js').Outgoing} Outgoing */
/** @typedef {import('./tokenly.js').PeerEvents['reset']} Reset */
/** @typedef {import('./sessions.js').Sessions} Host */

/** What the server could not take now, but will later. */
const LATER = new Set(['busy', 'seq-gap', 'store-failed', 'rate-limited', 'quota-exceeded']);

/** @type {ReadonlySet<import('./states.js').SessionState>} */
const ON_CONNECTION = new Set(['creating', 'resuming', 'attached']);

/** No server draws such an epoch: a `resume` with it is always answered by a new one. */
const NO_EPOCH = '-';

/** Our side of one session: what survives the connections (PROTOCOL.md, "Resuming"). */
export class Session {
  #machine;
  #host;
  /** @type {ReturnType<Keyring['claim']> | undefined} */
  #claim;
  #sending;
  #receiving;
  /** It is written off, and a new epoch is asked for: what the application is told then. @type {Reset | undefined} */
  #writtenOff;
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
  }

  /** The server is known, and so is whether we had this session there. @param {Keyring} keyring */
  claim(keyring) {
    if (this.#claim) return;
    this.#claim = keyring.claim(this.sessionId, this.roomId);
    if (this.#claim.epoch !== undefined) this.#machine.move('recall');
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
    this.#machine.move('create');
    this.#ours.keep(); // so that the same create can be sent again
    return { session_id: this.sessionId, room_id: this.roomId, resume_key: this.#ours.resumeKey };
  }

  /** What `resume` says of it, which is sent now. */
  resumption() {
    this.#machine.move('resume');
    const { resumeKey, epoch } = this.#ours;
    return { session_id: this.sessionId, resume_key: resumeKey, epoch, received: this.#receiving.received, sent: this.#sending.sent, acked: this.#sending.acked };
  }

  get #ours() {
    return /** @type {ReturnType<Keyring['claim']>} */ (this.#claim); // what is asked for was claimed before
  }

  /** The connection is lost, or holds the session no longer. */
  drop() {
    if (this.#machine.can('drop')) this.#machine.move('drop');
    this.#sending.detach();
    this.#receiving.detach();
  }

  /** @param {Outgoing} signal @param {AbortSignal} [abort] @returns {Promise<{ seq: number }>} @throws {TokenlyError} */
  send(signal, abort) {
    if (this.state === 'ended' || this.#isLeaving) throw new TokenlyError('peer-ended');
    if (this.#host.refusal) throw this.#host.refusal;
    return this.#sending.send(this.sessionId, this.#addressed(signal), abort);
  }

  /** For the owner that the name has now, and for no later one. @param {Outgoing} signal @returns {Outgoing} */
  #addressed(signal) {
    const incarnation = typeof signal?.to === 'string' ? this.room.incarnationOf(signal.to) : undefined;
    return incarnation === undefined || signal.to_incarnation !== undefined ? signal : { ...signal, to_incarnation: incarnation };
  }

  /** Something failed that nobody waits for. @param {TokenlyError} error */
  troubled(error) {
    this.#host.troubled(error);
  }

  /** @returns {Promise<void>} when the server has ended it */
  destroy() {
    if (this.#isLeaving || this.state === 'ended') return this.#left.promise;
    this.#isLeaving = true;
    if (this.state === 'fresh') this.#endLeft();
    else if (this.#host.refusal) this.#endLeft({ keepsKey: true });
    else if (this.state === 'attached') this.#leave();
    return this.#left.promise;
  }

  /** There is no coming back by itself: whatever is waited for is settled. It can still be resumed. @param {TokenlyError} error */
  forsake(error) {
    if (!this.isCreated) return this.end(error.code, error, { keepsKey: true });
    this.#sending.forsake(error);
    if (this.#isLeaving) this.#endLeft({ keepsKey: true }); // the server may still hold it, for its resume window
  }

  /** Its creation was aborted; where the server may have it, it ends there too. @param {TokenlyError} error */
  abandon(error) {
    this.#created.reject(error);
    void this.destroy();
  }

  /** @param {number} seq up to which the server has our signals, by an `ack` */
  acknowledged(seq) {
    if (this.#sending.isTakenBack(seq)) return this.#beginAnew(seq);
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
      case 'peer-created':
        return frame['success'] === true ? this.#made(frame) : this.#notMade(errorOf(frame['error']));
      case 'resumed':
        return this.#resumed(frame);
      case 'error':
        return this.#failed(frame);
      case 'peer-destroyed':
        return this.#isLeaving ? this.#endLeft() : undefined;
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
    this.#claim?.forget();
  }

  /** The server has made it. @param {Fields} frame */
  #made(frame) {
    if (this.state === 'creating') this.#begin(frame);
  }

  /** The answer to a `resume`, or a new epoch that the server has begun unasked. @param {Fields} frame */
  #resumed(frame) {
    const { outcome, reason, received, last } = frame;
    const isUnasked = this.state === 'attached' && outcome === 'reset';
    if (this.state !== 'resuming' && !isUnasked) return;
    switch (outcome) {
      case 'resumed':
        if (this.#writtenOff) return; // the answer to a question before; a new epoch was asked for since
        return this.#isBehind(received, last) ? this.#beginAnew(received) : this.#goOn(frame);
      case 'reset':
        this.#writeOff('session-reset', String(reason), received);
        return this.#begin(frame);
      default:
        return this.#gone();
    }
  }

  /** Whether the server has less than it had acknowledged or delivered. @param {number} received its cursor @param {number} last the highest number in the mailbox */
  #isBehind(received, last) {
    return received < this.#sending.acked || last < this.#receiving.taken;
  }

  /** The server does not know it, and is to make it anew. */
  #gone() {
    this.#writeOff('session-lost', 'gone');
    if (!this.isCreated) this.#writtenOff = undefined; // an application that never had it has lost nothing
    this.#ours.epoch = undefined;
    this.#machine.move('gone');
    return this.#isLeaving ? this.#endLeft() : this.#host.create(this);
  }

  /** The server went back, and does not know it: it is asked for a new epoch. @param {number} received its cursor */
  #beginAnew(received) {
    this.#writeOff('session-reset', 'store-went-back', received);
    this.#ours.epoch = NO_EPOCH;
    this.drop();
    this.#host.resume(this);
  }

  /** Nothing is lost. @param {Fields} resumed */
  #goOn(resumed) {
    this.#machine.move('attach');
    const replayed = this.#receiving.attach(resumed['last'], resumed);
    const resent = this.#sending.attach(resumed['received']);
    this.#settle();
    this.room.events.emit('resumed', { replayed, resent });
  }

  /** Everything starts anew. @param {Fields} answer */
  #begin(answer) {
    this.#machine.move('attach');
    this.#ours.epoch = answer['epoch'];
    this.#ours.keep();
    this.#receiving.enter(answer);
    this.#receiving.attach(0);
    this.#sending.attach(0);
    this.#settle();
    const reset = this.#writtenOff;
    this.#writtenOff = undefined;
    if (reset) this.#receiving.tellReset(reset);
  }

  /** It is on a connection. */
  #settle() {
    this.#host.served();
    if (this.#isLeaving) this.#leave();
    if (this.isCreated) return;
    this.#created.resolve(new Peer(this));
    // First those who wait for the peer get their turn.
    this.#host.world.setTimeout(() => this.#receiving.release(), 0);
  }

  /**
   * Nothing of before means anything any more. Where that was so already, what has come since waits for the new epoch.
   * @param {string} code of the signals that were not acknowledged @param {string} reason for the application
   * @param {number} [received] the server's cursor: what was acknowledged beyond it is lost
   */
  #writeOff(code, reason, received = Infinity) {
    if (this.#writtenOff) return;
    const { acked } = this.#sending;
    this.#writtenOff = { reason, lost: received < acked ? { first: received + 1, last: acked } : undefined };
    this.#sending.detach();
    this.#receiving.detach();
    this.#receiving.restart();
    this.#sending.restart(new TokenlyError(code));
  }

  /** Once the server has what was sent before. */
  #leave() {
    if (this.pending === 0) this.#host.send({ type: 'destroy-peer', session_id: this.sessionId });
  }

  /** @param {{ keepsKey?: boolean }} [options] */
  #endLeft(options) {
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
      if (received < this.#sending.acked) return this.#beginAnew(received);
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
