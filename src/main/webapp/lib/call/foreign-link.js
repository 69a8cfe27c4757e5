/** @typedef {import('../tokenly.js').Fields} Fields */
/** @typedef {import('./call-peer.js').Link} Link */
/** @typedef {import('./call-peer.js').LinkOptions} LinkOptions */

/** A connection of another library: we carry its signals, and make it anew when it is over. @implements {Link} */
export class ForeignLink {
  connection = undefined;
  channel = undefined;
  quality = undefined;
  /** @type {readonly MediaStream[]} */
  streams = [];
  /** @type {import('../call.js').PeerState} */
  state = 'connecting';
  #signaling;
  #isOver = false;

  /** @param {LinkOptions} options @param {import('../call.js').SignalingConnection} signaling */
  constructor(options, signaling) {
    this.#signaling = signaling;
    signaling.on('signal', (data) => this.#isOver || options.send({ type: 'message', data }));
    signaling.on('error', (error) => this.#isOver || options.onError(error));
    signaling.on('close', () => this.#isOver || options.onClose());
    signaling.on('connect', () => {
      this.state = 'connected';
      options.onChange();
    });
  }

  /** @param {Fields} signal */
  async take({ data }) {
    this.#signaling.signal(data);
  }

  close() {
    this.#isOver = true;
    this.#signaling.destroy();
  }

  configure() {}

  renew() {}

  recover() {}

  networkChanged() {}

  addTrack() {}

  removeTrack() {}

  async replaceTrack() {}

  async measure() {}
}
