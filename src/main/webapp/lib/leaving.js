/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./tokenly.js').Fields} Fields */

/** Sessions that we leave for good, until the server has confirmed the end of each (PROTOCOL.md, `leave`). */
export class Leaving {
  /** @type {Map<string, Session>} */
  #sessions;

  /** @param {Session[]} sessions that the server holds on this connection, or was asked for */
  constructor(sessions) {
    this.#sessions = new Map(sessions.map((session) => [session.sessionId, session]));
  }

  /** @param {readonly string[]} features of the server @returns {Fields[]} what to say */
  frames(features) {
    if (this.#sessions.size === 0) return [];
    if (features.includes('leave')) return [{ type: 'leave' }];
    return [...this.#sessions.keys()].map((session_id) => ({ type: 'destroy-peer', session_id }));
  }

  /** @param {Fields} frame of the server @returns {boolean} whether all is answered */
  take({ type, session_id, success, outcome, code }) {
    const session = this.#sessions.get(session_id);
    const isEnded = type === 'peer-destroyed' || (type === 'peer-created' && success !== true) || (type === 'resumed' && outcome === 'gone');
    // Another client may have the session by now; its key is that client's, too.
    const isElsewhere = type === 'taken-over' || (type === 'error' && code === 'unknown-session');
    if (isEnded) session?.forgetKey();
    if (isEnded || isElsewhere) this.#sessions.delete(session_id);
    return this.#sessions.size === 0;
  }
}
