/** @typedef {import('./tokenly.js').Fields} Fields */

/** How far one session has processed its mailbox, and each sender's signals (PROTOCOL.md, "Receiving"). */
export class Inbox {
  #received = 0;
  /** What was processed of each sender: its newest epoch, and its number there. @type {Map<string, { epoch: unknown, seq: number }>} */
  #sources = new Map();

  /** The highest mailbox number that is processed. */
  get received() {
    return this.#received;
  }

  /**
   * What to do with a message: nothing because it is `old`, nothing because a message is missing before it (`gap`), only
   * count it because its signal came before under another number (`again`), or process it.
   * @param {Fields} message @returns {'old' | 'gap' | 'again' | 'new'}
   */
  judge({ seq, from, source }) {
    if (seq <= this.#received) return 'old';
    if (seq > this.#received + 1) return 'gap';
    const known = source && this.#sources.get(from);
    return known && known.epoch === source.epoch && source.seq <= known.seq ? 'again' : 'new';
  }

  /** The message is processed. @param {Fields} message */
  advance({ type, seq, from, source, peer }) {
    this.#received = seq;
    if (source) this.#sources.set(from, { epoch: source.epoch, seq: Math.max(source.seq, this.#lastOf(from, source.epoch)) });
    if (type === 'peer-left') this.#sources.delete(peer);
  }

  /** A new epoch of our own; those of the senders go on. */
  restart() {
    this.#received = 0;
  }

  /** Forgets the senders that are in the room no longer. @param {ReadonlySet<string>} peers who is */
  keepOnly(peers) {
    for (const from of this.#sources.keys()) if (!peers.has(from)) this.#sources.delete(from);
  }

  /** @param {string} from @param {unknown} epoch */
  #lastOf(from, epoch) {
    const known = this.#sources.get(from);
    return known && known.epoch === epoch ? known.seq : 0;
  }
}
