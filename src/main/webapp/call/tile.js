import { element, write } from '../common/dom.js';
import { setIcon } from './speech.js';
import { attach } from './video.js';

/** @typedef {import('../lib/call.js').CallPeer} CallPeer */
/** @typedef {import('./texts.js').TextKey} TextKey */
/** @typedef {import('./texts.js').Speak} Speak */

/** How many letters of a name stand in place of a picture. */
const INITIALS = 2;
/** @type {Record<string, TextKey>} */
const QUALITY = { good: 'qualityGood', poor: 'qualityPoor', lost: 'qualityLost' };
/** @type {Record<string, TextKey>} */
const STATE = { connecting: 'connecting', recovering: 'recovering', failed: 'failed' };

/** One other person, or the screen of one. */
export class Tile {
  element;
  #speak;
  #play;
  #video = /** @type {HTMLVideoElement} */ (element('video', { playsinline: '', autoplay: '' }));
  #avatar = element('span', { class: 'avatar', 'aria-hidden': 'true' });
  #badge = element('p', { class: 'badge' });
  #name = element('span', { class: 'name' });
  #muted = icon('muted-icon', 'mic-off');
  #bars = bars();

  /** @param {Speak} speak @param {(video: HTMLVideoElement) => void} play which a browser may refuse */
  constructor(speak, play) {
    this.#speak = speak;
    this.#play = play;
    this.element = element('figure', { class: 'tile' }, this.#video, this.#avatar, this.#badge, element('figcaption', {}, this.#name, this.#muted, this.#bars));
  }

  /** @param {CallPeer} peer */
  showPeer(peer) {
    const { info, state, isAway, quality = '' } = peer;
    const name = nameOf(peer, this.#speak);
    Object.assign(this.element.dataset, { peer: peer.id, state, away: String(isAway), quality, camera: info['isCameraOff'] === true ? 'off' : 'on' });
    this.element.dataset['muted'] = String(info['isMuted'] === true);
    write(this.#name, name);
    write(this.#avatar, initialsOf(name));
    write(this.#badge, this.#badgeOf(state, isAway, quality));
    this.#video.setAttribute('aria-label', name);
    this.#muted.setAttribute('aria-label', this.#speak('muted'));
    const key = QUALITY[quality];
    if (key) this.#bars.setAttribute('aria-label', this.#speak(key));
    this.#attach(peer.streams.find(({ id }) => id !== info['screen']));
  }

  /** @param {CallPeer} peer @param {MediaStream} stream */
  showScreen(peer, stream) {
    this.element.dataset['screen'] = peer.id;
    const name = this.#speak('screenOf', { name: nameOf(peer, this.#speak) });
    write(this.#name, name);
    this.#video.setAttribute('aria-label', name);
    this.#attach(stream);
  }

  remove() {
    this.#video.srcObject = null;
    this.element.remove();
  }

  /** @param {MediaStream | undefined} stream */
  #attach(stream) {
    this.element.dataset['media'] = String(stream?.getVideoTracks().length ?? 0);
    if (attach(this.#video, stream)) this.#play(this.#video);
  }

  /** @param {string} state @param {boolean} isAway @param {string} quality */
  #badgeOf(state, isAway, quality) {
    const key = STATE[state];
    if (key && !(isAway && state === 'connecting')) return this.#speak(key);
    if (isAway) return this.#speak('awayTile');
    return quality === 'lost' ? this.#speak('qualityLost') : '';
  }
}

/** @param {CallPeer} peer @param {Speak} speak */
export function nameOf({ info }, speak) {
  const name = typeof info['name'] === 'string' ? info['name'].trim().slice(0, 60) : '';
  return name === '' ? speak('guest') : name;
}

/** @param {string} name */
export function initialsOf(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const isLatin = /^\p{Script=Latin}/u.test(name);
  return isLatin ? words.slice(0, INITIALS).map((word) => [...word][0]).join('').toUpperCase() : [...name].slice(-INITIALS).join('');
}

/** @param {string} className @param {string} name */
function icon(className, name) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  made.setAttribute('class', `icon ${className}`);
  made.setAttribute('role', 'img');
  made.append(document.createElementNS('http://www.w3.org/2000/svg', 'use'));
  setIcon(made, name);
  return made;
}

function bars() {
  return element('span', { class: 'bars', role: 'img' }, element('i'), element('i'), element('i'));
}
