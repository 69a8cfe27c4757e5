import { byId, write } from '../common/dom.js';
import { initialsOf } from './tile.js';
import { attach } from './video.js';

/** @typedef {{ stream: MediaStream, name: string, isSeen: boolean, isHeard: boolean, you: string }} Self */

/** Our own tile. */
export class SelfView {
  #root = byId('self');

  /** @param {Self} self */
  show({ stream, name, isSeen, isHeard, you }) {
    attach(/** @type {HTMLVideoElement} */ (this.#root.querySelector('video')), stream);
    Object.assign(this.#root.dataset, { camera: isSeen ? 'on' : 'off', muted: String(!isHeard), media: String(stream.getVideoTracks().length) });
    write(/** @type {Element} */ (this.#root.querySelector('.avatar')), initialsOf(name));
    write(/** @type {Element} */ (this.#root.querySelector('.name')), you);
  }
}
