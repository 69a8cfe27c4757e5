import { isSignal } from './frames.js';
import { Inbox } from './inbox.js';
import { Room } from './room.js';

/** @typedef {import('./sessions.js').Sessions} Host */
/** @typedef {import('./peers.js').Snapshot} Snapshot */
/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').PeerEvents['reset']} Reset */

/** What one session hears from the server, and passes on to the application (PROTOCOL.md, "Receiving"). */
export class Receiving {
  #host;
  #sessionId;
  #inbox = new Inbox();
  /** Messages up to this number came while we were away. */
  #replayedTo = 0;
  /** Messages up to this number are older than the snapshot of the room. */
  #comparedTo = 0;
  #isAttached = false;
  #isOver = false;
  /** What the application is told once it has the peer in hand, unless the connection is lost before; then undefined. @type {{ messages: Fields[], reset: Reset | undefined } | undefined} */
  #held = { messages: [], reset: undefined };

  /** @param {Host} host @param {string} sessionId */
  constructor(host, sessionId) {
    this.#host = host;
    this.#sessionId = sessionId;
    this.room = new Room(host.backlog, () => queueMicrotask(() => this.#deliver()));
  }

  /** Up to this mailbox number all is processed. */
  get received() {
    return this.#inbox.received;
  }

  /** The highest mailbox number that has come. */
  get taken() {
    return this.#inbox.taken;
  }

  /** The server sends the mailbox from here on. @param {number} last the highest number in it @param {Snapshot} [snapshot] who is in the room, where the server does not know what we missed @returns {number} how many messages came while we were away */
  attach(last, snapshot) {
    this.#isAttached = true;
    this.#replayedTo = last;
    if (Array.isArray(snapshot?.peers)) {
      this.#comparedTo = last;
      this.#host.acks.note(this.#sessionId, this.#inbox.received); // so the server knows that we have the list
      this.room.compare(snapshot);
    }
    return Math.max(0, last - this.#inbox.taken);
  }

  detach() {
    this.#isAttached = false;
  }

  /** A new epoch begins in a room with these others. @param {Snapshot} snapshot */
  enter(snapshot) {
    this.room.restart(snapshot);
    this.#comparedTo = snapshot.last ?? 0;
    this.#inbox.keepOnly(new Set(this.room.peers.keys()));
  }

  /** The session is over, and what is held with it: the server names that to its senders. */
  end() {
    this.#isAttached = false;
    this.#isOver = true;
  }

  /** A new epoch: what is held back is of the one before. */
  restart() {
    if (this.#held) this.#held.messages = [];
    this.#inbox.restart();
    this.#comparedTo = 0;
    this.#host.acks.forget(this.#sessionId);
  }

  /** The session has a new epoch. @param {Reset} reset */
  tellReset(reset) {
    if (this.#held) this.#held.reset = reset;
    else this.room.events.emit('reset', reset);
  }

  /** Passes on what it has held back: the application has had its turn to set listeners. */
  release() {
    if (!this.#held) return;
    const { messages, reset } = this.#held;
    this.#held = undefined;
    if (reset !== undefined) this.tellReset(reset);
    for (const message of messages) this.take(message);
  }

  /** A message of the mailbox. It is acknowledged when the application has been told; a signal waits for something to take it. @param {Fields} message */
  take(message) {
    if (!this.#isAttached) return;
    if (this.#held) return void this.#held.messages.push(message);
    const judgement = this.#inbox.judge(message);
    if (judgement === 'gap') return this.#host.gap();
    if (judgement === 'next') {
      this.#inbox.take(message);
      if (isSignal(message)) this.#inbox.hold(message, message['seq'] <= this.#replayedTo);
      else this.room.tell(message, message['seq'] <= this.#comparedTo);
    }
    this.#deliver();
    if (this.#isAttached) this.acknowledge();
  }

  /** Acknowledges what is processed, where anything is. */
  acknowledge() {
    if (this.#inbox.received > 0) this.#host.acks.note(this.#sessionId, this.#inbox.received);
  }

  /** Passes on what is held, as long as something takes it. */
  #deliver() {
    if (!this.#inbox.isHolding || this.#isOver) return;
    for (let next; this.room.takesSignals && (next = this.#inbox.release()); ) this.room.signal(next.message, next.isReplayed);
    if (this.#isAttached) this.acknowledge();
  }
}
