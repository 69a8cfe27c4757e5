import { chunksOf } from './frames.js';

/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').World} World */

/** PROTOCOL.md, "Receiving": at most 20 ms late; the rest is for timers that come late. */
const LATE_MILLIS = 10;
/** What an `ack` frame holds besides its entries, with room to spare. */
const OVERHEAD_BYTES = 64;

/** Gathers what is processed in all sessions, and tells the server in one frame. */
export class Acks {
  #world;
  #send;
  /** @type {Map<string, number>} */
  #received = new Map();
  /** @type {unknown} */
  #timer;

  /** @param {World} world @param {(frame: Fields) => void} send @param {() => number} frameBytes the limit of the server */
  constructor(world, send, frameBytes) {
    this.#world = world;
    this.#send = send;
    this.frameBytes = frameBytes;
  }

  /** @param {string} sessionId @param {number} seq up to which everything is processed */
  note(sessionId, seq) {
    if (this.#received.size === 0) this.#timer = this.#world.setTimeout(() => this.#flush(), LATE_MILLIS);
    this.#received.set(sessionId, seq);
  }

  /** The session begins a new epoch, or is over. @param {string} sessionId */
  forget(sessionId) {
    this.#received.delete(sessionId);
    if (this.#received.size === 0) this.#world.clearTimeout(this.#timer);
  }

  /** The connection is lost: a `resume` tells it all. */
  clear() {
    this.#world.clearTimeout(this.#timer);
    this.#received.clear();
  }

  #flush() {
    const chunks = chunksOf([...this.#received], this.frameBytes() - OVERHEAD_BYTES);
    this.#received.clear();
    for (const chunk of chunks) this.#send({ type: 'ack', received: Object.fromEntries(chunk) });
  }
}
