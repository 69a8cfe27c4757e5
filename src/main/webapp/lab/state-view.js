import { byId, element, write } from './dom.js';
import { faceOf } from './history.js';
import { TEXTS } from './texts.js';

/** @typedef {import('./client.js').Client} Client */
/** @typedef {import('./client.js').View} View */
/** @typedef {import('./history.js').Face} Face */
/** @typedef {import('./log.js').Speak} Speak */
/** @typedef {import('./texts.js').Text} Text */
/** @typedef {import('./texts.js').TextKey} TextKey */

/** @type {Record<Face, TextKey>} */
const WORDS = {
  idle: 'isIdle',
  connecting: 'isConnecting',
  connected: 'isConnected',
  reconnecting: 'isReconnecting',
  givenUp: 'isGivenUp',
  refused: 'isRefused',
  outside: 'isOutside',
};

/** The shape of each state, on a field of 24 by 24. @type {Record<Face, string>} */
const ICONS = {
  idle: 'M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16',
  connecting: 'M5 12h.01M12 12h.01M19 12h.01',
  connected: 'M4.5 12.5l5 5L19.5 7',
  reconnecting: 'M20 12a8 8 0 1 1-2.4-5.7M20 3.5V8h-4.5',
  givenUp: 'M6 6l12 12M18 6L6 18',
  refused: 'M5.6 5.6l12.8 12.8M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17',
  outside: 'M12 4L2.8 20h18.4zM12 10v4.5M12 17.2h.01',
};

/** @typedef {'opens' | 'losses' | 'attempts' | 'sentFrames' | 'receivedFrames' | 'roundTrip'} Counter */
/** @type {Counter[]} */
const COUNTERS = ['opens', 'losses', 'attempts', 'sentFrames', 'receivedFrames', 'roundTrip'];

/** @param {Face} face @returns {Text} */
export const wordOf = (face) => TEXTS[WORDS[face]];

/** The big state, the buttons that fit it, and the counters. */
export class StateView {
  /** @type {Record<Counter, number>} */
  #counts = { opens: 0, losses: 0, attempts: 0, sentFrames: 0, receivedFrames: 0, roundTrip: -1 };
  /** @type {Map<Counter, Element>} */
  #tiles = new Map();
  #speak;

  /** @param {Speak} speak */
  constructor(speak) {
    this.#speak = speak;
    for (const name of COUNTERS) {
      const value = element('dd');
      this.#tiles.set(name, value);
      byId('counters').append(element('div', {}, element('dt', { 'data-text': name }), value));
    }
    this.#showCounts();
  }

  /** @param {Counter} name */
  count(name) {
    this.#counts[name] += 1;
    this.#showCounts();
  }

  /** @param {number} millis */
  answered(millis) {
    this.#counts.roundTrip = millis;
    this.#showCounts();
  }

  /** @param {Client} client @param {number} now ms since 1970 */
  show(client, now) {
    const { view } = client;
    const face = faceOf(view);
    const word = this.#speak(wordOf(face));
    const state = byId('state');
    if (state.dataset['face'] !== face) {
      state.dataset['face'] = face;
      byId('state-icon').setAttribute('d', ICONS[face]);
    }
    write(byId('state-word'), word);
    write(byId('state-detail'), this.#detail(view, face, Math.max(view.dueAt - now, 0)));
    write(byId('announcement'), `${word}. ${this.#detail(view, face, view.delay)}`);
    const title = this.#speak(TEXTS.title, { state: word });
    if (document.title !== title) document.title = title;
    this.#enable(client);
  }

  /** @param {View} view @param {Face} face @param {number} millis until the next attempt */
  #detail(view, face, millis) {
    const { state, attempt, maxAttempts: max, why } = view;
    if (why) return this.#speak(why);
    const seconds = (millis / 1000).toFixed(1);
    switch (face) {
      case 'reconnecting': return this.#speak(state === 'waiting' ? TEXTS.waitingDetail : TEXTS.tryingDetail, { seconds, attempt, max });
      case 'givenUp': return this.#speak(TEXTS.gaveUpDetail, { max });
      case 'connecting': return this.#speak(TEXTS.connectingDetail);
      case 'connected': return this.#speak(TEXTS.connectedDetail);
      default: return this.#speak(TEXTS.idleDetail);
    }
  }

  /** A button that fits no more stays where the keyboard is: it is marked, not disabled. @param {Client} client */
  #enable(client) {
    const fits = {
      connect: client.can('connect'),
      disconnect: client.can('disconnect'),
      reconnect: client.can('reconnect') || client.can('connect'),
      fail: client.isOpen,
      send: client.isOpen,
    };
    for (const [id, isFit] of Object.entries(fits)) byId(id).setAttribute('aria-disabled', String(!isFit));
    byId('connect').classList.toggle('first', client.view.state === 'idle');
    byId('reconnect').classList.toggle('first', ['gaveUp', 'refused', 'outside'].includes(client.view.state));
  }

  #showCounts() {
    for (const [name, tile] of this.#tiles) {
      const count = this.#counts[name];
      write(tile, name !== 'roundTrip' ? String(count) : count < 0 ? '–' : `${count} ms`);
    }
  }
}
