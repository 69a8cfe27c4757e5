/** @typedef {import('./connection.js').World} World */
/** @typedef {import('./settings.js').Settings} Settings */

/** How long a probe waits for an answer: somebody is looking at the page now (PROTOCOL.md, "The life of a session": 2 s). */
const PROBE_MILLIS = 2000;

/**
 * Pings an open connection with `ping` frames, because a browser cannot see the server's own, and tells when nothing
 * came back in time. Any frame counts as an answer.
 */
export class Heartbeat {
  #world;
  #settings;
  #ping;
  #onSilence;
  #lastId = 0;
  #sentAt = 0;
  /** @type {unknown} */
  #next;
  /** The end of the wait for an answer, while one is awaited. @type {{ timer: unknown, at: number } | undefined} */
  #limit;

  /** @param {World} world @param {Settings} settings @param {(id: number) => void} ping @param {(waitedMillis: number) => void} onSilence */
  constructor(world, settings, ping, onSilence) {
    this.#world = world;
    this.#settings = settings;
    this.#ping = ping;
    this.#onSilence = onSilence;
  }

  start() {
    this.#next = this.#world.setTimeout(() => {
      this.#ask(this.#settings.heartbeatTimeout);
      this.start();
    }, this.#settings.heartbeat);
  }

  stop() {
    this.#world.clearTimeout(this.#next);
    this.heard();
  }

  /** Asks at once, and waits no longer than a probe may. */
  probe() {
    this.#ask(Math.min(PROBE_MILLIS, this.#settings.heartbeatTimeout));
  }

  /** A frame came. */
  heard() {
    if (this.#limit) this.#world.clearTimeout(this.#limit.timer);
    this.#limit = undefined;
  }

  /** @param {unknown} id of a `pong` @returns {number | undefined} the round trip in ms, where it answers the last ping */
  roundTrip(id) {
    return id === this.#lastId ? this.#world.now() - this.#sentAt : undefined;
  }

  /** @param {number} millis */
  #ask(millis) {
    this.#lastId += 1;
    this.#sentAt = this.#world.now();
    this.#ping(this.#lastId);
    const at = this.#sentAt + millis;
    if (this.#limit && this.#limit.at <= at) return; // an earlier limit stands
    this.heard();
    this.#limit = { at, timer: this.#world.setTimeout(() => this.#onSilence(millis), millis) };
  }
}
