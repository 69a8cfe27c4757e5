/** @typedef {import('./sessions.js').Sessions} Host */
/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').IceServer} IceServer */

/** After this share of their lifetime they are asked for anew. */
const RENEWAL = 0.75;

/** The ICE servers that the server tells one session, renewed before they run out (PROTOCOL.md, "ICE servers"). */
export class Ice {
  /** @type {readonly IceServer[]} */
  servers = Object.freeze([]);
  #host;
  #sessionId;
  #changed;
  /** @type {any} */
  #timer;

  /** @param {Host} host @param {string} sessionId @param {(servers: readonly IceServer[]) => void} changed */
  constructor(host, sessionId, changed) {
    this.#host = host;
    this.#sessionId = sessionId;
    this.#changed = changed;
  }

  /** @param {Fields} frame of the server itself, which may tell them; a signal of another peer may have such fields, too */
  take({ ice_servers: servers, ice_lifetime_ms: lifetime }) {
    if (!Array.isArray(servers)) return;
    this.servers = Object.freeze(servers.map((server) => Object.freeze(server)));
    this.hold();
    if (lifetime > 0) this.#timer = this.#host.world.setTimeout(() => this.#renew(), lifetime * RENEWAL);
    this.#changed(this.servers);
  }

  /** The next ones come when the session is on a connection again. */
  hold() {
    if (this.#timer !== undefined) this.#host.world.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #renew() {
    this.#timer = undefined;
    this.#host.send({ type: 'ice-servers', session_id: this.#sessionId });
  }
}
