import { byId, write } from '../common/dom.js';
import { faceOf } from './history.js';
import { TEXTS } from './texts.js';

/** @typedef {import('./client.js').Client} Client */
/** @typedef {import('./history.js').Face} Face */
/** @typedef {import('../common/language.js').Speak} Speak */
/** @typedef {import('./states.js').View} View */
/** @typedef {import('../common/language.js').Text} Text */
/** @typedef {import('./texts.js').TextKey} TextKey */

/** @type {Record<Face, TextKey>} */
const WORDS = {
  idle: 'isIdle',
  connecting: 'isConnecting',
  connected: 'isConnected',
  reconnecting: 'isReconnecting',
  givenUp: 'isGivenUp',
  refused: 'isRefused',
  takenOver: 'isTakenOver',
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
  takenOver: 'M4 8h12M12.5 4.5L16 8l-3.5 3.5M20 16H8M11.5 12.5L8 16l3.5 3.5',
  outside: 'M12 4L2.8 20h18.4zM12 10v4.5M12 17.2h.01',
};

/** @param {Face} face @returns {Text} */
export const wordOf = (face) => TEXTS[WORDS[face]];

/** The big state, and the buttons that fit it. */
export class StateView {
  #speak;

  /** @param {Speak} speak */
  constructor(speak) {
    this.#speak = speak;
  }

  /** @param {Client} client @param {number} now in ms, by the clock that is never set */
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
    if (view.why) return this.#speak(view.why.text, view.why.values);
    const sentence = this.#sentence(view, face, millis);
    if (view.pending === 0 || face === 'connected') return sentence;
    return `${sentence}${sentence.endsWith('.') ? '' : ' ·'} ${this.#speak(TEXTS.pendingDetail, { pending: view.pending })}`;
  }

  /** @param {View} view @param {Face} face @param {number} millis until the next attempt */
  #sentence({ state, attempt, maxAttempts: max }, face, millis) {
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
      fail: client.can('fail'),
      send: client.canSend,
    };
    for (const [id, isFit] of Object.entries(fits)) byId(id).setAttribute('aria-disabled', String(!isFit));
    byId('connect').classList.toggle('first', client.view.state === 'idle');
    byId('reconnect').classList.toggle('first', ['gaveUp', 'refused', 'outside'].includes(client.view.state));
  }
}
