import { copy } from '../common/clipboard.js';
import { byId, write } from '../common/dom.js';
import { linkOf, MoveCode } from './move-code.js';
import { pictureOf } from './qr.js';
import { onClick } from './speech.js';

/** @typedef {import('../lib/call.js').CallPeer} CallPeer */

const MINUTE = 60_000;
const LOOK_MILLIS = 10_000;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;
/** How long our other device may take to be seen. */
const ARRIVE_MILLIS = 10_000;

/** This device's end of a move: a code in a dialog, and whether it is the one that comes back. */
export class MoveDialog {
  #dialog = /** @type {HTMLDialogElement} */ (byId('move-dialog'));
  #link = /** @type {HTMLInputElement} */ (byId('move-link'));
  #speak;
  /** @type {MoveCode | undefined} */
  #code;

  /** @param {import('./texts.js').Speak} speak @param {() => { room: string, from: string } | undefined} where the call is */
  constructor(speak, where) {
    this.#speak = speak;
    onClick('move', () => this.#open(where()));
    onClick('move-close', () => this.#dialog.close());
    onClick('move-copy', () => void this.#copy());
    this.#link.addEventListener('focus', () => this.#link.select());
    setInterval(() => this.#dialog.open && this.#showRest(), LOOK_MILLIS);
  }

  /** Whether another device may have the call: it said the code of now. @param {unknown} code */
  accept(code) {
    return this.#code?.use(code) ?? false;
  }

  /** No code is good any more. */
  end() {
    this.#code = undefined;
    this.#dialog.close();
  }

  /** @param {{ room: string, from: string } | undefined} where */
  #open(where) {
    if (!where) return;
    if (!this.#code?.rest) this.#code = new MoveCode(() => performance.now());
    const link = linkOf(location.href, { ...where, code: this.#code.text });
    this.#link.value = link;
    byId('move-picture').replaceChildren(pictureOf(link, this.#speak('moveCode')));
    byId('move-loopback').hidden = !LOOPBACK.test(location.hostname);
    this.#showRest();
    this.#dialog.showModal();
  }

  async #copy() {
    const isCopied = await copy(this.#link.value);
    if (!isCopied) this.#link.focus();
    write(byId('move-note'), this.#speak(isCopied ? 'copied' : 'notCopied'));
  }

  #showRest() {
    const minutes = Math.ceil((this.#code?.rest ?? 0) / MINUTE);
    write(byId('move-note'), minutes > 0 ? this.#speak('moveOnce', { minutes }) : this.#speak('moveExpired'));
  }
}

/**
 * What becomes of a move, where this is the device that takes over.
 * @typedef {object} Arrival
 * @property {(key: 'moveArriving' | 'moveArrived' | 'moveRefused' | 'moveAbsent') => void} told
 * @property {(state: Record<string, unknown>) => void} moved the other device left, and this is how it was
 */

/** Takes the call over from another device of ours. */
export class Takeover {
  #move;
  #arrival;
  #isOver = false;

  /** @param {{ from: string, code: string }} move @param {Arrival} arrival */
  constructor(move, arrival) {
    this.#move = move;
    this.#arrival = arrival;
    arrival.told('moveArriving');
    setTimeout(() => this.#end('moveAbsent'), ARRIVE_MILLIS);
  }

  cancel() {
    this.#isOver = true;
  }

  /** @param {CallPeer} peer that is in the call now */
  joined(peer) {
    if (!this.#isOver && peer.id === this.#move.from) peer.say({ move: this.#move.code }).catch(() => this.#end('moveAbsent'));
  }

  /** @param {CallPeer} peer @param {Record<string, unknown>} text */
  said(peer, text) {
    if (this.#isOver || peer.id !== this.#move.from || typeof text['moved'] !== 'boolean') return;
    if (text['moved']) this.#arrival.moved(text);
    this.#end(text['moved'] ? 'moveArrived' : 'moveRefused');
  }

  /** @param {'moveArrived' | 'moveRefused' | 'moveAbsent'} key */
  #end(key) {
    if (!this.#isOver) this.#arrival.told(key);
    this.#isOver = true;
  }
}
