import { byId, write } from '../common/dom.js';

/** @typedef {import('./texts.js').TextKey} TextKey */
/** @typedef {{ state: string, key: TextKey, values?: Record<string, unknown> }} News */

/** A loss that is over sooner than this is not worth a word. */
const QUIET_MILLIS = 300;
/** How long the good news stays. */
const GOOD_MILLIS = 6000;

/** How the signaling is, where that is worth a word. */
export class SignalingBadge {
  #speak;
  /** @type {News | undefined} */
  #shown;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {import('./texts.js').Speak} speak */
  constructor(speak) {
    this.#speak = speak;
  }

  /** @param {import('../lib/call.js').SignalingState} state @param {string} reason why it stopped */
  moved(state, reason) {
    if (state === 'stopped') this.#show({ state, key: 'signalingStopped', values: { reason } });
    if (state === 'lost') this.#later(QUIET_MILLIS, { state, key: 'signalingLost' });
    if (state === 'connected') this.#backWithout();
  }

  /** @param {number} away ms */
  resumed(away) {
    if (away < QUIET_MILLIS && !this.#shown) return this.hide();
    this.#show({ state: 'back', key: 'signalingBack', values: { seconds: (away / 1000).toFixed(1) } });
    this.#later(GOOD_MILLIS, undefined);
  }

  hide() {
    clearTimeout(this.#timer);
    this.#shown = undefined;
    this.retell();
  }

  retell() {
    const badge = byId('signaling');
    badge.dataset['state'] = this.#shown?.state ?? 'connected';
    badge.hidden = !this.#shown;
    write(byId('signaling-text'), this.#shown ? this.#speak(this.#shown.key, this.#shown.values) : '');
    byId('signaling-retry').hidden = this.#shown?.state !== 'stopped';
  }

  /** Connected; whether something was lost is told right after by `resumed`, if at all. */
  #backWithout() {
    if (!this.#shown) return this.hide();
    this.#show({ state: 'back', key: 'signalingReset' });
    this.#later(GOOD_MILLIS, undefined);
  }

  /** @param {News | undefined} what */
  #show(what) {
    clearTimeout(this.#timer);
    this.#shown = what;
    this.retell();
  }

  /** @param {number} millis @param {News | undefined} what */
  #later(millis, what) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(what), millis);
  }
}
