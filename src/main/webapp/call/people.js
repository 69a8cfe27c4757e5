import { byId, element, write } from '../common/dom.js';
import { label } from './speech.js';
import { nameOf } from './tile.js';

/** Who is in the call, and who is away. @param {readonly import('../lib/call.js').CallPeer[]} peers @param {string} self our own name @param {import('./texts.js').Speak} speak */
export function showPeople(peers, self, speak) {
  const us = element('li', {}, element('span', { class: 'name' }, self), element('span', { class: 'note' }, speak('you')));
  const others = peers.map((peer) => {
    const note = speak(peer.isAway ? 'away' : 'here');
    return element('li', { class: peer.isAway ? 'away' : 'here' }, element('span', { class: 'name' }, nameOf(peer, speak)), element('span', { class: 'note' }, note));
  });
  byId('people-list').replaceChildren(us, ...others);
  const count = peers.length + 1;
  write(byId('people-count'), String(count));
  label(byId('people'), speak('peopleCount', { count }));
  byId('alone').hidden = peers.length > 0;
}
