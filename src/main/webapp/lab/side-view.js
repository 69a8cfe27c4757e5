import { byId, element, write } from '../common/dom.js';
import { printable } from '../common/printable.js';
import { STATUS_FIELDS } from '../common/server-status.js';
import { TEXTS } from './texts.js';

/** @typedef {import('../common/language.js').Speak} Speak */
/** @typedef {import('../common/server-status.js').ServerStatus} ServerStatus */

/** A room may hold a thousand; nobody reads so many. */
const MAX_PEERS_SHOWN = 20;

/** The six fields of `/status`. */
export class StatusView {
  #speak;
  #values = STATUS_FIELDS.map((field) => {
    const value = element('dd', {}, '…');
    byId('server-fields').append(element('div', {}, element('dt', {}, field), value));
    return value;
  });

  /** @param {Speak} speak */
  constructor(speak) {
    this.#speak = speak;
  }

  /** @param {ServerStatus | undefined} status undefined where there was no answer @param {boolean} isElsewhere the server is not the page's own */
  show(status, isElsewhere) {
    const trouble = isElsewhere ? TEXTS.unreachableElsewhere : TEXTS.unreachableHere;
    write(byId('server-note'), status ? '' : this.#speak(trouble));
    byId('server-fields').classList.toggle('old', !status);
    if (status) this.#values.forEach((value, i) => write(value, String(status[/** @type {keyof ServerStatus} */ (STATUS_FIELDS[i])])));
  }
}

/** Who else is in the room. */
export class PeersView {
  #speak;

  /** @param {Speak} speak */
  constructor(speak) {
    this.#speak = speak;
  }

  /** @param {ReadonlyMap<string, 'present' | 'away'> | undefined} peers undefined outside of the room */
  show(peers) {
    write(byId('peer-count'), peers ? String(peers.size) : '–');
    const items = [...(peers ?? [])].slice(0, MAX_PEERS_SHOWN).map(([peer, state]) => {
      const word = this.#speak(state === 'away' ? TEXTS.awayPeer : TEXTS.herePeer);
      return element('li', { class: state }, element('code', {}, printable(peer)), ' ', element('span', {}, word));
    });
    const more = (peers?.size ?? 0) - items.length;
    if (more > 0) items.push(element('li', {}, this.#speak(TEXTS.morePeers, { count: more })));
    if (items.length === 0) items.push(element('li', { class: 'muted' }, this.#speak(peers ? TEXTS.noPeers : TEXTS.notInRoom)));
    byId('peers').replaceChildren(...items);
  }
}
