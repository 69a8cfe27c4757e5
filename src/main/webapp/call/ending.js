import { byId, write } from '../common/dom.js';
import { onClick } from './speech.js';

/** @typedef {import('./texts.js').TextKey} TextKey */

/** @type {Record<string, { title: TextKey, hint: TextKey, again: TextKey }>} */
const ENDS = {
  left: { title: 'endedLeft', hint: 'endedLeftHint', again: 'rejoin' },
  'taken-over': { title: 'endedTaken', hint: 'endedTakenHint', again: 'useHere' },
  moved: { title: 'endedMoved', hint: 'endedMovedHint', again: 'takeBack' },
};
/** @type {{ title: TextKey, hint: TextKey, again: TextKey }} */
const OTHER = { title: 'endedOther', hint: 'endedOtherHint', again: 'rejoin' };

/** Why the call is over here, and the ways back. */
export class Ending {
  #speak;
  /** @type {{ reason: string, room: string } | undefined} */
  #shown;

  /** @param {import('./texts.js').Speak} speak @param {{ again: () => void, toLobby: () => void }} ways */
  constructor(speak, { again, toLobby }) {
    this.#speak = speak;
    onClick('rejoin', again);
    onClick('to-lobby', toLobby);
  }

  /** @param {string} reason @param {string} room */
  show(reason, room) {
    this.#shown = { reason, room };
    this.retell();
    byId('ended-heading').focus();
  }

  retell() {
    if (!this.#shown) return;
    const { title, hint, again } = ENDS[this.#shown.reason] ?? OTHER;
    byId('ended').dataset['reason'] = this.#shown.reason;
    write(byId('ended-heading'), this.#speak(title));
    write(byId('ended-hint'), this.#speak(hint, this.#shown));
    write(byId('rejoin'), this.#speak(again));
  }
}
