import { callAddress } from '../common/call-address.js';
import { byId, write } from '../common/dom.js';
import { isId } from '../lib/frames.js';
import { TEXTS } from './texts.js';

/** @typedef {import('../common/language.js').Speak} Speak */

/** A name that is free with near certainty, and can be read out. @param {Uint8Array} bytes of chance */
export const roomOf = (bytes) => [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join('').replace(/(.{4})(?!$)/g, '$1-');

/** 32, none of which looks like another one. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** The length of a name that is proposed: 60 bits. */
const LETTER_COUNT = 12;

/** The door to a call. The page's rules let no form be sent, so the address is opened here. */
export class CallForm {
  #speak;
  #input = /** @type {HTMLInputElement} */ (byId('room'));
  #isWrong = false;

  /** @param {Speak} speak */
  constructor(speak) {
    this.#speak = speak;
    this.#input.value = roomOf(crypto.getRandomValues(new Uint8Array(LETTER_COUNT)));
    this.#input.addEventListener('input', () => this.#judge(false));
    byId('call').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#enter(this.#input.value.trim());
    });
  }

  show() {
    this.#input.setAttribute('aria-invalid', String(this.#isWrong));
    write(byId('room-note'), this.#isWrong ? this.#speak(TEXTS.roomComplaint) : '');
  }

  /** @param {string} room */
  #enter(room) {
    this.#judge(!isId(room));
    if (this.#isWrong) this.#input.focus();
    else location.assign(callAddress(location.href, room));
  }

  /** @param {boolean} isWrong */
  #judge(isWrong) {
    this.#isWrong = isWrong;
    this.show();
  }
}
