import { Emitter } from '../emitter.js';
import { TokenlyError } from '../errors.js';
import { newName } from './names.js';
import { Roster } from './roster.js';
import { Signaling } from './signaling.js';
import { Tracks } from './tracks.js';

/** @typedef {import('../call.js').Call} Promised */
/** @typedef {import('../call.js').CallEvents} CallEvents */
/** @typedef {import('../call.js').CallOptions} CallOptions */
/** @typedef {import('../call.js').Info} Info */
/** @typedef {import('../tokenly.js').Client} Client */
/** @typedef {import('../tokenly.js').Fields} Fields */
/** @typedef {import('../tokenly.js').Outgoing} Outgoing */
/** @typedef {import('../tokenly.js').Peer} Peer */
/** @typedef {import('./call-peer.js').CallPeer} CallPeer */

const MAX_PEERS = 8;

/** @param {Client} client @param {CallOptions} options @returns {Promise<Promised>} @throws {TokenlyError} */
export async function joinCall(client, options) {
  if (!options.createConnection && !globalThis.RTCPeerConnection) throw new TokenlyError('no-webrtc');
  const call = new Call(client, options);
  await call.enter();
  return call;
}

/** @implements {Promised} */
export class Call {
  options;
  roomId;
  sessionId;
  tracks;
  info;
  isEnded = false;
  #client;
  /** @type {Peer | undefined} */
  #session;
  /** @type {Signaling | undefined} */
  #signaling;
  /** @type {Emitter<CallEvents>} */
  #events = new Emitter();
  /** Once we are in the room. @type {Roster | undefined} */
  #roster;
  /** Each ends a listener. @type {(() => void)[]} */
  #listening = [];
  /** What the others know of us, as JSON. */
  #described;

  /** @param {Client} client @param {CallOptions} options */
  constructor(client, options) {
    const { roomId, sessionId = newName(), stream, info = {}, on = {} } = options;
    this.#client = client;
    this.options = options;
    this.roomId = roomId;
    this.sessionId = sessionId;
    this.tracks = new Tracks(stream);
    this.info = info;
    this.#described = JSON.stringify(info);
    for (const [name, listener] of Object.entries(on)) if (listener) this.#events.on(/** @type {any} */ (name), listener);
  }

  get peers() {
    return this.#others.peers;
  }

