/** @typedef {import('./tokenly.js').World} World */

/** How long a probe waits for an answer: a person is looking now, or the connection is in doubt. */
const PROBE_MILLIS = 2000;
/** A timer that comes later than this says that the machine slept, or that a browser held the page back. */
const SLEEP_MILLIS = 2000;

/** The slowest link that counts as alive, in bytes/s (PROTOCOL.md, "Loss and heartbeat"). */
const SLOWEST_BYTES_PER_SECOND = 2400;

/** @param {number} bytes @returns {number} ms that the slowest link takes for them */
export const millisOf = (bytes) => Math.ceil((1000 * bytes) / SLOWEST_BYTES_PER_SECOND);

/**
 * Pings an open connection with `ping` frames, because a browser cannot see the server's own, and tells when nothing moved in
 * time. Any frame counts as an answer. While our own bytes wait to be sent, the ping is behind them: as long as they get fewer the
 * connection is alive, and the slowest link may take its time for them.
 */
export class Heartbeat {
  #world;
  #settings;
  #link;
  #lastId = 0;
  #sentAt = 0;
  /** @type {unknown} */
  #next;
  /** The end of the wait for an answer, while one is awaited. @type {{ timer: unknown, at: number } | undefined} */
  #limit;

  /**
   * @param {World} world @param {{ intervalMillis: number, timeoutMillis: number, patienceMillis: number }} settings `patienceMillis`: longer, for each answer
   * @param {{ ping: (id: number) => void, unsentBytes: () => number, fellSilent: () => void }} link
   */
  constructor(world, settings, link) {
    this.#world = world;
    this.#settings = settings;
    this.#link = link;
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
    this.#link.ping(this.#lastId);
    this.#await(millis);
  }

  /** @param {number} millis without what waits to be sent */
  #await(millis) {
    const unsent = this.#link.unsentBytes();
    const allowed = millis + this.#settings.patienceMillis + millisOf(unsent);
    const at = this.#world.elapsed() + allowed;
    if (this.#limit && this.#limit.at <= at) return; // an earlier limit stands
    this.heard();
    const dueAt = this.#world.now() + allowed;
    this.#limit = { at, timer: this.#world.setTimeout(() => this.#overdue({ millis, unsent, dueAt }), allowed) };
  }

  /** @param {{ millis: number, unsent: number, dueAt: number }} limit that is over */
  #overdue({ millis, unsent, dueAt }) {
    this.#limit = undefined;
    if (this.#isLate(dueAt)) return this.probe(); // the answer may have come while this machine slept
    if (this.#link.unsentBytes() < unsent) return this.#await(millis);
    this.#link.fellSilent();
  }

  /** By the clock of the wall: a monotonic one may stand still while the machine sleeps. If it was set forward, that costs one ping. @param {number} dueAt */
  #isLate(dueAt) {
    return this.#world.now() - dueAt > SLEEP_MILLIS;
  }
}
