import { byId } from '../common/dom.js';
import { PageLanguage } from '../common/page-language.js';
import { TEXTS } from './texts.js';

/** @typedef {import('./texts.js').Speak} Speak */

/** What the page says, in the language that is chosen. */
export class Speech {
  #language;

  /** @param {() => void} retell what `speak` has said, in another language */
  constructor(retell) {
    this.#language = new PageLanguage(TEXTS, () => {
      document.title = this.speak('title');
      for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('button[data-label]'))) button.title = button.ariaLabel ?? '';
      retell();
    });
  }

  /** @type {Speak} */
  speak = (key, values) => this.#language.speak(TEXTS[key], values);

  /** Fills the page in, and shows it. */
  begin() {
    this.#language.begin();
  }
}

/** Names a button for all: those who hover, too. @param {HTMLElement} button @param {string} text */
export function label(button, text) {
  button.setAttribute('aria-label', text);
  button.title = text;
}

/** Shows another of the icons that stand in the page. @param {Element} target that holds one @param {string} name */
export function setIcon(target, name) {
  const href = `#icon-${name}`;
  const use = target.querySelector('use');
  if (use && use.getAttribute('href') !== href) use.setAttribute('href', href);
}

/** @param {string} id @param {() => void} act */
export const onClick = (id, act) => byId(id).addEventListener('click', act);
