import { TokenlyError } from './errors.js';
import { bytesOf } from './frames.js';

/** @typedef {import('./tokenly.js').Fields} Fields */

/**
 * A signal that the server does not have yet, as far as we know.
 * @typedef {object} Entry
 * @property {Fields} frame without its number
 * @property {number} bytes of the frame with its number
 * @property {(receipt: { seq: number }) => void} resolve
 * @property {(error: TokenlyError) => void} reject
 */

/** PROTOCOL.md, "Framing": as much as a mailbox holds. */
const DEFAULTS = { messages: 10_000, bytes: 4 * 1024 * 1024 };

/** How many may be under way at once: what the server must take beyond its rate, or get again, when it refuses one. */
const WINDOW = 256;
/** And how many bytes of them, but always one: on a slow link pings and acks are behind them. 64 KiB take 27 s on the slowest. */
const WINDOW_BYTES = 65_536;

/**
 * The signals of one session that the server has not acknowledged, in their order. The first has the number after
 * `confirmed`, and so on without a gap.
 */
export class Outbox {
  /** @type {Entry[]} */
  #entries = [];
  #bytes = 0;
  /** Up to this number the server has them. */
  #confirmed = 0;
  /** Up to this number they were sent since the last rewind. */
  #cursor = 0;
  /** Bytes of those that were sent since then and are not confirmed. */
  #underWay = 0;
  /** Up to this number they were ever sent in this epoch. */
  #sent = 0;
  /** What was sent was forsaken: which of it the server has is open, and so is the number of the first entry. */
  #isForsaken = false;
  #bounds;

  /** @param {{ messages?: number | undefined, bytes?: number | undefined }} [bounds] */
  constructor({ messages = DEFAULTS.messages, bytes = DEFAULTS.bytes } = {}) {
    this.#bounds = { messages, bytes };
  }

  get size() {
    return this.#entries.length;
  }

  /** Up to this number the server has acknowledged them in this epoch. */
  get acked() {
    return this.#confirmed;
  }

  get sent() {
    return this.#sent;
  }

  /**
   * @param {Fields} frame @param {number} frameBytes the limit of the server @param {AbortSignal} [signal]
   * @returns {Promise<{ seq: number }>} when the server has it @throws {TokenlyError} where it cannot be taken; it has no number then
   */
  add(frame, frameBytes, signal) {
    const bytes = bytesOf(JSON.stringify(numbered(frame, this.#confirmed + this.size + 1)));
    if (bytes > frameBytes) throw tooLarge(bytes, frameBytes);
    const isFull = this.size >= this.#bounds.messages || this.#bytes + bytes > this.#bounds.bytes;
    if (isFull) throw new TokenlyError('outbox-full');
    return new Promise((resolve, reject) => {
      const entry = { frame, bytes, resolve, reject };
      this.#entries.push(entry);
      this.#bytes += bytes;
      abortWith(signal, entry, () => this.#abort(entry, signal?.reason));
    });
  }

  /** What is to be sent now; it counts as sent. What is beyond the window waits until something is confirmed. */
  *take() {
    for (let entry; (entry = this.#next()); ) {
      this.#cursor += 1;
      this.#underWay += entry.bytes;
      this.#sent = Math.max(this.#sent, this.#cursor);
      yield numbered(entry.frame, this.#cursor);
    }
  }

  /** What may be sent now. */
  #next() {
    const count = this.#cursor - this.#confirmed;
    const entry = this.#entries[count];
    const isFull = count >= WINDOW || (count > 0 && entry && this.#underWay + entry.bytes > WINDOW_BYTES);
    return isFull ? undefined : entry;
  }

  /** The server has everything up to this number. @param {number} seq @returns {boolean} whether that is news */
  confirm(seq) {
    const before = this.#confirmed;
    for (let entry; this.#confirmed < Math.min(seq, this.#sent) && (entry = this.#entries.shift()); ) {
      this.#confirmed += 1;
      this.#bytes -= entry.bytes;
      if (this.#confirmed <= this.#cursor) this.#underWay -= entry.bytes;
      entry.resolve({ seq: this.#confirmed });
    }
    this.#cursor = Math.max(this.#cursor, this.#confirmed);
    return this.#confirmed > before;
  }

  /**
   * All that is not confirmed is to be sent again. `frameBytes`, the limit of the server, may be given only where it is
   * certain that the server has none of it: what is larger is taken out then, and the numbers close up.
   * @param {number} [frameBytes]
   */
  rewind(frameBytes = Infinity) {
    this.#cursor = this.#confirmed;
    this.#underWay = 0;
    for (const entry of this.#entries.filter(({ bytes }) => bytes > frameBytes)) {
      this.#remove(entry);
      entry.reject(tooLarge(entry.bytes, frameBytes));
    }
  }

  /**
   * Nothing is sent any more: all that is not confirmed is rejected. What was never sent gives its numbers back; what was sent may
   * have arrived, so `sent` still counts it, until `settle` tells.
   * @param {TokenlyError} error
   */
  forsake(error) {
    this.#isForsaken ||= this.#sent > this.#confirmed;
    this.#cursor = this.#confirmed;
    this.#rejectAll(error);
  }

  /** The server has nothing above this number and takes the next: where signals were forsaken, that is for a new one. @param {number} seq */
  settle(seq) {
    if (!this.#isForsaken) return this.confirm(seq);
    this.#isForsaken = false;
    this.#confirmed = this.#cursor = this.#sent = Math.max(this.#confirmed, Math.min(seq, this.#sent));
    return true;
  }

  /** A new epoch, in which the numbers start anew; what was not confirmed is written off. @param {TokenlyError} error */
  restart(error) {
    this.#confirmed = this.#cursor = this.#sent = 0;
    this.#isForsaken = false;
    this.#rejectAll(error);
  }

  /** @param {TokenlyError} error */
  #rejectAll(error) {
    const lost = this.#entries;
    this.#entries = [];
    this.#bytes = this.#underWay = 0;
    for (const { reject } of lost) reject(error);
  }

  /** @param {Entry} entry @param {unknown} cause */
  #abort(entry, cause) {
    // Once it was sent its number is used up, and it stays until it is confirmed.
    if (this.#isForsaken || this.#confirmed + this.#entries.indexOf(entry) >= this.#sent) this.#remove(entry);
    entry.reject(new TokenlyError('aborted', { cause }));
  }

  /** @param {Entry} entry */
  #remove(entry) {
    const index = this.#entries.indexOf(entry);
    if (index < 0) return;
    this.#entries.splice(index, 1);
    this.#bytes -= entry.bytes;
  }
}

/** @param {number} bytes @param {number} limit of the server */
const tooLarge = (bytes, limit) => new TokenlyError('frame-too-large', { message: `The frame has ${bytes} bytes, and the server takes at most ${limit}` });

/** @param {Fields} frame @param {number} seq @returns {Fields} */
function numbered({ type, session_id, ...fields }, seq) {
  return { type, session_id, seq, ...fields };
}

/** Until the entry is settled. @param {AbortSignal | undefined} signal @param {Entry} entry @param {() => void} abort */
function abortWith(signal, entry, abort) {
  if (!signal) return;
  const { resolve, reject } = entry;
  const stop = () => signal.removeEventListener('abort', abort);
  signal.addEventListener('abort', abort);
  Object.assign(entry, {
    resolve: (/** @type {{ seq: number }} */ receipt) => (stop(), resolve(receipt)),
    reject: (/** @type {TokenlyError} */ error) => (stop(), reject(error)),
  });
}
