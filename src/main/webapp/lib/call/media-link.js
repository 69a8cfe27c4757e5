import { Negotiation } from './negotiation.js';
import { QualityMeter } from './quality.js';

/** @typedef {import('../call.js').PeerState} PeerState */
/** @typedef {import('../tokenly.js').Fields} Fields */
/** @typedef {import('./call-peer.js').LinkOptions} LinkOptions */
/** @typedef {import('./call-peer.js').Link} Link */

/** A path that is away for a moment comes back by itself more often than not. */
const PATIENCE_MILLIS = 3000;
/** Between two attempts where no path was found. */
const RETRY_MILLIS = 15_000;

/** The connection with one other end: its media, and the data channel that each call has. @implements {Link} */
export class MediaLink {
  connection;
  channel;
  /** @type {import('../call.js').Quality | undefined} */
  quality;
  /** @type {Map<string, MediaStream>} */
  #streams = new Map();
  #negotiation;
  #options;
  #meter = new QualityMeter();
  #wasConnected = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {LinkOptions} options */
  constructor(options) {
    this.#options = options;
    const connection = new RTCPeerConnection(options.configuration);
    this.connection = connection;
    this.#negotiation = new Negotiation(connection, options.isLeader, options.send, options.onError);
    connection.onconnectionstatechange = () => this.#moved();
    connection.ontrack = ({ track, streams }) => this.#took(track, streams[0] ?? new MediaStream([track]));
    connection.ondatachannel = ({ channel }) => options.onChannel(channel);
    this.channel = connection.createDataChannel('tokenly', { negotiated: true, id: 0 });
    this.channel.binaryType = 'arraybuffer';
    this.channel.onopen = () => options.onOpen();
    this.channel.onmessage = ({ data }) => options.onData(data);
    options.tracks.sendOver(connection);
  }

  /** @returns {PeerState} */
  get state() {
    const state = this.connection.connectionState;
    if (state === 'connected' || state === 'failed') return state;
    return this.#wasConnected ? 'recovering' : 'connecting';
  }

  get streams() {
    return [...this.#streams.values()];
  }

  /** @param {Fields} signal */
  take(signal) {
    return this.#negotiation.take(signal);
  }

  /** @param {RTCConfiguration} configuration with fresh credentials, for the next paths */
  configure(configuration) {
    this.connection.setConfiguration(configuration);
  }

  /** Signals may be lost: what both ends agreed upon is said anew. */
  renew() {
    this.#negotiation.renew();
  }

  /** Signals may come through again: a connection that has no path, or waits for an answer, goes on. */
  recover() {
    if (this.state !== 'connected' || !this.#negotiation.isSettled) this.renew();
  }

  networkChanged() {
    this.#negotiation.restart();
  }

  /** @param {MediaStreamTrack} track @param {MediaStream} stream */
  addTrack(track, stream) {
    this.connection.addTrack(track, stream);
  }

  /** @param {MediaStreamTrack} track */
  removeTrack(track) {
    const sender = this.#senderOf(track);
    if (sender) this.connection.removeTrack(sender);
  }

  /** @param {MediaStreamTrack} track @param {MediaStreamTrack} next */
  async replaceTrack(track, next) {
    await this.#senderOf(track)?.replaceTrack(next);
  }

  /** Looks how well it does. */
  async measure() {
    if (!this.#wasConnected) return;
    const isMediaExpected = this.streams.some((stream) => stream.getTracks().some(({ muted, readyState }) => !muted && readyState === 'live'));
    const report = await this.connection.getStats();
    if (this.connection.signalingState === 'closed') return;
    const quality = this.#meter.look(report, isMediaExpected);
    const now = this.state === 'connected' ? quality : 'lost';
    if (now === this.quality) return;
    this.quality = now;
    this.#options.onChange();
  }

  close() {
    clearTimeout(this.#timer);
    const { connection, channel } = this;
    for (const each of [connection, channel]) for (const name of HANDLERS) if (name in each) /** @type {any} */ (each)[name] = null;
    for (const stream of this.#streams.values()) stream.onremovetrack = null;
    connection.close();
  }

  /** @param {MediaStreamTrack} track */
  #senderOf(track) {
    return this.connection.getSenders().find((sender) => sender.track === track);
  }

  /** @param {MediaStreamTrack} track @param {MediaStream} stream */
  #took(track, stream) {
    this.#streams.set(stream.id, stream);
    stream.onremovetrack = () => {
      if (stream.getTracks().length === 0) this.#streams.delete(stream.id);
      this.#options.onChange();
    };
    this.#options.onTrack(track, stream);
  }

  #moved() {
    const { connectionState } = this.connection;
    clearTimeout(this.#timer);
    if (connectionState === 'connected') this.#wasConnected = true;
    if (connectionState === 'disconnected') this.#renewAfter(PATIENCE_MILLIS);
    if (connectionState === 'failed') {
      this.renew();
      this.#renewAfter(RETRY_MILLIS);
    }
    if (this.#wasConnected && connectionState !== 'connected') this.quality = 'lost';
    this.#options.onChange();
  }

  /** Again and again, until there is a path. @param {number} millis */
  #renewAfter(millis) {
    this.#timer = setTimeout(() => {
      this.renew();
      this.#renewAfter(RETRY_MILLIS);
    }, millis);
  }
}

const HANDLERS = ['onnegotiationneeded', 'onicecandidate', 'onconnectionstatechange', 'ontrack', 'ondatachannel', 'onopen', 'onmessage'];
