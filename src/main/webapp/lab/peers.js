/** @typedef {import('./connection.js').Frame} Frame */

/** Who else is in the room, as the server's frames tell (PROTOCOL.md, "Server to client"). */
export class Peers {
  /** Each peer, and whether its connection is lost. @type {Map<string, boolean>} */
  #isAway = new Map();

  /** @returns {{ peer: string, isAway: boolean }[]} */
  get list() {
    return Array.from(this.#isAway, ([peer, isAway]) => ({ peer, isAway }));
  }

  clear() {
    this.#isAway.clear();
  }

  /** @param {Frame} frame @returns {boolean} whether it was about peers */
  took(frame) {
    const peer = String(frame['peer']);
    switch (frame['type']) {
      case 'peer-created':
        this.#isAway = new Map(Array.isArray(frame['peers']) ? frame['peers'].map((id) => [String(id), false]) : []);
        return true;
      case 'peer-joined':
      case 'peer-back':
        this.#isAway.set(peer, false);
        return true;
      case 'peer-away':
        this.#isAway.set(peer, true);
        return true;
      case 'peer-left':
        this.#isAway.delete(peer);
        return true;
      default:
        return false;
    }
  }
}
