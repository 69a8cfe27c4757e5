import { byId, write } from './dom.js';
import { Log } from './log.js';
import { TEXTS } from './texts.js';

/** @typedef {import('../lib/tokenly.js').Fields} Frame */
/** @typedef {import('./language.js').Text} Text */
/** @typedef {import('./language.js').Values} Values */
/** @typedef {import('./log.js').Speak} Speak */

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
    try {
      await navigator.clipboard.writeText(this.#log.text);
      this.#note(TEXTS.copied);
    } catch {
      // Only pages from https or localhost may write to the clipboard like that.
      getSelection()?.selectAllChildren(byId('log'));
      this.#note(document.execCommand('copy') ? TEXTS.copied : TEXTS.notCopied);
    }
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
