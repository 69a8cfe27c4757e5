/** @typedef {import('../call.js').SignalingState} State */
/** @typedef {import('../tokenly.js').Client} Client */

/** After these the client comes back only when it is told to. */
const STOPPED = new Set(['gave-up', 'refused', 'closed']);

/**
 * How the signaling of a call is, and whether the network is another one.
 * @typedef {object} Owner
 * @property {(state: State) => void} moved
 * @property {() => void} networkChanged
 */

/** Watches the client of a call. */
export class Signaling {
  /** @type {State} */
  state = 'connected';
  #owner;
  #lostAt = 0;
  #stopWatching;

  /** @param {Client} client @param {Owner} owner */
  constructor(client, owner) {
    this.#owner = owner;
    const changed = () => owner.networkChanged();
    /** @type {(EventTarget | undefined)[]} */
    const [window, network] = [globalThis.window ?? globalThis.self, /** @type {any} */ (globalThis.navigator)?.connection];
    let type = /** @type {any} */ (network)?.type;
    const estimated = () => { // also where the same network became slower
      const before = type;
      ({ type } = /** @type {any} */ (network));
      if (type !== before) changed();
    };
    const stop = client.on('state', ({ state }) => state === 'connected' || this.#move(STOPPED.has(state) ? 'stopped' : 'lost'));
    window?.addEventListener?.('online', changed);
    network?.addEventListener?.('change', estimated);
    this.#stopWatching = () => {
      stop();
      window?.removeEventListener?.('online', changed);
      network?.removeEventListener?.('change', estimated);
    };
  }

  /** The session is on a connection again. @returns {number} for how many ms it was not */
  back() {
    const away = this.state === 'connected' ? 0 : performance.now() - this.#lostAt;
    this.#move('connected');
    return Math.round(away);
  }

  end() {
    this.#stopWatching();
  }

  /** @param {State} state */
  #move(state) {
    if (state === this.state) return;
    if (this.state === 'connected') this.#lostAt = performance.now();
    this.state = state;
    this.#owner.moved(state);
  }
}
