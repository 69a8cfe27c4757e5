import { byId } from '../common/dom.js';
import { label, onClick, setIcon } from './speech.js';

/**
 * What happens with the shared screen.
 * @typedef {object} Owner
 * @property {(stream: MediaStream) => void} started
 * @property {(stream: MediaStream) => void} stopped
 * @property {(error: Error) => void} failed
 */

/** Our screen, as the others see it while it is shared. */
export class ScreenShare {
  /** @type {MediaStream | undefined} */
  stream;
  #owner;
  #speak;

  /** @param {Owner} owner @param {import('./texts.js').Speak} speak */
  constructor(owner, speak) {
    this.#owner = owner;
    this.#speak = speak;
    byId('screen').hidden = !this.#isPossible;
    onClick('screen', () => this.flip());
  }

  flip() {
    if (this.stream) this.stop();
    else if (this.#isPossible) void this.#start();
  }

  stop() {
    const { stream } = this;
    if (!stream) return;
    this.stream = undefined;
    for (const track of stream.getTracks()) track.stop();
    this.#owner.stopped(stream);
    this.show();
  }

  show() {
    const button = byId('screen');
    label(button, this.#speak(this.stream ? 'screenOff' : 'screenOn'));
    button.setAttribute('aria-pressed', String(this.stream !== undefined));
    setIcon(button, this.stream ? 'screen-off' : 'screen');
  }

  /** Phones do not have it. */
  get #isPossible() {
    return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
  }

  async #start() {
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: true });
      this.stream = stream;
      for (const track of stream.getVideoTracks()) track.addEventListener('ended', () => this.stream === stream && this.stop());
      this.#owner.started(stream);
      this.show();
    } catch (error) {
      // A user who changes their mind is no failure.
      if (/** @type {Error} */ (error).name !== 'NotAllowedError') this.#owner.failed(/** @type {Error} */ (error));
    }
  }
}
