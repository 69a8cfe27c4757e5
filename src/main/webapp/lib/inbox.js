/** @typedef {import('./tokenly.js').Fields} Fields */

/**
 * How far one session has taken its mailbox, and each sender's signals (PROTOCOL.md, "Receiving"). Signals that no part of the
 * application takes yet are held here, unacknowledged.
 */
export class Inbox {
  /** Up to this number the mailbox has come. */
  #taken = 0;
  /** @type {{ message: Fields, isReplayed: boolean }[]} */
  #held = [];
  /** What was processed of each sender: its newest epoch, and its number there. @type {Map<string, { epoch: unknown, seq: number }>} */
  #sources = new Map();

  /** Up to this mailbox number all is processed. */
  get received() {
    return this.#held[0] ? this.#held[0].message['seq'] - 1 : this.#taken;
  }

  /** The highest mailbox number that has come. */
  get taken() {
    return this.#taken;
  }

  /** What to do with a message: nothing because it is `old`, nothing because one is missing before it (`gap`), or take it. @param {Fields} message @returns {'old' | 'gap' | 'next'} */
  judge({ seq }) {
    if (seq <= this.#taken) return 'old';
    return seq > this.#taken + 1 ? 'gap' : 'next';
  }

  /** The message that is next has come. @param {Fields} message */
  take({ type, seq, peer }) {
    this.#taken = seq;
    if (type === 'peer-left') this.#sources.delete(peer);
  }

  /** @param {Fields} message of a signal that was taken @param {boolean} isReplayed whether it came while we were away */
  hold(message, isReplayed) {
    this.#held.push({ message, isReplayed });
  }

  /** The first of those that are held; it counts as processed. Undefined for none. */
  release() {
    for (let first; (first = this.#held.shift()); ) {
      if (this.#isNew(first.message)) return first;
    }
    return undefined;
  }

  get isHolding() {
    return this.#held.length > 0;
  }

  /** A new epoch of our own; those of the senders go on. What is held is dropped: the server names it to its senders. */
  restart() {
    this.#taken = 0;
    this.#held = [];
  }

  /** Forgets the senders that are in the room no longer. @param {ReadonlySet<string>} peers who is */
  keepOnly(peers) {
    for (const from of this.#sources.keys()) if (!peers.has(from)) this.#sources.delete(from);
  }

  /** Whether the signal did not come before, under another number. From now on it did. @param {Fields} message */
  #isNew({ from, source }) {
    if (!source) return true;
    const known = this.#sources.get(from);
    if (known && known.epoch === source.epoch && source.seq <= known.seq) return false;
    this.#sources.set(from, { epoch: source.epoch, seq: source.seq });
    return true;
  }
}
