import { byId, write } from '../lab/dom.js';
import { chooseLanguage, LANGUAGES, say } from '../lab/language.js';
import { Memory } from '../lab/memory.js';
import { TEXTS } from './texts.js';

/** @typedef {import('../lab/language.js').Language} Language */
/** @typedef {import('./texts.js').TextKey} TextKey */
/** @typedef {import('./texts.js').Speak} Speak */

/** The language is chosen for all pages at once: this is the memory of the lab. */
const memory = new Memory(() => localStorage, 'tokenly-lab');

/** What the page says, in the language that is chosen. */
export class Speech {
  /** @type {Language} */
  #language = chooseLanguage([String(memory.values['language'] ?? ''), ...navigator.languages]);
  #changed;

  /** @param {() => void} changed the language: what was said by `speak` is to be said anew */
  constructor(changed) {
    this.#changed = changed;
    for (const button of this.#buttons) {
      button.addEventListener('click', () => {
        memory.keep({ language: button.dataset['language'] });
        this.#language = /** @type {Language} */ (button.dataset['language']);
        this.retell();
      });
    }
  }

  /** @type {Speak} */
  speak = (key, values) => say(this.#language, TEXTS[key], values);

  /** Says all that stands in the page. */
  retell() {
    document.documentElement.lang = this.#language;
    document.title = this.speak('title');
    for (const each of everyElement('[data-text]')) write(each, this.speak(/** @type {TextKey} */ (each.dataset['text'])));
    for (const each of everyElement('[data-label]')) label(each, this.speak(/** @type {TextKey} */ (each.dataset['label'])));
    for (const each of this.#buttons) each.setAttribute('aria-pressed', String(each.dataset['language'] === this.#language));
    this.#changed();
  }

  get #buttons() {
    return LANGUAGES.flatMap((language) => everyElement(`[data-language="${language}"]`));
  }
}

/** Names a control for all: those who hover, too. @param {HTMLElement} target @param {string} text */
export function label(target, text) {
  target.setAttribute('aria-label', text);
  if (target instanceof HTMLButtonElement) target.title = text;
}

/** Shows another of the icons that stand in the page. @param {Element} target that holds one @param {string} name */
export function setIcon(target, name) {
  const href = `#icon-${name}`;
  const use = target.querySelector('use');
  if (use && use.getAttribute('href') !== href) use.setAttribute('href', href);
}

/** @param {string} id @param {() => void} act */
export const onClick = (id, act) => byId(id).addEventListener('click', act);

/** @param {string} selector @returns {HTMLElement[]} */
const everyElement = (selector) => [...document.querySelectorAll(selector)].map((each) => /** @type {HTMLElement} */ (each));
