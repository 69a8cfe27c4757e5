import { byId, write } from '../common/dom.js';
import { onClick } from './speech.js';

/** @typedef {import('./texts.js').TextKey} TextKey */

/** One thing to say at a time, which may have a button. */
export class Message {
  #speak;
  /** @type {{ key: TextKey, values: Record<string, unknown>, act?: { key: TextKey, run: () => void } | undefined } | undefined} */
  #shown;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {import('./texts.js').Speak} speak */
  constructor(speak) {
    this.#speak = speak;
    onClick('message-close', () => this.hide());
    onClick('message-act', () => {
      const { act } = this.#shown ?? {};
      this.hide();
      act?.run();
    });
  }

  /** @param {TextKey} key @param {{ values?: Record<string, unknown> | undefined, act?: { key: TextKey, run: () => void }, millis?: number }} [more] `millis`: it hides by itself */
  show(key, { values = {}, act, millis } = {}) {
    clearTimeout(this.#timer);
    this.#shown = { key, values, act };
    if (millis !== undefined) this.#timer = setTimeout(() => this.hide(), millis);
    this.retell();
  }

  /** @param {TextKey} [key] only where it says this; whatever it says where absent */
  hide(key) {
    if (key !== undefined && this.#shown?.key !== key) return;
    clearTimeout(this.#timer);
    this.#shown = undefined;
    this.retell();
  }

  retell() {
    const { key, values, act } = this.#shown ?? {};
    byId('message').hidden = key === undefined;
    write(byId('message-text'), key === undefined ? '' : this.#speak(key, values));
    byId('message-act').hidden = !act;
    write(byId('message-act'), act ? this.#speak(act.key) : '');
  }
}
