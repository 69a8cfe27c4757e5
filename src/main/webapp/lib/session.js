import { Deferred } from './deferred.js';
import { errorOf, TokenlyError } from './errors.js';
import { Machine } from './machine.js';
import { Peer } from './peer.js';
import { Receiving } from './receiving.js';
import { Sending } from './sending.js';
import { SESSION_TABLE } from './states.js';

/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').Outgoing} Outgoing */
/** @typedef {import('./keyring.js').Epoch} Epoch */
/** @typedef {import('./sessions.js').Sessions} Host */

/** What the server could not take now, but will later. */
const LATER = new Set(['busy', 'seq-gap', 'store-failed']);

/** Our side of one session: what survives the connections (PROTOCOL.md, "Resuming"). */
export class Session {
  #machine;
  #host;
  #claim;
  #sending;
  #receiving;
  /** The server lost it, and is to make it anew. */
  #isGone = false;
  #isLeaving = false;
  /** @type {Deferred<Peer>} */
  #created = new Deferred();
  /** @type {Deferred<void>} */
  #left = new Deferred();

  /** @param {Host} host @param {string} sessionId @param {string} roomId */
  constructor(host, sessionId, roomId) {
    this.#host = host;
    this.sessionId = sessionId;
    this.roomId = roomId;
    this.#sending = new Sending(host);
    this.#receiving = new Receiving(host, sessionId);
    this.#claim = host.keyring.claim(sessionId, roomId);
    this.#machine = new Machine(SESSION_TABLE, this.#claim.epoch === undefined ? 'fresh' : 'detached');
  }

  get state() {
    return this.#machine.state;
  }

  get room() {
    return this.#receiving.room;
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
    this.#claim.keep(); // so that the same create can be sent again
    return { session_id: this.sessionId, room_id: this.roomId, resume_key: this.#claim.resumeKey };
  }

  /** What `resume` says of it, which is sent now. */
  resumption() {
    this.#machine.move('resume');
    const { resumeKey, epoch } = this.#claim;
    return { session_id: this.sessionId, resume_key: resumeKey, epoch, received: this.#receiving.received, sent: this.#sending.sent };
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
    return this.#sending.send(this.sessionId, signal, abort);
  }

  /** @returns {Promise<void>} when the server has ended it */
  destroy() {
    if (this.#isLeaving || this.state === 'ended') return this.#left.promise;
    this.#isLeaving = true;
    if (this.state === 'fresh') this.#endLeft();
    if (this.state === 'attached') this.#leave();
    return this.#left.promise;
  }

  /** Nobody waits for it any more; where the server may have it, it ends there too. @param {TokenlyError} error */
  abandon(error) {
    this.#created.reject(error);
    void this.destroy();
  }

  /** @param {number} seq up to which the server has our signals */
  acknowledged(seq) {
    const isNews = this.#sending.confirm(seq);
    if (isNews && this.#isLeaving) this.#leave();
  }

  /** @param {Fields} frame that names this session */
  receive(frame) {
    switch (frame['type']) {
      case 'peer-created':
        return frame['success'] === true ? this.#made(frame) : this.#refused(errorOf(frame['error']));
      case 'resumed':
        return this.#resumed(frame);
      case 'error':
        if (frame['received'] !== undefined) this.acknowledged(frame['received']);
        return this.#refused(errorOf(frame));
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

  /** It is over. @param {string} reason @param {TokenlyError} error for whoever waits @param {{ keepsKey?: boolean }} [options] whether it may be taken again */
  end(reason, error, { keepsKey = false } = {}) {
    if (!this.#machine.can('end')) return;
    this.#machine.move('end');
    this.#sending.detach();
    this.#receiving.detach();
    this.#host.acks.forget(this.sessionId);
    if (!keepsKey) this.#claim.forget();
    this.#host.ended(this);
    this.#sending.restart(error);
    this.#created.reject(error);
    this.#left.resolve();
    this.room.close(reason);
  }

  /** The server has made it. @param {Fields} frame */
  #made({ epoch, peers }) {
    if (this.state !== 'creating') return;
    this.#begin(epoch, peers, this.#isGone ? 'gone' : undefined);
    this.#isGone = false;
  }

  /** @param {Fields} frame */
  #resumed({ outcome, reason, epoch, received, last, peers }) {
    if (this.state !== 'resuming') return;
    switch (outcome) {
      case 'resumed':
        return this.#goOn(received, last);
      case 'reset':
        this.#writeOff('session-reset');
        return this.#begin(epoch, peers, String(reason));
      case 'gone':
        this.#writeOff('session-lost');
        this.#claim.epoch = undefined;
        this.#isGone = this.isCreated;
        this.#machine.move('gone');
        return this.#isLeaving ? this.#endLeft() : this.#host.create(this);
      default:
        return this.end(String(reason), new TokenlyError('wrong-key'));
    }
  }

  /** Nothing is lost. @param {number} received the server's cursor @param {number} last the highest number in the mailbox */
  #goOn(received, last) {
    this.#machine.move('attach');
    const replayed = this.#receiving.attach(last);
    const resent = this.#sending.attach(received);
    this.#settle();
    this.room.events.emit('resumed', { replayed, resent });
  }

  /** Everything starts anew. @param {Epoch} epoch @param {unknown} peers @param {string | undefined} reason none where there was nothing before */
  #begin(epoch, peers, reason) {
    this.#machine.move('attach');
    this.#claim.epoch = epoch;
    this.#claim.keep();
    this.room.restart(peers);
    this.#receiving.attach(0);
    this.#sending.attach(0);
    this.#settle();
    if (reason !== undefined) this.#receiving.tellReset(reason);
  }

  /** It is on a connection. */
  #settle() {
    if (this.#isLeaving) this.#leave();
    if (this.isCreated) return;
    this.#created.resolve(new Peer(this));
    // First those who wait for the peer get their turn.
    this.#host.world.setTimeout(() => this.#receiving.release(), 0);
  }

  /** @param {string} code */
  #writeOff(code) {
    this.#receiving.restart();
    this.#sending.restart(new TokenlyError(code));
  }

  /** Once the server has what was sent before. */
  #leave() {
    if (this.pending === 0) this.#host.send({ type: 'destroy-peer', session_id: this.sessionId });
  }

  #endLeft() {
    this.end('left', new TokenlyError('peer-ended'));
  }

  /** @param {TokenlyError} error */
  #refused(error) {
    if (LATER.has(error.code)) return this.#sending.pause(() => this.#repeat());
    if (error.code === 'unknown-session' && this.state === 'attached') {
      this.drop();
      return this.#host.resume(this);
    }
    if (this.state === 'creating') this.end(error.code, error);
  }

  /** Says again what the server could not take. */
  #repeat() {
    if (this.state === 'attached') return this.#isLeaving ? this.#leave() : undefined;
    const isNew = this.state === 'creating';
    this.drop();
    return isNew ? this.#host.create(this) : this.#host.resume(this);
  }
}