  get session() {
    return /** @type {Peer} */ (this.#session); // the application has the call once there is one
  }

  get signaling() {
    return this.#signaling?.state ?? 'lost';
  }

  /** For the next connection. @returns {RTCConfiguration} */
  get configuration() {
    const { iceServers, iceTransportPolicy = 'all' } = this.options;
    return { iceServers: iceServers ?? this.session.iceServers.map((server) => ({ ...server })), iceTransportPolicy };
  }

  /** Takes its place in the room. @throws {TokenlyError} */
  async enter() {
    const { roomId, sessionId } = this;
    const session = await this.#client.createPeer({ sessionId, roomId });
    this.#session = session;
    const { maxPeers = MAX_PEERS } = this.options;
    if (session.peers.size > maxPeers) {
      await session.destroy();
      throw new TokenlyError('call-full');
    }
    this.#roster = new Roster(this, maxPeers);
    this.#signaling = new Signaling(this.#client, {
      moved: (state) => this.tell('signaling', { state }),
      networkChanged: () => this.networkChanged(),
    });
    this.#listen(session, this.#signaling);
    this.#greet();
  }

  /** @template {keyof CallEvents} K @param {K} name @param {(event: CallEvents[K]) => void} listener */
  on(name, listener) {
    return this.#events.on(name, listener);
  }

  /** @param {MediaStreamTrack} track @param {MediaStream} [stream] */
  addTrack(track, stream = new MediaStream([track])) {
    if (this.tracks.add(track, stream)) this.#others.each((link) => link.addTrack(track, stream));
  }

  /** @param {MediaStreamTrack} track */
  removeTrack(track) {
    if (this.tracks.remove(track)) this.#others.each((link) => link.removeTrack(track));
  }

  /** @param {MediaStreamTrack} track @param {MediaStreamTrack} next @throws {TypeError} where `track` is not sent */
  async replaceTrack(track, next) {
    this.tracks.replace(track, next);
    await Promise.all([...this.peers.values()].map(({ link }) => link?.replaceTrack(track, next)));
  }

  /** @param {Info} info */
  describe(info) {
    const text = JSON.stringify(info);
    if (text === this.#described) return;
    this.#described = text;
    this.info = info;
    this.signal({ type: 'message', call: { type: 'info', info } });
  }

  /** @param {any} data */
  send(data) {
    return [...this.peers.values()].filter((peer) => peer.send(data)).length;
  }

  /** @param {unknown} text @param {string} [to] all others where absent */
  async say(text, to) {
    await this.session.send({ type: 'message', ...(to !== undefined && { to }), call: { type: 'say' }, text });
  }

  networkChanged() {
    this.#others.each((link) => link.networkChanged());
  }

  async leave() {
    if (this.isEnded) return;
    const left = this.session.destroy();
    this.#end('left');
    await left;
  }

  // For the parts of the call.

  /** @template {keyof CallEvents} K @param {K} name @param {CallEvents[K]} event */
  tell(name, event) {
    this.#events.emit(name, event);
  }

  /** @param {CallPeer} peer */
  changed(peer) {
    this.tell('peer-changed', { peer });
  }

  /** @param {unknown} error @param {CallPeer} [peer] */
  failed(error, peer) {
    this.tell('error', { peer, error: error instanceof Error ? error : new Error(String(error)) });
  }

  /** Sends what is the call's own. Where it is lost, so is more, of which the session tells: the links are renewed then. @param {Outgoing} signal */
  signal(signal) {
    if (!this.isEnded) this.session.send(signal).catch((error) => error.retryable || this.isEnded || this.failed(error));
  }

  /** @param {Peer} session @param {Signaling} signaling */
  #listen(session, signaling) {
    const others = this.#others;
    /** @type {Peer['on']} */
    const on = (name, listener) => {
      const stop = session.on(name, listener);
      this.#listening.push(stop);
      return stop;
    };
    on('signal', (signal) => void this.#take(signal).catch((error) => this.failed(error, this.peers.get(signal.from))));
    on('peer-joined', ({ peer }) => this.#greet(peer)); // its own greeting may have come before it was known to be there
    on('peer-left', ({ peer, reason }) => others.left(peer, reason));
    on('peer-away', ({ peer }) => others.moved(peer));
    on('peer-back', ({ peer }) => others.moved(peer, (link) => link.recover()));
    on('peer-restarted', ({ peer }) => others.moved(peer, (link) => link.renew()));
    on('undeliverable', ({ to, reason }) => others.lost(to, reason));
    on('ice-servers', () => others.each((link) => link.configure(this.configuration)));
    on('resumed', ({ replayed, resent }) => {
      this.tell('resumed', { replayed, resent, away: signaling.back() });
      others.each((link) => link.recover());
    });
    on('reset', () => {
      signaling.back();
      others.reset();
      this.#greet();
    });
    on('taken-over', () => this.#end('taken-over'));
    on('ended', ({ reason }) => this.#end(reason));
  }

  /** @param {string} [to] all where absent */
  #greet(to) {
    this.signal({ type: 'message', ...(to !== undefined && { to }), call: { type: 'hello', info: this.info } });
  }

  /** @param {Fields} signal */
  async #take(signal) {
    const { from, call } = signal;
    if (!call || typeof call !== 'object') return; // of another kind of application in the room
    if (call.type === 'hello') return this.#others.greeted(from, call);
    const peer = this.peers.get(from);
    if (!peer) return;
    if (call.type === 'link') await peer.take(signal, call);
    if (call.type === 'say') this.tell('said', { peer, text: signal['text'] });
    if (call.type === 'info') {
      peer.info = call.info ?? {};
      this.changed(peer);
    }
  }

  get #others() {
    return /** @type {Roster} */ (this.#roster);
  }

  /** @param {string} reason */
  #end(reason) {
    if (this.isEnded) return;
    this.isEnded = true;
    this.#signaling?.end();
    for (const stop of this.#listening) stop();
    this.#others.close();
    this.tell('ended', { reason });
  }
}
