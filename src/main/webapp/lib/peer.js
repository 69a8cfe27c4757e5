import { Receipt } from './receipt.js';

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./tokenly.js').Outgoing} Outgoing */
/** @typedef {import('./tokenly.js').Peer} Promised */
/** @typedef {import('./tokenly.js').PeerEvents} PeerEvents */

/** A session as the application holds it; see tokenly.d.ts. @implements {Promised} */
export class Peer {
  #session;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
  }

  get sessionId() {
    return this.#session.sessionId;
  }

  get roomId() {
    return this.#session.roomId;
  }

  /** @returns {ReadonlyMap<string, 'present' | 'away'>} */
  get peers() {
    return this.#session.room.peers;
  }

  /** @param {string} peer @returns {string | undefined} */
  incarnationOf(peer) {
    return this.#session.room.incarnationOf(peer);
  }

  get iceServers() {
    return this.#session.iceServers;
  }

  get isAttached() {
    return this.#session.state === 'attached';
  }

  get isEnded() {
    return this.#session.state === 'ended';
  }

  get pending() {
    return this.#session.pending;
  }

  /** @param {Outgoing} signal @param {{ signal?: AbortSignal | undefined }} [options] */
  send(signal, options = {}) {
    const sending = (async () => this.#session.send(signal, options.signal))();
    return Receipt.of(sending, (error) => this.#session.troubled(error));
  }

  destroy() {
    return this.#session.destroy();
  }

  /** @template {keyof PeerEvents} K @param {K} name @param {(event: PeerEvents[K]) => void} listener */
  on(name, listener) {
    return this.#session.room.events.on(name, listener);
  }

  [Symbol.asyncIterator]() {
    const reader = this.#session.room.read();
    if (this.isEnded) reader.finish();
    return reader;
  }
}
