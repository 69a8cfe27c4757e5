import { element } from '../common/dom.js';
import { printable } from '../common/printable.js';

/** @typedef {import('../common/language.js').Text} Text */
/** @typedef {import('../common/language.js').Values} Values */
/** @typedef {import('../common/language.js').Speak} Speak */

/** How many lines are kept; the oldest go first. */
export const MAX_LINES = 500;

/** The lines of the log, which speak another language when the page does. */
export class Log {
  /** @type {{ at: number, text: Text, values: Values, line: Element }[]} */
  #entries = [];
  #list;
  #speak;

  /** @param {HTMLElement} list @param {Speak} speak */
  constructor(list, speak) {
    this.#list = list;
    this.#speak = speak;
  }

  /** @param {number} at ms since 1970 @param {Text} text @param {Values} [values] */
  add(at, text, values = {}) {
    const isAtEnd = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < 8;
    const entry = { at, text, values, line: element('p') };
    this.#entries.push(entry);
    this.#fill(entry);
    this.#list.append(entry.line);
    if (this.#entries.length > MAX_LINES) this.#entries.shift()?.line.remove();
    if (isAtEnd) this.#list.scrollTop = this.#list.scrollHeight;
  }

  clear() {
    this.#entries = [];
    this.#list.replaceChildren();
  }

  /** Says it all again, in the language of now. */
  retell() {
    for (const entry of this.#entries) this.#fill(entry);
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  /** One line per entry. */
  get text() {
    return this.#entries.map(({ line }) => `${line.textContent}\n`).join('');
  }

  /** @param {{ at: number, text: Text, values: Values, line: Element }} entry */
  #fill({ at, text, values, line }) {
    const time = new Date(at).toISOString();
    // Whatever the far side sends, a line stays one line.
    const words = printable(this.#speak(text, values));
    line.replaceChildren(element('time', { datetime: time }, `[${time}]`), ` ${words}`);
  }
}
