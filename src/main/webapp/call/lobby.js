import { byId, write } from '../common/dom.js';
import { onClick } from './speech.js';
import { attach } from './video.js';

/** @typedef {{ room: string, name: string, token: string }} Wish */

const input = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id));

/** The fields before a call. */
export class Lobby {
  #speak;
  #isJoining = false;
  #isComplaining = false;

  /** @param {import('./texts.js').Speak} speak @param {{ join: (wish: Wish) => void, cancel: () => void }} owner */
  constructor(speak, { join, cancel }) {
    this.#speak = speak;
    byId('join-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#isComplaining = this.wish.room === '';
      this.retell();
      if (this.#isComplaining) input('room').focus();
      else if (!this.#isJoining) join(this.wish);
    });
    input('room').addEventListener('input', () => { this.#isComplaining = false; this.retell(); });
    onClick('cancel', cancel);
  }

  /** @returns {Wish} */
  get wish() {
    return { room: input('room').value.trim(), name: input('name').value.trim(), token: input('token').value.trim() };
  }

  /** @param {{ room?: string, name?: string }} values */
  fill({ room, name }) {
    if (room !== undefined) input('room').value = room;
    if (name !== undefined) input('name').value = name;
  }

  focus() {
    input(this.wish.room === '' ? 'room' : this.wish.name === '' ? 'name' : 'join').focus();
  }

  askForToken() {
    byId('token-field').hidden = false;
    input('token').focus();
  }

  /** @param {boolean} isJoining */
  setJoining(isJoining) {
    this.#isJoining = isJoining;
    this.retell();
  }

  /** Shows our own picture. @param {MediaStream} stream @param {boolean} isSeen */
  preview(stream, isSeen) {
    attach(/** @type {HTMLVideoElement} */ (byId('preview')), stream);
    byId('preview-picture').classList.toggle('off', !isSeen);
  }

  retell() {
    byId('join').setAttribute('aria-disabled', String(this.#isJoining));
    write(byId('join'), this.#speak(this.#isJoining ? 'joining' : 'join'));
    byId('cancel').hidden = !this.#isJoining;
    input('room').setAttribute('aria-invalid', String(this.#isComplaining));
    write(byId('room-hint'), this.#speak(this.#isComplaining ? 'roomComplaint' : 'roomHint'));
  }
}
