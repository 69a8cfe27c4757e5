import { Emitter } from '../emitter.js';
import { TokenlyError } from '../errors.js';
import { CallPeer } from './call-peer.js';
import { newName } from './names.js';
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
/** @typedef {import('./call-peer.js').Link} Link */

const MAX_PEERS = 8;
/** Between two looks at how well the connections do. */
const LOOK_MILLIS = 2000;

/** @param {Client} client @param {CallOptions} options @returns {Promise<Promised>} @throws {TokenlyError} */
export async function joinCall(client, options) {
  if (!options.createConnection && !globalThis.RTCPeerConnection) throw new TokenlyError('no-webrtc');
  const call = new Call(client, options);
  await call.enter();
  return call;
}

/** @implements {Promised} */
export class Call {
  /** @type {Map<string, CallPeer>} */
  peers = new Map();
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
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looks;

  /** @param {Client} client @param {CallOptions} options */
  constructor(client, options) {
    const { roomId, sessionId = newName(), stream, info = {}, on = {} } = options;
    this.#client = client;
    this.options = options;
    this.roomId = roomId;
    this.sessionId = sessionId;
    this.tracks = new Tracks(stream);
    this.info = info;
    for (const [name, listener] of Object.entries(on)) if (listener) this.#events.on(/** @type {any} */ (name), listener);
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
    if (session.peers.size > (this.options.maxPeers ?? MAX_PEERS)) {
      await session.destroy();
      throw new TokenlyError('call-full');
    }
    this.#signaling = new Signaling(this.#client, {
      moved: (state) => this.tell('signaling', { state }),
      networkChanged: () => this.networkChanged(),
    });
    this.#listen(session, this.#signaling);
    this.#looks = setInterval(() => void this.#look(), LOOK_MILLIS);
    this.#greetRoom();
  }

  /** @template {keyof CallEvents} K @param {K} name @param {(event: CallEvents[K]) => void} listener */
  on(name, listener) {
    return this.#events.on(name, listener);
  }

  /** @param {MediaStreamTrack} track @param {MediaStream} [stream] */
  addTrack(track, stream = new MediaStream([track])) {
    if (this.tracks.add(track, stream)) for (const { link } of this.peers.values()) link?.addTrack(track, stream);
  }

  /** @param {MediaStreamTrack} track */
  removeTrack(track) {
    if (this.tracks.remove(track)) for (const { link } of this.peers.values()) link?.removeTrack(track);
  }

  /** @param {MediaStreamTrack} track @param {MediaStreamTrack} next @throws {TypeError} where `track` is not sent */
  async replaceTrack(track, next) {
    this.tracks.replace(track, next);
    await Promise.all([...this.peers.values()].map(({ link }) => link?.replaceTrack(track, next)));
  }

  /** @param {Info} info */
  describe(info) {
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
    for (const { link } of this.peers.values()) link?.renew();
  }

  async leave() {
    if (!this.isEnded) await this.session.destroy();
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
    session.on('signal', (signal) => void this.#take(signal));
    session.on('peer-left', ({ peer, reason }) => this.#left(peer, reason));
    session.on('peer-away', ({ peer }) => this.#moved(peer));
    session.on('peer-back', ({ peer }) => this.#moved(peer, (link) => link.recover()));
    session.on('peer-restarted', ({ peer }) => this.#moved(peer, (link) => link.renew()));
    session.on('undeliverable', ({ to }) => {
      for (const [id, { link }] of this.peers) if (to === undefined || to === id) link?.renew();
    });
    session.on('ice-servers', () => this.#configure());
    session.on('resumed', ({ replayed, resent }) => {
      this.tell('resumed', { replayed, resent, away: signaling.back() });
      for (const { link } of this.peers.values()) link?.recover();
    });
    session.on('reset', () => {
      signaling.back();
      this.#reset(session);
    });
    session.on('taken-over', () => this.#end('taken-over'));
    session.on('ended', ({ reason }) => this.#end(reason));
  }

  /** What was under way is lost, in both directions, and others may have come and gone. @param {Peer} session */
  #reset(session) {
    for (const id of [...this.peers.keys()]) {
      if (!session.peers.has(id)) this.#left(id, 'unknown');
      else this.#moved(id, (link) => link.renew());
    }
    this.#greetRoom();
  }

  #greetRoom() {
    this.signal({ type: 'message', call: { type: 'hello', info: this.info } });
  }

  /** @param {Fields} signal */
  async #take(signal) {
    const { from, call } = signal;
    if (!call || typeof call !== 'object') return; // of another kind of application in the room
    if (call.type === 'hello') return this.#greeted(from, call);
    const peer = this.peers.get(from);
    if (!peer) return;
    if (call.type === 'link') await peer.take(signal, call);
    if (call.type === 'say') this.tell('said', { peer, text: signal['text'] });
    if (call.type === 'info') {
      peer.info = call.info ?? {};
      this.changed(peer);
    }
  }

  /** @param {string} from @param {Fields} hello */
  #greeted(from, hello) {
    const known = this.peers.get(from);
    const peer = known ?? new CallPeer(this, from);
    peer.info = hello['info'] ?? {};
    if (!known) {
      this.peers.set(from, peer);
      this.tell('peer-joined', { peer });
    }
    peer.greeted(hello);
  }

  /** @param {string} id @param {string} reason */
  #left(id, reason) {
    const peer = this.peers.get(id);
    if (!peer) return;
    this.peers.delete(id);
    peer.close();
    this.tell('peer-left', { peer, reason });
  }

  /** Its presence changed. @param {string} id @param {(link: Link) => void} [act] what its link is to do then */
  #moved(id, act = () => {}) {
    const peer = this.peers.get(id);
    if (!peer) return;
    if (peer.link) act(peer.link);
    this.changed(peer);
  }

  #configure() {
    for (const { link } of this.peers.values()) link?.configure(this.configuration);
  }

  async #look() {
    for (const peer of [...this.peers.values()]) await peer.link?.measure();
  }

  /** @param {string} reason */
  #end(reason) {
    if (this.isEnded) return;
    this.isEnded = true;
    clearInterval(this.#looks);
    this.#signaling?.end();
    for (const peer of this.peers.values()) peer.close();
    this.peers.clear();
    this.tell('ended', { reason });
  }
}
