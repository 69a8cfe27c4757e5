import { ForeignLink } from './foreign-link.js';
import { MediaLink } from './media-link.js';
import { newName } from './names.js';

/** @typedef {import('../call.js').CallPeer} Promised */
/** @typedef {import('../call.js').Info} Info */
/** @typedef {import('../tokenly.js').Fields} Fields */
/** @typedef {import('./call.js').Call} Call */

/**
 * What a link is made from, and who hears of it.
 * @typedef {object} LinkOptions
 * @property {RTCConfiguration} configuration
 * @property {boolean} isLeader whether this end begins; the other end has the opposite
 * @property {import('./tracks.js').Tracks} tracks
 * @property {(signal: Fields & { type: import('../tokenly.js').SignalType }) => void} send to the other end
 * @property {() => void} onChange something of its state is different
 * @property {() => void} onOpen its data channel is open
 * @property {(data: any) => void} onData the other end sent this on the data channel
 * @property {(channel: RTCDataChannel) => void} onChannel the other end made a data channel
 * @property {(track: MediaStreamTrack, stream: MediaStream) => void} onTrack the other end sends a track
 * @property {(error: unknown) => void} onError one step failed; the link goes on
 * @property {() => void} onClose it is closed, and has to be made anew
 */

/**
 * One connection with another end. Its signals belong to it alone: a peer that begins anew has another one.
 * @typedef {Pick<Promised, 'connection' | 'channel' | 'quality' | 'streams' | 'state'> & {
 *   take(signal: Fields): Promise<void>, configure(configuration: RTCConfiguration): void, renew(): void, recover(): void, networkChanged(): void, measure(): Promise<void>,
 *   addTrack(track: MediaStreamTrack, stream: MediaStream): void, removeTrack(track: MediaStreamTrack): void,
 *   replaceTrack(track: MediaStreamTrack, next: MediaStreamTrack): Promise<void>, close(): void }} Link
 */

/** Before a signal that was lost is said again. */
const LOST_MILLIS = 2000;
/** Before a connection that never came about is made anew, for the first time and at most. */
const [REMAKE_MILLIS, REMAKE_MOST_MILLIS] = [1000, 15_000];

/**
 * Another one in the call. Both ends name their half of the link: signals carry both names, so that none of an earlier link is taken for
 * one of this. A greeting tells the own name, and which one of the other end is known; an end that hears a new name connects anew. @implements {Promised}
 */
export class CallPeer {
  /** @type {Info} */
  info = {};
  #call;
  /** The name of our half. */
  #ours;
  /** That of the other half, once it has greeted. @type {string | undefined} */
  #theirs;
  /** Once both halves are named. @type {Link | undefined} */
  #link;
  /** Connections in a row that never came about. */
  #failures = 0;
  /** Something that is to be done for the link. @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Call} call @param {string} id */
  constructor(call, id) {
    this.#call = call;
    this.id = id;
    this.#ours = newName();
  }

  get state() {
    return this.#link?.state ?? 'connecting';
  }

  get isAway() {
    return this.#call.session.peers.get(this.id) === 'away';
  }

  get quality() {
    return this.#link?.quality;
  }

  get streams() {
    return this.#link?.streams ?? [];
  }

  get connection() {
    return this.#link?.connection;
  }

  get channel() {
    return this.#link?.channel;
  }

  /** What is done with the link, where there is one. */
  get link() {
    return this.#link;
  }

  /** @param {any} data */
  send(data) {
    const { channel } = this;
    if (channel?.readyState !== 'open') return false;
    try {
      channel.send(data);
      return true;
    } catch (error) { // its buffer is full, or the data is too large
      this.#call.failed(error, this);
      return false;
    }
  }

  /** @param {unknown} text */
  async say(text) {
    await this.#call.say(text, this.id);
  }

  /** @param {string} label @param {RTCDataChannelInit} [options] @throws {TypeError} */
  createChannel(label, options) {
    const { connection } = this;
    if (!connection) throw new TypeError('there is no connection of our own');
    return connection.createDataChannel(label, options);
  }

  /** Tells our name, and which of theirs we know. */
  greet() {
    this.#call.signal({ type: 'message', to: this.id, call: { type: 'hello', link: this.#ours, with: this.#theirs, info: this.#call.info } });
  }

  /** The other end greets. @param {Fields} hello `link`: the name of its half, absent where it greets the whole room; `with`: that of ours which it knows */
  greeted({ link, with: known }) {
    if (link === undefined) return this.greet();
    if (link !== this.#theirs) this.#connect(link); // both names together are new then, so ours can stay
    if (known !== this.#ours) this.greet();
    this.#call.changed(this);
  }

  /** A signal of the other end. @param {Fields} signal @param {Fields} names of the halves that it is for */
  async take(signal, { link, with: known }) {
    if (link === this.#theirs && known === this.#ours) await this.#link?.take(signal);
  }

  /** A signal to it was lost. While it is away it is not said again: that is done when it is back. */
  signalLost() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!this.isAway) this.#link?.recover();
    }, LOST_MILLIS);
  }

  close() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#link?.close();
    this.#link = undefined;
  }

  /** @param {string} theirs */
  #connect(theirs) {
    this.close();
    this.#theirs = theirs;
    try {
      this.#link = this.#newLink();
    } catch (error) {
      this.#theirs = undefined; // the next greeting tries again
      throw error;
    }
  }

  /** @returns {Link} */
  #newLink() {
    const options = this.#linkOptions();
    const { createConnection } = this.#call.options;
    return createConnection ? new ForeignLink(options, createConnection({ peer: this, initiator: options.isLeader, iceServers: options.configuration.iceServers ?? [] })) : new MediaLink(options);
  }

  /** @returns {LinkOptions} */
  #linkOptions() {
    const names = { link: this.#ours, with: this.#theirs };
    const call = this.#call;
    return {
      configuration: call.configuration,
      isLeader: call.sessionId > this.id,
      tracks: call.tracks,
      send: (signal) => call.signal({ ...signal, to: this.id, call: { type: 'link', ...names } }),
      onChange: () => call.changed(this),
      onOpen: () => call.tell('open', { peer: this }),
      onData: (data) => call.tell('data', { peer: this, data }),
      onChannel: (channel) => call.tell('channel', { peer: this, channel }),
      onTrack: (track, stream) => call.tell('track', { peer: this, track, stream }),
      onError: (error) => call.failed(error, this),
      onClose: () => this.#over(),
    };
  }

  /** The link is over, but the peer is there: it is made anew, at once where it was good. */
  #over() {
    this.#failures = this.state === 'connected' ? 0 : this.#failures + 1;
    this.close();
    const pause = Math.min(REMAKE_MOST_MILLIS, REMAKE_MILLIS * 2 ** (this.#failures - 1));
    if (this.#failures === 0) this.#restart();
    else this.#timer = setTimeout(() => this.#restart(), pause);
  }

  /** With a new name, which the other end answers by its own. */
  #restart() {
    this.#timer = undefined;
    this.#ours = newName();
    this.#theirs = undefined;
    this.greet();
  }
}
