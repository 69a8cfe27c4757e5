import { copy } from '../common/clipboard.js';
import { byId, write } from '../common/dom.js';
import { Log } from './log.js';
import { TEXTS } from './texts.js';

/** @typedef {import('../lib/tokenly.js').Fields} Frame */
/** @typedef {import('../common/language.js').Text} Text */
/** @typedef {import('../common/language.js').Values} Values */
/** @typedef {import('../common/language.js').Speak} Speak */

/** What comes too often to be read, unless it is asked for. */
const FREQUENT = ['ping', 'pong', 'ack'];

/** The log with its buttons. */
export class LogCard {
  #speak;
  #log;

  /** @param {Speak} speak */
  constructor(speak) {
    this.#speak = speak;
    this.#log = new Log(byId('log'), speak);
    byId('copy').addEventListener('click', () => void this.#copy());
    byId('clear').addEventListener('click', () => this.#clear());
  }

  /** @param {Text} text @param {Values} [values] */
  say(text, values) {
    this.#log.add(Date.now(), text, values);
  }

  /** @param {Text} line @param {string} text of the frame @param {Frame | undefined} frame where the text is one */
  frame(line, text, frame) {
    const isWished = /** @type {HTMLInputElement} */ (byId('show-pings')).checked;
    if (isWished || !FREQUENT.includes(frame?.['type'])) this.say(line, { text });
  }

  /** Says it all again, in the language of now. */
  retell() {
    write(byId('log-note'), '');
    this.#log.retell();
  }

  async #copy() {
    this.#note((await copy(this.#log.text, byId('log'))) ? TEXTS.copied : TEXTS.notCopied);
  }

  #clear() {
    this.#log.clear();
    this.#note(TEXTS.cleared);
  }

  /** @param {Text} text */
  #note(text) {
    write(byId('log-note'), this.#speak(text));
  }
}
