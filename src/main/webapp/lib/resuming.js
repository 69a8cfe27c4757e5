import { TokenlyError } from './errors.js';

/** @typedef {import('./keyring.js').Keyring} Keyring */
/** @typedef {import('./receiving.js').Receiving} Receiving */
/** @typedef {import('./sending.js').Sending} Sending */
/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./sessions.js').Sessions} Host */
/** @typedef {import('./states.js').SessionState} State */
/** @typedef {import('./states.js').SessionStep} Step */
/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').PeerEvents['reset']} Reset */

/** No server draws such an epoch: a `resume` with it is always answered by a new one. */
const NO_EPOCH = '-';

/** How one session comes onto a connection: with nothing lost, or with a new epoch (PROTOCOL.md, "Resuming"). */
export class Resuming {
  #host;
  #session;
  #machine;
  #sending;
  #receiving;
  /** @type {ReturnType<Keyring['claim']> | undefined} */
  #claim;
  /** It was asked to be made, and the server has not said that there is none. */
  #mayExist = false;
  /** It is written off, and a new epoch is asked for: what the application is told then. @type {Reset | undefined} */
  #writtenOff;

  /** @param {Host} host @param {Session} session @param {import('./machine.js').Machine<State, Step>} machine of the session @param {Sending} sending @param {Receiving} receiving */
  constructor(host, session, machine, sending, receiving) {
    this.#host = host;
    this.#session = session;
    this.#machine = machine;
    this.#sending = sending;
    this.#receiving = receiving;
  }

  /** The server is known, and so is whether we had this session there. @param {Keyring} keyring */
  claim(keyring) {
    if (this.#claim) return;
    const { sessionId, roomId } = this.#session;
    this.#claim = keyring.claim(sessionId, roomId);
    if (this.#claim.epoch !== undefined) this.#machine.move('recall');
  }

  /** The server has ended the session, so its key is of no use. */
  forgetKey() {
    this.#claim?.forget();
  }

  /** Whether the server may have it, for all we know. */
  get mayExist() {
    return this.#mayExist;
  }

  /** What `create-peer` says, which is sent now. */
  creation() {
    this.#machine.move('create');
    this.#mayExist = true;
    this.#ours.keep(); // so that the same create can be sent again
    return { session_id: this.#session.sessionId, room_id: this.#session.roomId, resume_key: this.#ours.resumeKey };
  }

  /** What `resume` says, which is sent now. */
  resumption() {
    this.#machine.move('resume');
    const { resumeKey, epoch } = this.#ours;
    const { sent, acked } = this.#sending;
    return { session_id: this.#session.sessionId, resume_key: resumeKey, epoch, received: this.#receiving.received, sent, acked };
  }

  /** The answer to `create-peer`: the server has made it. @param {Fields} frame */
  made(frame) {
    if (this.#machine.state === 'creating') this.#begin(frame);
  }

  /** The answer to a `resume`, or a new epoch that the server has begun unasked. @param {Fields} frame */
  answered(frame) {
    const { outcome, reason, received, last } = frame;
    const isUnasked = this.#machine.state === 'attached' && outcome === 'reset';
    if (this.#machine.state !== 'resuming' && !isUnasked) return;
    switch (outcome) {
      case 'resumed':
        if (this.#writtenOff) return; // the answer to a question before; a new epoch was asked for since
        return this.#isBehind(received, last) ? this.beginAnew(received) : this.#goOn(frame);
      case 'reset':
        this.#writeOff('session-reset', String(reason), received);
        return this.#begin(frame);
      default:
        return this.#gone();
    }
  }

  /** The server went back, and does not know it: it is asked for a new epoch. @param {number} received its cursor */
  beginAnew(received) {
    this.#writeOff('session-reset', 'store-went-back', received);
    this.#ours.epoch = NO_EPOCH;
    this.#session.drop();
    this.#host.resume(this.#session);
  }

  get #ours() {
    return /** @type {ReturnType<Keyring['claim']>} */ (this.#claim); // what is asked for was claimed before
  }

  /** Whether the server has less than it had acknowledged or delivered. @param {number} received its cursor @param {number} last the highest number in the mailbox */
  #isBehind(received, last) {
    return received < this.#sending.acked || last < this.#receiving.taken;
  }

  /** The server does not know it, and is to make it anew. */
  #gone() {
    this.#writeOff('session-lost', 'gone');
    if (!this.#session.isCreated) this.#writtenOff = undefined; // an application that never had it has lost nothing
    this.#ours.epoch = undefined;
    this.#mayExist = false;
    this.#machine.move('gone');
    if (this.#session.isLeaving) this.#session.hasLeft();
    else this.#host.create(this.#session);
  }

  /** Nothing is lost. @param {Fields} resumed */
  #goOn(resumed) {
    this.#machine.move('attach');
    const replayed = this.#receiving.attach(resumed['last'], resumed);
    if (this.#machine.state !== 'attached') return; // a listener of what is news in the room has ended it, or the connection
    const resent = this.#sending.attach(resumed['received']);
    this.#session.settle();
    this.#session.room.events.emit('resumed', { replayed, resent });
  }

  /** Everything starts anew. @param {Fields} answer */
  #begin(answer) {
    this.#machine.move('attach');
    this.#ours.epoch = answer['epoch'];
    this.#ours.keep();
    this.#receiving.enter(answer);
    this.#receiving.attach(0);
    this.#sending.attach(0);
    this.#session.settle();
    const reset = this.#writtenOff;
    this.#writtenOff = undefined;
    if (reset) this.#receiving.tellReset(reset);
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
}
