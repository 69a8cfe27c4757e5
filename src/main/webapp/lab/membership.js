import { ADVICE, lookUp, OTHER_ADVICE, OTHER_RESET, REFUSALS, RESETS } from './advice.js';
import { TEXTS } from './texts.js';

/** @typedef {import('../lib/tokenly.js').Client} LibraryClient */
/** @typedef {import('../lib/tokenly.js').Outgoing} Outgoing */
/** @typedef {import('../lib/tokenly.js').Peer} Peer */
/** @typedef {import('./states.js').Listener} Listener */
/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('./states.js').Counts} Counts */
/** @typedef {import('./states.js').Place} Place */
/** @typedef {import('./states.js').Saying} Saying */

/** What changes who is in the room. */
const COMINGS_AND_GOINGS = /** @type {const} */ (['peer-joined', 'peer-away', 'peer-back', 'peer-restarted', 'peer-left']);

/** What another instance's takeover means for this page. @type {Saying} */
export const TAKEN_OVER = { text: TEXTS.refusedDetail, values: { why: REFUSALS['taken-over'], then: TEXTS.pressNewId } };

/** The page's place in the room, which the library keeps over the connections of one client; and what becomes of its messages. */
export class Membership {
  #client;
  #settings;
  #listener;
  #moved;
  /** @type {Peer | undefined} */
  #peer;
  /** Where it stands without a peer. @type {Exclude<Place, 'connected'>} */
  #place = 'outside';
  /** @type {Saying | undefined} */
  #why;

  /**
   * @param {LibraryClient} client @param {Settings} settings @param {Listener} listener
   * @param {(step: 'joined' | 'ended', counts?: Counts) => void} moved
   */
  constructor(client, settings, listener, moved) {
    this.#client = client;
    this.#settings = settings;
    this.#listener = listener;
    this.#moved = moved;
  }

  /** While there is a connection. @returns {Place} */
  get place() {
    if (!this.#peer) return this.#place;
    return this.#peer.isAttached ? 'connected' : 'joining';
  }

  get why() {
    return this.#why;
  }

  /** How many messages the server has not acknowledged. */
  get pending() {
    return this.#peer?.pending ?? 0;
  }

  /** The others in the room; undefined where the server does not serve the session. */
  get peers() {
    return this.#peer?.isAttached ? this.#peer.peers : undefined;
  }

  /** Whether a message would reach the server, now or later. */
  get canSend() {
    return this.#peer !== undefined;
  }

  /** There is a connection: asks for the session, unless the library does so itself. */
  join() {
    this.#why = undefined;
    if (this.#peer || this.#place === 'joining') return;
    this.#place = 'joining';
    const { session, room } = this.#settings;
    this.#client.createPeer({ sessionId: session, roomId: room }).then((peer) => this.#joined(peer), ({ code }) => this.#ended(code));
  }

  /** @param {Outgoing} message */
  send(message) {
    if (!this.#peer?.isAttached) this.#listener.said('queued');
    this.#peer?.send(message).then(
      ({ seq }) => {
        this.#listener.said('acknowledged', { seq });
        this.#listener.counted('messagesAcked', 1);
      },
      ({ code }) => {
        this.#listener.said('lost', { code });
        this.#listener.counted('messagesLost', 1);
      },
    );
    this.#listener.counted('messagesSent', 1);
  }

  /** @param {Peer} peer */
  #joined(peer) {
    this.#peer = peer;
    for (const name of COMINGS_AND_GOINGS) peer.on(name, () => this.#listener.changed());
    peer.on('signal', () => this.#listener.counted('messagesHeard', 1));
    peer.on('undeliverable', ({ to, reason, seqs }) => {
      this.#listener.said('undeliverable', { to: to ?? '*', reason, seqs: seqs.join(', ') });
      this.#listener.counted('messagesLost', seqs.length);
    });
    peer.on('resumed', (counts) => {
      this.#why = { text: counts.replayed + counts.resent > 0 ? TEXTS.resumedDetail : TEXTS.nothingMissedDetail, values: counts };
      this.#listener.said('resumed', counts);
      this.#moved('joined', counts);
    });
    peer.on('reset', (reset) => this.#reset(reset));
    peer.on('taken-over', () => this.#listener.said('takenOver'));
    peer.on('ended', ({ reason }) => this.#ended(reason));
    this.#moved('joined');
  }

  /** @param {import('../lib/tokenly.js').PeerEvents['reset']} reset */
  #reset({ reason, lost }) {
    const meaning = lookUp(RESETS, reason) ?? OTHER_RESET;
    this.#why = { text: meaning };
    this.#listener.said('reset', { reason });
    if (lost) {
      this.#listener.said('lostAcknowledged', { ...lost });
      this.#listener.counted('messagesLost', lost.last - lost.first + 1);
    }
    this.#listener.said('meaning', { meaning });
    this.#listener.counted('resets', 1);
    this.#moved('joined');
  }

  /** There is no session, or no longer one. @param {string} code */
  #ended(code) {
    this.#peer = undefined;
    this.#place = code === 'taken-over' ? 'takenOver' : 'outside';
    this.#why = code === 'taken-over' ? TAKEN_OVER : { text: lookUp(ADVICE, code) ?? OTHER_ADVICE };
    if (this.#client.view.state === 'connected') this.#moved('ended');
  }
}
