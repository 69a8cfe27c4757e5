import { byId, element, write } from '../common/dom.js';
import { isOpenIn } from './states.js';

/** @typedef {'opens' | 'losses' | 'attempts' | 'roundTrip' | 'sentFrames' | 'receivedFrames'} Connections */
/** @typedef {'messagesSent' | 'messagesAcked' | 'messagesResent' | 'messagesHeard' | 'messagesReplayed' | 'messagesLost'} Messages */
/** @typedef {Connections | Messages} Counter */

/** In the order of the page: first what all the rest is for. @type {Counter[]} */
const COUNTERS = [
  'messagesLost', 'messagesSent', 'messagesAcked', 'messagesResent', 'messagesHeard', 'messagesReplayed',
  'opens', 'losses', 'attempts', 'roundTrip', 'sentFrames', 'receivedFrames',
];

/** How often what has happened since the page was loaded. */
export class Counters {
  /** @type {Map<Counter, { count: number, tile: Element }>} */
  #entries = new Map();

  constructor() {
    for (const name of COUNTERS) {
      const tile = element('dd', {}, name === 'roundTrip' ? '–' : '0');
      this.#entries.set(name, { count: 0, tile });
      byId('counters').append(element('div', {}, element('dt', { 'data-text': name }), tile));
    }
  }

  /** @param {Counter} name @param {number} [more] */
  count(name, more = 1) {
    const entry = this.#entries.get(name);
    if (!entry) return;
    entry.count += more;
    write(entry.tile, String(entry.count));
  }

  /** @param {import('./states.js').Move} move */
  moved({ step, from, counts }) {
    if (step === 'opened') this.count('opens');
    if (isOpenIn(from) && (step === 'lost' || step === 'exhausted')) this.count('losses');
    if (step === 'due') this.count('attempts');
    this.count('messagesResent', counts?.resent ?? 0);
    this.count('messagesReplayed', counts?.replayed ?? 0);
  }

  /** @param {number} millis */
  answered(millis) {
    const entry = this.#entries.get('roundTrip');
    if (entry) write(entry.tile, `${millis} ms`);
  }
}
