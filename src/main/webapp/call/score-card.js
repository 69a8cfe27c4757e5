import { element } from '../common/dom.js';
import { isPerfect } from './score.js';

/** @typedef {import('./texts.js').TextKey} TextKey */
/** @typedef {{ score: import('./score.js').Score, backMillis: number } | { reason: string }} Result */

/** What one fault did. */
export class ScoreCard {
  element = element('article', { class: 'score', 'data-score': '' });
  #speak;
  #fault;
  #result;

  /** @param {import('./texts.js').Speak} speak @param {TextKey} fault @param {Result} result */
  constructor(speak, fault, result) {
    this.#speak = speak;
    this.#fault = fault;
    this.#result = result;
    this.retell();
  }

  retell() {
    const title = element('p', { class: 'fault' }, this.#speak(this.#fault));
    this.element.replaceChildren(title, ...('score' in this.#result ? this.#measured(this.#result) : [element('p', {}, this.#speak('faultUnmeasured', this.#result))]));
  }

  /** @param {{ score: import('./score.js').Score, backMillis: number }} result */
  #measured({ score, backMillis }) {
    const isGood = isPerfect(score);
    this.element.classList.toggle('bad', !isGood);
    Object.assign(this.element.dataset, { lost: score.lost, twice: score.twice, outOfOrder: score.outOfOrder, sent: score.sent, late: score.late });
    const seconds = (backMillis / 1000).toFixed(1);
    return [
      element('h3', {}, this.#speak(isGood ? 'nothingLost' : 'somethingLost')),
      element('dl', {},
        this.#figure('scoreLost', String(score.lost)), this.#figure('scoreTwice', String(score.twice)), this.#figure('scoreOutOfOrder', String(score.outOfOrder)),
        this.#figure('scoreSent', String(score.sent)), this.#figure('scoreLate', String(score.late)), this.#figure('scoreBack', this.#speak('duration', { seconds }))),
    ];
  }

  /** @param {TextKey} key @param {string} value */
  #figure(key, value) {
    return element('div', {}, element('dt', {}, this.#speak(key)), element('dd', {}, value));
  }
}
