/** @typedef {import('../../../main/webapp/lib/tokenly.js').World} World */

/** Random numbers that are the same in every run. @param {number} seed @returns {() => number} from 0 to 1 */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0; // mulberry32
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A storage as that of a tab. */
export class FakeStorage {
  /** @type {Map<string, string>} */
  values = new Map();

  /** @param {string} name */
  getItem(name) {
    return this.values.get(name) ?? null;
  }

  /** @param {string} name @param {string} value */
  setItem(name, value) {
    this.values.set(name, value);
  }
}

/** A clock that stands still until the test lets it pass. */
export class FakeClock {
  now = 1_000_000;
  /** By how much the clock of the wall was set forward, in ms. */
  shift = 0;
  /** @type {{ at: number, act: () => void }[]} */
  timers = [];

  /** @param {() => void} act @param {number} millis */
  set(act, millis) {
    const timer = { at: this.now + millis, act };
    this.timers.push(timer);
    return timer;
  }

  /** @param {unknown} timer */
  clear(timer) {
    this.timers = this.timers.filter((other) => other !== timer);
  }

  /** Lets time pass. Between two timers all promises have their turn. @param {number} millis */
  async pass(millis) {
    const end = this.now + millis;
    await turns();
    for (let next; (next = this.#first()) && next.at <= end; ) {
      this.clear(next);
      this.now = Math.max(this.now, next.at);
      next.act();
      await turns();
    }
    this.now = end;
  }

  /** The machine sleeps: time passes, and all timers come late. @param {number} millis */
  sleep(millis) {
    this.now += millis;
  }

  #first() {
    return this.timers.reduce((/** @type {{ at: number, act: () => void } | undefined} */ first, timer) => (first && first.at <= timer.at ? first : timer), undefined);
  }
}

/** More turns than any chain of promises here is long. */
export async function turns() {
  for (let turn = 0; turn < 12; turn++) await null;
}

/**
 * The surroundings of one client.
 * @param {FakeClock} clock @param {World['WebSocket']} WebSocket @param {() => number} random
 * @returns {World & { storage: FakeStorage, window: EventTarget, document: EventTarget & { visibilityState: string }, connection: EventTarget }}
 */
export function fakeWorld(clock, WebSocket, random = () => 0) {
  return {
    WebSocket,
    setTimeout: (act, millis) => clock.set(act, millis),
    clearTimeout: (timer) => clock.clear(timer),
    now: () => clock.now + clock.shift,
    elapsed: () => clock.now,
    random,
    randomBytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(256 * Math.random())),
    storage: new FakeStorage(),
    window: new EventTarget(),
    document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
    connection: new EventTarget(),
  };
}
