import { TokenlyError } from '../errors.js';
import { CallPeer } from './call-peer.js';

/** @typedef {import('../tokenly.js').Fields} Fields */
/** @typedef {import('./call.js').Call} Call */
/** @typedef {import('./call-peer.js').Link} Link */

/** Between two looks at how well the connections do. */
const LOOK_MILLIS = 2000;

/** The others in the call: who comes, who goes, and what becomes of the connections with them. */
export class Roster {
  /** By session id. @type {Map<string, CallPeer>} */
  peers = new Map();
  #call;
  #maxPeers;
  #looks = setInterval(() => this.each((link) => link.measure()), LOOK_MILLIS);

  /** @param {Call} call @param {number} maxPeers */
  constructor(call, maxPeers) {
    this.#call = call;
    this.#maxPeers = maxPeers;
  }

  /** Each connection that there is; the failure of one is told, and stops no other. @param {(link: Link) => void | Promise<void>} act */
  each(act) {
    for (const peer of this.peers.values()) void this.#act(peer, act);
  }

  /** One of the room greets. @param {string} from @param {Fields} hello @throws where no connection can be made */
  greeted(from, hello) {
    const known = this.peers.get(from);
    const isThere = this.#call.session.peers.has(from); // or it has left since, of which we hear no more
    if (!isThere || (!known && this.peers.size >= this.#maxPeers)) return;
    const peer = known ?? new CallPeer(this.#call, from);
    peer.info = hello['info'] ?? {};
    if (!known) {
      this.peers.set(from, peer);
      this.#call.tell('peer-joined', { peer });
    }
    peer.greeted(hello);
  }

  /** @param {string} id @param {string} reason */
  left(id, reason) {
    const peer = this.peers.get(id);
    if (!peer) return;
    this.peers.delete(id);
    peer.close();
    this.#call.tell('peer-left', { peer, reason });
  }

  /** Its presence changed. @param {string} id @param {(link: Link) => void} [act] what its link is to do then */
  moved(id, act = () => {}) {
    const peer = this.peers.get(id);
    if (!peer) return;
    void this.#act(peer, act);
    this.#call.changed(peer);
  }

  /** Signals of ours were. @param {string | undefined} to absent: to several @param {string} reason */
  lost(to, reason) {
    for (const [id, peer] of this.peers) {
      if (to !== undefined && to !== id) continue;
      if (reason === 'not-allowed') this.#call.failed(new TokenlyError('not-allowed'), peer);
      else peer.signalLost();
    }
  }

  /** What was under way is lost, in both directions, and others may have come and gone. */
  reset() {
    for (const id of [...this.peers.keys()]) {
      if (!this.#call.session.peers.has(id)) this.left(id, 'unknown');
      else this.moved(id, (link) => link.renew());
    }
  }

  /** The call is over. */
  close() {
    clearInterval(this.#looks);
    for (const peer of this.peers.values()) peer.close();
    this.peers.clear();
  }

  /** @param {CallPeer} peer @param {(link: Link) => void | Promise<void>} act */
  async #act(peer, act) {
    try {
      if (peer.link) await act(peer.link);
    } catch (error) {
      this.#call.failed(error, peer);
    }
  }
}
