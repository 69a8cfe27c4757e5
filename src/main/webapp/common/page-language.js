import { write } from './dom.js';
import { chooseLanguage, say } from './language.js';
import { Memory } from './memory.js';

/** @typedef {import('./language.js').Language} Language */
/** @typedef {import('./language.js').Speak} Speak */
/** @typedef {import('./language.js').Text} Text */

/**
 * The language of a page: the browser's, until the reader presses one of the buttons with `data-language`; then that one, on every page
 * of this server. An element with `data-text` holds the text of that name, one with `data-label` has it as its label.
 */
export class PageLanguage {
  #texts;
  #retell;
  #everywhere = new Memory(() => localStorage, 'tokenly');
  #language = chooseLanguage([String(this.#everywhere.values['language'] ?? ''), ...navigator.languages]);

  /** @param {Readonly<Record<string, Text>>} texts @param {() => void} retell says again what no element names */
  constructor(texts, retell) {
    this.#texts = texts;
    this.#retell = retell;
  }

  /** @type {Speak} */
  speak = (text, values) => say(this.#language, text, values);

  /** Fills the page in, and shows it. */
  begin() {
    for (const button of marked('language')) button.addEventListener('click', () => this.#choose(/** @type {Language} */ (button.dataset['language'])));
    this.#tell();
    document.documentElement.dataset['ready'] = '';
  }

  /** @param {Language} language */
  #choose(language) {
    this.#everywhere.keep({ language });
    this.#language = language;
    this.#tell();
  }

  #tell() {
    document.documentElement.lang = this.#language;
    for (const element of marked('text')) write(element, this.#named(element.dataset['text']));
    for (const element of marked('label')) element.setAttribute('aria-label', this.#named(element.dataset['label']));
    for (const button of marked('language')) button.setAttribute('aria-pressed', String(button.dataset['language'] === this.#language));
    this.#retell();
  }

  /** @param {string | undefined} name */
  #named(name) {
    const text = this.#texts[String(name)];
    if (!text) throw new Error(`there is no text ${name}`);
    return this.speak(text);
  }
}

/** @param {string} name of the data @returns {NodeListOf<HTMLElement>} also elements of SVG, which have data, too */
const marked = (name) => document.querySelectorAll(`[data-${name}]`);
