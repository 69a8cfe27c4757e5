/** @typedef {import('../tokenly.js').Fields} Fields */
/** @typedef {Fields & { type: 'offer' | 'answer' | 'ice-candidate' | 'message' }} LinkSignal */

/**
 * Offers and answers of one connection. Either end may want to make an offer at any time. Browsers can take an offer back where both did at
 * once, but Chromium loses data channels or crashes on that; so there is one turn to offer: the leader has it, and lends it to the
 * follower, who asks for it, until the follower's offer is answered. Should both offer all the same, because a signal was lost, the follower
 * gives way.
 *
 * An offer is numbered, so that an answer that comes late is not taken for the answer to the next one.
 */
export class Negotiation {
  #connection;
  #isLeader;
  #say;
  #failed;
  #offers = 0;
  #isOffering = false;
  /** The leader: `ours`; `asked`, the follower asks for it; or `lent`. The follower: `theirs`, or `asked`. @type {'ours' | 'theirs' | 'asked' | 'lent'} */
  #turn;
  /** The last offer of the other end was not taken, and nor are its candidates. */
  #isIgnoring = false;
  /** Candidates that came before the first description. @type {(RTCIceCandidateInit | null)[]} */
  #early = [];
  /** One signal after the other. @type {Promise<void>} */
  #taken = Promise.resolve();

  /**
   * @param {RTCPeerConnection} connection @param {boolean} isLeader the other end must not be it
   * @param {(signal: LinkSignal) => void} say to the other end @param {(error: unknown) => void} failed
   */
  constructor(connection, isLeader, say, failed) {
    this.#connection = connection;
    this.#isLeader = isLeader;
    this.#turn = isLeader ? 'ours' : 'theirs';
    this.#say = say;
    this.#failed = failed;
    connection.onnegotiationneeded = () => this.#needed();
    connection.onicecandidate = ({ candidate }) => say({ type: 'ice-candidate', candidate: candidate?.toJSON() ?? null });
  }

  /** @param {Fields} signal of the other end, for this connection @returns {Promise<void>} when it and all before it are taken */
  take(signal) {
    return (this.#taken = this.#taken.then(() => this.#attempt(() => this.#take(signal))));
  }

  /** Whether nothing of ours waits for the other end. */
  get isSettled() {
    return this.#connection.signalingState === 'stable' && this.#turn !== (this.#isLeader ? 'lent' : 'asked');
  }

  /** Finds new paths; what the other end has not answered, and which may be lost, is said again instead. */
  renew() {
    const { signalingState } = this.#connection;
    if (signalingState === 'closed') return;
    if (signalingState === 'have-local-offer') this.#sayOffer();
    else if (this.#turn === 'lent') this.#sayTurn('yours');
    else if (this.#turn === 'asked' && !this.#isLeader) this.#sayTurn('please');
    else this.#connection.restartIce();
  }

  /** The network is another one: finds new paths, once what is under way is agreed upon. */
  restart() {
    if (this.#connection.signalingState === 'closed') return;
    this.#connection.restartIce();
    if (!this.isSettled) this.renew();
  }

  /** The browser says so again once what is under way is agreed upon. */
  #needed() {
    if (this.#isLeader) {
      if (this.#turn !== 'lent') void this.#attempt(() => this.#offer());
    } else if (this.#connection.remoteDescription && this.#turn === 'theirs') { // before the first offer of the leader, which comes by itself, there is nothing to ask for
      this.#turn = 'asked';
      this.#sayTurn('please');
    }
  }

  /** @param {() => Promise<void>} act */
  async #attempt(act) {
    try {
      await act();
    } catch (error) {
      if (this.#connection.signalingState !== 'closed') this.#failed(error);
    }
  }

  async #offer() {
    this.#isOffering = true;
    this.#offers++;
    try {
      await this.#connection.setLocalDescription();
    } finally {
      this.#isOffering = false;
    }
    this.#sayOffer();
  }

  #sayOffer() {
    const { localDescription: description } = this.#connection;
    if (description?.type === 'offer') this.#say({ type: 'offer', sdp: description.sdp, offer: this.#offers });
  }

  /** @param {'please' | 'yours'} turn */
  #sayTurn(turn) {
    this.#say({ type: 'message', turn });
  }

  /** @param {Fields} signal */
  async #take(signal) {
    switch (signal['type']) {
      case 'offer':
        await this.#answer(signal['sdp'], signal['offer']);
        break;
      case 'answer':
        await this.#takeAnswer(signal['sdp'], signal['offer']);
        break;
      case 'ice-candidate':
        return this.#takeCandidate(signal['candidate']);
      default:
        await this.#takeTurn(signal['turn']);
    }
    this.#lend();
  }

  /** @param {string} sdp of the other end's offer @param {number} offer its number */
  async #answer(sdp, offer) {
    const connection = this.#connection;
    this.#isIgnoring = this.#isLeader && (this.#isOffering || connection.signalingState !== 'stable');
    if (this.#isIgnoring) return;
    await connection.setRemoteDescription({ type: 'offer', sdp });
    await this.#addEarly();
    await connection.setLocalDescription();
    this.#say({ type: 'answer', sdp: /** @type {RTCSessionDescription} */ (connection.localDescription).sdp, offer });
    if (this.#turn === 'lent') this.#turn = 'ours';
  }

  /** @param {string} sdp @param {number} offer the number of the one that is answered */
  async #takeAnswer(sdp, offer) {
    if (offer !== this.#offers || this.#connection.signalingState !== 'have-local-offer') return; // said twice, or too late
    this.#isIgnoring = false;
    await this.#connection.setRemoteDescription({ type: 'answer', sdp });
    await this.#addEarly();
  }

  /** @param {unknown} turn */
  async #takeTurn(turn) {
    if (turn === 'please' && this.#isLeader) {
      if (this.#turn === 'lent') this.#sayTurn('yours');
      else this.#turn = 'asked';
    }
    if (turn !== 'yours' || this.#isLeader) return;
    this.#turn = 'theirs';
    if (this.#connection.signalingState === 'stable') await this.#offer();
    else this.#sayOffer();
  }

  /** The turn goes to the follower, where it asks for it and nothing is under way. */
  #lend() {
    if (!this.#isLeader || this.#turn !== 'asked' || this.#isOffering || this.#connection.signalingState !== 'stable') return;
    this.#turn = 'lent';
    this.#sayTurn('yours');
  }

  /** @param {RTCIceCandidateInit | null} candidate null: there are no more */
  async #takeCandidate(candidate) {
    if (this.#isIgnoring) return;
    if (this.#connection.remoteDescription) await this.#connection.addIceCandidate(candidate ?? undefined);
    else this.#early.push(candidate);
  }

  async #addEarly() {
    for (const candidate of this.#early.splice(0)) await this.#attempt(() => this.#connection.addIceCandidate(candidate ?? undefined));
  }
}
