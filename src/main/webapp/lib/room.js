import { Emitter } from './emitter.js';
import { Reader } from './reader.js';

/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').PeerEvents} PeerEvents */
/** @typedef {import('./tokenly.js').Signal} Signal */

/** The room as one session sees it: who else is in it, and what they say. */
export class Room {
  /** @type {Emitter<PeerEvents>} */
  events;
  /** @type {Map<string, 'present' | 'away'>} */
  peers = new Map();
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

  /** @param {unknown} peers the ids of all others, of whom none is known to be away */
  restart(peers) {
    this.peers.clear();
    for (const peer of Array.isArray(peers) ? peers : []) this.peers.set(peer, 'present');
  }

  read() {
    const reader = new Reader(this.#backlog, this.#wanted, () => this.#readers.delete(reader));
    this.#readers.add(reader);
    return reader;
  }

  /** Tells the application of a message of the mailbox that is no signal. @param {Fields} message */
  tell(message) {
    const { type, peer, reason } = message;
    switch (type) {
      case 'peer-joined':
      case 'peer-back':
        this.peers.set(peer, 'present');
        return this.events.emit(type, { peer });
      case 'peer-away':
        this.peers.set(peer, 'away');
        return this.events.emit(type, { peer });
      case 'peer-restarted': // so it is on a connection
        this.peers.set(peer, 'present');
        return this.events.emit(type, { peer, reason });
      case 'peer-left':
        this.peers.delete(peer);
        return this.events.emit(type, { peer, reason });
      case 'undeliverable':
        return this.events.emit(type, { to: message['to'], reason, seqs: message['seqs'] ?? [] });
      default: // of a later version of the protocol
        return undefined;
    }
  }

  /** Passes a signal on. @param {Fields} message @param {boolean} isReplayed */
  signal({ session_id: _, source: __, ...fields }, isReplayed) {
    const signal = /** @type {Signal} */ (Object.freeze({ ...fields, isReplayed }));
    this.events.emit('signal', signal);
    for (const reader of [...this.#readers]) reader.push(signal);
  }

  /** Nothing follows. @param {string} reason */
  close(reason) {
    this.events.emit('ended', { reason });
    for (const reader of [...this.#readers]) reader.finish();
  }
}
