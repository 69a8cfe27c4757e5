/** @typedef {import('./tokenly.js').World} World */

/** How long a probe waits for an answer: a person is looking now, or the connection is in doubt. */
const PROBE_MILLIS = 2000;
/** A timer that comes later than this says that the machine slept, or that a browser held the page back. */
const SLEEP_MILLIS = 2000;

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

  /**
   * @param {World} world @param {{ intervalMillis: number, timeoutMillis: number }} settings
   * @param {(id: number) => void} ping @param {() => void} onSilence
   */
  constructor(world, settings, ping, onSilence) {
    this.#world = world;
    this.#settings = settings;
    this.#ping = ping;
    this.#onSilence = onSilence;
  }

  start() {
    const { intervalMillis, timeoutMillis } = this.#settings;
    const dueAt = this.#world.now() + intervalMillis;
    this.#next = this.#world.setTimeout(() => {
      if (this.#isLate(dueAt)) this.probe();
      else this.#ask(timeoutMillis);
      this.start();
    }, intervalMillis);
  }

  stop() {
    this.#world.clearTimeout(this.#next);
    this.heard();
  }

  /** Asks at once, and waits no longer than a probe may. */
  probe() {
    this.#ask(Math.min(PROBE_MILLIS, this.#settings.timeoutMillis));
  }

  /** A frame came. */
  heard() {
    if (this.#limit) this.#world.clearTimeout(this.#limit.timer);
    this.#limit = undefined;
  }

  /** @param {unknown} id of a `pong` @returns {number | undefined} the round trip in ms, where it answers the last ping */
  roundTrip(id) {
    return id === this.#lastId ? Math.round(this.#world.elapsed() - this.#sentAt) : undefined;
  }

  /** @param {number} millis */
  #ask(millis) {
    this.#lastId += 1;
    this.#sentAt = this.#world.elapsed();
    this.#ping(this.#lastId);
    const at = this.#sentAt + millis;
    const dueAt = this.#world.now() + millis;
    if (this.#limit && this.#limit.at <= at) return; // an earlier limit stands
    this.heard();
    this.#limit = { at, timer: this.#world.setTimeout(() => this.#overdue(dueAt), millis) };
  }

  /** @param {number} dueAt */
  #overdue(dueAt) {
    this.#limit = undefined;
    if (this.#isLate(dueAt)) this.probe(); // the answer may have come while this machine slept
    else this.#onSilence();
  }

  /** By the clock of the wall: a monotonic one may stand still while the machine sleeps. If it was set forward, that costs one ping. @param {number} dueAt */
  #isLate(dueAt) {
    return this.#world.now() - dueAt > SLEEP_MILLIS;
  }
}
