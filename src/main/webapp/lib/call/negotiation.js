/** @typedef {import('../tokenly.js').Fields} Fields */

/**
 * Offers and answers of one connection, in any order in which both ends may begin (perfect negotiation). The first offer is that of the
 * impolite end: Chromium cannot start the data channels of a first offer that was taken back. An offer is numbered, so that the
 * answer to one that was taken back is not taken for the answer to the next.
 */
export class Negotiation {
  #connection;
  #isPolite;
  #say;
  #failed;
  #offers = 0;
  /** Of the other end's offer that we answer. */
  #answering = 0;
  #isOffering = false;
  #isIgnoring = false;
  #isSettingAnswer = false;
  /** Candidates that came before the description that they belong to. @type {(RTCIceCandidateInit | null)[]} */
  #early = [];

  /**
   * @param {RTCPeerConnection} connection @param {boolean} isPolite whether it gives way where both ends offer at once; the other end must not
   * @param {(signal: Fields & { type: 'offer' | 'answer' | 'ice-candidate' }) => void} say to the other end @param {(error: unknown) => void} failed
   */
  constructor(connection, isPolite, say, failed) {
    this.#connection = connection;
    this.#isPolite = isPolite;
    this.#say = say;
    this.#failed = failed;
    connection.onnegotiationneeded = () => void this.#offer();
    connection.onicecandidate = ({ candidate }) => say({ type: 'ice-candidate', candidate: candidate?.toJSON() ?? null });
  }

  /** @param {Fields} signal of the other end, for this connection */
  async take(signal) {
    try {
      if (signal['type'] === 'ice-candidate') await this.#takeCandidate(signal['candidate']);
      else await this.#takeDescription(signal['type'], signal['sdp'], signal['offer']);
    } catch (error) {
      if (!this.#isOver) this.#failed(error);
    }
  }

  /** Finds new paths; an offer that may have been lost is said again instead. */
  renew() {
    if (this.#connection.signalingState === 'have-local-offer') this.#sayOffer();
    else if (!this.#isOver) this.#connection.restartIce();
  }

  get #isOver() {
    return this.#connection.signalingState === 'closed';
  }

  async #offer() {
    if (this.#isPolite && !this.#connection.remoteDescription) return;
    try {
      this.#isOffering = true;
      this.#offers++;
      await this.#connection.setLocalDescription();
      this.#sayOffer();
    } catch (error) {
      if (!this.#isOver) this.#failed(error);
    } finally {
      this.#isOffering = false;
    }
  }

  #sayOffer() {
    const { localDescription: description } = this.#connection;
    if (description?.type === 'offer') this.#say({ type: 'offer', sdp: description.sdp, offer: this.#offers });
  }

  /** @param {'offer' | 'answer'} type @param {string} sdp @param {number} offer its number */
  async #takeDescription(type, sdp, offer) {
    const connection = this.#connection;
    if (type === 'answer' && (offer !== this.#offers || connection.signalingState !== 'have-local-offer')) return; // of an offer that was taken back
    const isReady = !this.#isOffering && (connection.signalingState === 'stable' || this.#isSettingAnswer);
    this.#isIgnoring = type === 'offer' && !isReady && !this.#isPolite;
    if (this.#isIgnoring) return;
    this.#isSettingAnswer = type === 'answer';
    if (type === 'offer') this.#answering = offer;
    try {
      await connection.setRemoteDescription({ type, sdp }); // takes back an offer of our own where it must
    } finally {
      this.#isSettingAnswer = false;
    }
    for (const candidate of this.#early.splice(0)) await this.#addCandidate(candidate);
    if (type === 'answer') return;
    const answered = this.#answering;
    await connection.setLocalDescription();
    this.#say({ type: 'answer', sdp: /** @type {RTCSessionDescription} */ (connection.localDescription).sdp, offer: answered });
  }

  /** @param {RTCIceCandidateInit | null} candidate null: there are no more */
  async #takeCandidate(candidate) {
    if (this.#connection.remoteDescription) await this.#addCandidate(candidate);
    else if (!this.#isIgnoring) this.#early.push(candidate);
  }

  /** @param {RTCIceCandidateInit | null} candidate */
  async #addCandidate(candidate) {
    try {
      await this.#connection.addIceCandidate(candidate ?? undefined);
    } catch (error) {
      if (!this.#isIgnoring) throw error; // else it belongs to an offer that was not taken
    }
  }
}
