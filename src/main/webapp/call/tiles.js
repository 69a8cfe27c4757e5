import { byId } from '../common/dom.js';
import { focus, grid } from './layout.js';
import { Tile } from './tile.js';

/** @typedef {import('../lib/call.js').CallPeer} CallPeer */
/** @typedef {import('./layout.js').Box} Box */

/** With one other person, our own picture floats over a corner of theirs: this much of the space. */
const FLOAT = 0.24;
const FLOAT_MIN = 104;
const FLOAT_ASPECT = 4 / 3;
const EDGE = 12;

/** The people in the call, as large as the space allows. */
export class Tiles {
  #root = byId('tiles');
  #self = byId('self');
  #speak;
  #play;
  /** @type {Map<string, Tile>} */
  #people = new Map();
  /** By the ids of their streams. @type {Map<string, Tile>} */
  #screens = new Map();

  /** @param {import('./texts.js').Speak} speak @param {(video: HTMLVideoElement) => void} play */
  constructor(speak, play) {
    this.#speak = speak;
    this.#play = play;
    new ResizeObserver(() => this.#arrange()).observe(this.#root);
  }

  /** @param {Iterable<CallPeer>} peers */
  show(peers) {
    /** @type {Set<string>} */
    const here = new Set();
    for (const peer of peers) {
      here.add(peer.id);
      this.#tile(this.#people, peer.id).showPeer(peer);
      const screen = peer.streams.find(({ id }) => id === peer.info['screen']);
      if (!screen) continue;
      here.add(screen.id);
      this.#tile(this.#screens, screen.id).showScreen(peer, screen);
    }
    for (const tiles of [this.#people, this.#screens]) drop(tiles, here);
    this.#arrange();
  }

  /** @param {Map<string, Tile>} tiles @param {string} id */
  #tile(tiles, id) {
    const known = tiles.get(id);
    if (known) return known;
    const made = new Tile(this.#speak, this.#play);
    tiles.set(id, made);
    this.#root.append(made.element);
    return made;
  }

  #arrange() {
    const space = { width: this.#root.clientWidth, height: this.#root.clientHeight };
    if (space.width === 0) return;
    const [screen, ...more] = elementsOf(this.#screens);
    const people = elementsOf(this.#people);
    const isFloating = !screen && people.length === 1;
    const others = [...more, ...people, ...(isFloating ? [] : [this.#self])];
    this.#self.classList.toggle('floating', isFloating);
    if (isFloating) put(this.#self, floating(space));
    const boxes = screen ? focus(space, others.length) : grid(space, others.length);
    (screen ? [screen, ...others] : others).forEach((each, index) => put(each, /** @type {Box} */ (boxes[index])));
  }
}

/** @param {Map<string, Tile>} tiles */
const elementsOf = (tiles) => [...tiles.values()].map(({ element }) => element);

/** @param {Map<string, Tile>} tiles @param {Set<string>} kept */
function drop(tiles, kept) {
  for (const [id, tile] of tiles) {
    if (kept.has(id)) continue;
    tile.remove();
    tiles.delete(id);
  }
}

/** @param {import('./layout.js').Size} space @returns {Box} in the lower right corner */
function floating({ width, height }) {
  const wide = Math.max(FLOAT_MIN, Math.min(width, height) * FLOAT);
  const high = wide / FLOAT_ASPECT;
  return { x: width - wide - EDGE, y: height - high - EDGE, width: wide, height: high };
}

/** @param {HTMLElement} target @param {Box} box */
function put({ style, classList }, { x, y, width, height }) {
  style.transform = `translate(${x}px, ${y}px)`;
  style.width = `${width}px`;
  style.height = `${height}px`;
  classList.toggle('tiny', width < 150);
}
