import { Emitter } from './emitter.js';
import { Reader } from './reader.js';

/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').PeerEvents} PeerEvents */
/** @typedef {import('./tokenly.js').Signal} Signal */

/** The room as one session sees it: who else is in it, and what they say. */
export class Room {
  /** @type {Emitter<PeerEvents>} */
  events = new Emitter();
  /** @type {Map<string, 'present' | 'away'>} */
  peers = new Map();
  /** @type {Set<Reader>} */
  #readers = new Set();
  #backlog;

  /** @param {number} backlog of one reader */
  constructor(backlog) {
    this.#backlog = backlog;
  }

  /** @param {unknown} peers the ids of all others, of whom none is known to be away */
  restart(peers) {
    this.peers.clear();
    for (const peer of Array.isArray(peers) ? peers : []) this.peers.set(peer, 'present');
  }

  read() {
    const reader = new Reader(this.#backlog, () => this.#readers.delete(reader));
    this.#readers.add(reader);
    return reader;
  }

  /** Tells the application of a message of the mailbox. @param {Fields} message @param {boolean} isReplayed */
  tell(message, isReplayed) {
    const { type, peer, reason } = message;
    switch (type) {
      case 'offer':
      case 'answer':
      case 'ice-candidate':
      case 'message':
        return this.#signal(message, isReplayed);
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

  /** Nothing follows. @param {string} reason */
  close(reason) {
    this.events.emit('ended', { reason });
    for (const reader of [...this.#readers]) reader.finish();
  }

  /** @param {Fields} message @param {boolean} isReplayed */
  #signal({ session_id: _, source: __, ...fields }, isReplayed) {
    const signal = /** @type {Signal} */ (Object.freeze({ ...fields, isReplayed }));
    this.events.emit('signal', signal);
    for (const reader of [...this.#readers]) reader.push(signal);
  }
}
