import { Emitter } from './emitter.js';
import { Peers } from './peers.js';
import { Reader } from './reader.js';

/** @typedef {import('./peers.js').Change} Change */
/** @typedef {import('./peers.js').Snapshot} Snapshot */
/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').Outgoing} Outgoing */
/** @typedef {import('./tokenly.js').PeerEvents} PeerEvents */
/** @typedef {import('./tokenly.js').Signal} Signal */

/** The room as one session sees it: who else is in it, and what they say. */
export class Room {
  /** @type {Emitter<PeerEvents>} */
  events;
  #peers = new Peers();
  /** @type {Set<Reader>} */
  #readers = new Set();
  #backlog;
  #wanted;

  /** @param {number} backlog of one reader @param {() => void} wanted something takes signals now */
  constructor(backlog, wanted) {
    this.#backlog = backlog;
    this.#wanted = wanted;
    this.events = new Emitter((name) => name === 'signal' && wanted());
  }

  /** Whether a listener or an iteration waits for a signal. */
  get takesSignals() {
    return this.events.has('signal') || [...this.#readers].some(({ isWaiting }) => isWaiting);
  }

  /** @returns {ReadonlyMap<string, 'present' | 'away'>} */
  get peers() {
    return this.#peers.presences;
  }

  /** @param {string} peer @returns {string | undefined} the owner of that name, where the server tells */
  incarnationOf(peer) {
    return this.#peers.incarnationOf(peer);
  }

  /** For the owner that the name has now, and for no later one. @param {Outgoing} signal @returns {Outgoing} */
  addressed(signal) {
    const incarnation = typeof signal?.to === 'string' ? this.incarnationOf(signal.to) : undefined;
    return incarnation === undefined || signal.to_incarnation !== undefined ? signal : { ...signal, to_incarnation: incarnation };
  }

  /** A new epoch begins. @param {Snapshot} snapshot who is in the room */
  restart(snapshot) {
    this.#peers.restart(snapshot);
  }

  /** The server may have missed what we do not know. @param {Snapshot} snapshot who is in the room now */
  compare(snapshot) {
    this.#tellAll(this.#peers.compare(snapshot));
  }

  read() {
    const reader = new Reader(this.#backlog, this.#wanted, () => this.#readers.delete(reader));
    this.#readers.add(reader);
    return reader;
  }

  /** Tells the application of a message of the mailbox that is no signal. @param {Fields} message @param {boolean} isOlder than the snapshot that we compared with */
  tell(message, isOlder) {
    if (message['type'] !== 'undeliverable') return this.#tellAll(isOlder ? this.#peers.takeOlder(message) : this.#peers.take(message));
    const { to, reason, seqs = [] } = message;
    this.events.emit('undeliverable', { ...(to !== undefined && { to }), reason, seqs });
  }

  /** Passes a signal on. @param {Fields} message @param {boolean} isReplayed */
  signal({ session_id: _, source: __, to_incarnation: ___, ...fields }, isReplayed) {
    const signal = /** @type {Signal} */ (Object.freeze({ ...fields, isReplayed }));
    this.events.emit('signal', signal);
    for (const reader of [...this.#readers]) reader.push(signal);
  }

  /** Nothing follows. @param {string} reason */
  close(reason) {
    this.events.emit('ended', { reason });
    for (const reader of [...this.#readers]) reader.finish();
  }

  /** @param {Change[]} changes */
  #tellAll(changes) {
    for (const [name, event] of changes) this.events.emit(name, event);
  }
}
