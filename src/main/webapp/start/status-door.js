import { byId, write } from '../common/dom.js';
import { TEXTS } from './texts.js';

/** @typedef {import('../common/language.js').Speak} Speak */
/** @typedef {import('../common/language.js').Text} Text */
/** @typedef {import('../common/server-status.js').ServerStatus} ServerStatus */

/** What each state of a server means; the word itself is its own. @type {ReadonlyMap<string, Text>} */
const MEANINGS = new Map([
  ['connected', TEXTS.connected],
  ['reconnecting', TEXTS.reconnecting],
  ['failed', TEXTS.failed],
  ['disconnected', TEXTS.disconnected],
]);

/** How a server refuses its status to those who are no administrators. */
const REFUSALS = [401, 403];

/**
 * What the door shows.
 * @param {ServerStatus | undefined} status undefined where there was no answer @param {unknown} cause the HTTP status then, if there was one @param {Speak} speak
 */
export function faceOf(status, cause, speak) {
  if (status) {
    const meaning = MEANINGS.get(status.state);
    return { kind: String(status.state), word: String(status.state), meaning: meaning ? speak(meaning) : '', sessions: String(status.active_sessions) };
  }
  const isClosed = REFUSALS.includes(Number(cause));
  const [word, meaning] = isClosed ? [TEXTS.closed, TEXTS.closedMeaning] : [TEXTS.noAnswer, TEXTS.noAnswerMeaning];
  return { kind: isClosed ? 'closed' : 'unreachable', word: speak(word), meaning: speak(meaning), sessions: '–' };
}

/** The door to the server's state, which shows the most of it. */
export class StatusDoor {
  #speak;
  #isAsked = false;
  /** @type {ServerStatus | undefined} */
  #status;
  /** @type {unknown} */
  #cause;

  /** @param {Speak} speak */
  constructor(speak) {
    this.#speak = speak;
  }

  /** @param {ServerStatus | undefined} status @param {unknown} cause */
  answered(status, cause) {
    this.#isAsked = true;
    this.#status = status;
    this.#cause = cause;
    this.show();
  }

  show() {
    const asking = { kind: 'closed', word: '…', meaning: this.#speak(TEXTS.asking), sessions: '–' };
    const { kind, word, meaning, sessions } = this.#isAsked ? faceOf(this.#status, this.#cause, this.#speak) : asking;
    byId('server').dataset['state'] = kind;
    write(byId('server-state'), word);
    write(byId('server-meaning'), meaning);
    write(byId('server-sessions'), sessions);
  }
}
