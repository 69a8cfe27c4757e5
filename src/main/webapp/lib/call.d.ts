/**
 * A call in a room of Tokenly: each peer is connected with each other one (a mesh), by WebRTC. It has no DOM: what is shown is up to the
 * application. Signaling that is lost does not touch the media; what was missed meanwhile arrives in order, and the connections that need
 * it find new paths.
 *
 * Everything is told on the one thread of JavaScript.
 */
import type { Client, Peer } from './tokenly.js';

/**
 * Enters the room, and connects with all others in it who are in a call, and with those who come. Rejects with a TokenlyError: those of
 * `createPeer`, `call-full` (more than `maxPeers` others are in the room), and `no-webrtc` where there is no `RTCPeerConnection` and
 * `createConnection` is not given. A call goes by who is in the room, so it needs the grant `list`; one who is `hidden` takes no part.
 */
export declare function joinCall(client: Client<any>, options: CallOptions): Promise<Call>;

/** What an application tells the others of itself, as its user's name: whatever JSON can hold, up to a few KB. */
export type Info = Record<string, unknown>;

export interface CallOptions {
  roomId: string;
  /** One session is one place in the room. Default: one of chance. Give the same one after a reload, and the place is the same. */
  sessionId?: string | undefined;
  /** Its tracks are sent to all. */
  stream?: MediaStream | undefined;
  /** Default: `{}`. */
  info?: Info | undefined;
  /** Most others in the room: each costs a connection and an upload of its own. 1 to 50; default 8. */
  maxPeers?: number | undefined;
  /** Default: those that the server tells. */
  iceServers?: RTCIceServer[] | undefined;
  /** `relay`: media goes through TURN servers alone. Default: `all`. */
  iceTransportPolicy?: RTCIceTransportPolicy | undefined;
  /** Listeners that are there before anything can happen. */
  on?: { readonly [K in keyof CallEvents]?: ((event: CallEvents[K]) => void) | undefined } | undefined;
  /** Another library's connection instead of ours, as `new SimplePeer(...)`. It then sends and receives by itself. */
  createConnection?: ((wish: ConnectionWish) => SignalingConnection) | undefined;
}

/** What a connection of another library is made from. */
export interface ConnectionWish {
  readonly peer: CallPeer;
  /** Whether this end makes the first offer; the other end has the opposite. */
  readonly initiator: boolean;
  readonly iceServers: RTCIceServer[];
}

/** What is used of a connection of another library. */
export interface SignalingConnection {
  /** The other end said this. */
  signal(data: any): void;
  /** `signal`: say this to the other end. `connect`: it is connected. `close`: it is over; it is made anew while the peer is there. */
  on(name: 'signal' | 'connect' | 'close' | 'error', listener: (data: any) => void): unknown;
  destroy(): void;
}

/** `lost`: it is being connected again; the media goes on. `stopped`: nothing more is tried (`client.view.error` says why; `client.reconnectNow()` tries again). */
export type SignalingState = 'connected' | 'lost' | 'stopped';

export interface CallEvents {
  /** Another one is in the call. */
  'peer-joined': { readonly peer: CallPeer };
  /** It is not any more: it left, was away for longer than its resume window, or another one has its name. */
  'peer-left': { readonly peer: CallPeer; readonly reason: string };
  /** Its `state`, `isAway`, `quality`, `info` or `streams` changed. */
  'peer-changed': { readonly peer: CallPeer };
  /** It sends this track; `stream` groups what belongs together, as a camera and its microphone. */
  track: { readonly peer: CallPeer; readonly track: MediaStreamTrack; readonly stream: MediaStream };
  /** Its data channel is open, for the first time or again. */
  open: { readonly peer: CallPeer };
  /** It sent this by its `send`. */
  data: { readonly peer: CallPeer; readonly data: any };
  /** It made a data channel by `createChannel`. */
  channel: { readonly peer: CallPeer; readonly channel: RTCDataChannel };
  /** It said this by its `say`: exactly once and in order, even to one who was away. */
  said: { readonly peer: CallPeer; readonly text: unknown };
  signaling: { readonly state: SignalingState };
  /** The signaling is back, and nothing was lost: so many messages came late. `away`: for how many ms it was lost. */
  resumed: { readonly replayed: number; readonly resent: number; readonly away: number };
  /** Something went wrong with one connection, which is tried again where that can help. */
  error: { readonly peer: CallPeer | undefined; readonly error: Error };
  /** The call is over for us: `left`, `taken-over` (another tab or device has our session), or as in the event `ended` of a Peer. */
  ended: { readonly reason: string };
}

export interface Call {
  readonly roomId: string;
  readonly sessionId: string;
  /** The session of the call, for an application's own signals. */
  readonly session: Peer<any>;
  /** The others in the call, by session id, in the order in which they came. */
  readonly peers: ReadonlyMap<string, CallPeer>;
  readonly signaling: SignalingState;
  readonly isEnded: boolean;
  /** Calls the listener at each such event from now on, until the function that is returned is called. */
  on<K extends keyof CallEvents>(name: K, listener: (event: CallEvents[K]) => void): () => void;
  /** Sends this track to all who are there and who come. `stream` groups tracks for the others; default: one of its own. */
  addTrack(track: MediaStreamTrack, stream?: MediaStream): void;
  /** Sends it no more. */
  removeTrack(track: MediaStreamTrack): void;
  /** Sends `next` in place of `track`, as after another camera was chosen: nothing is negotiated anew. Both are of one kind. */
  replaceTrack(track: MediaStreamTrack, next: MediaStreamTrack): Promise<void>;
  /** Tells the others, where it differs from what was told before, and replaces that. */
  describe(info: Info): void;
  /** To all whose data channel is open: fast, and lost where a connection is. Tells to how many. */
  send(data: string | ArrayBuffer | ArrayBufferView | Blob): number;
  /** To all, through the server's mailboxes: exactly once and in order. As JSON. */
  say(text: unknown): Promise<void>;
  /** All connections are tried on new paths at once. In a browser the call hears of a new network by itself. */
  networkChanged(): void;
  /** Leaves the room: the connections end at once. The tracks go on: they are the application's. Resolves when the server has ended the session, or nothing more is tried. */
  leave(): Promise<void>;
}

/**
 * `connecting`: for the first time. `recovering`: it was connected, and is looking for a new path; media may have stopped.
 * `failed`: no path was found; it is tried again when either side's network or signaling changes, and every 15 s.
 */
export type PeerState = 'connecting' | 'connected' | 'recovering' | 'failed';

/** `lost`: nothing arrives. */
export type Quality = 'good' | 'poor' | 'lost';

/** Another one in the call. */
export interface CallPeer {
  readonly id: string;
  readonly info: Info;
  readonly state: PeerState;
  /** Its signaling is lost; media may go on all the same. */
  readonly isAway: boolean;
  /** By loss, round trip and what arrives, each 2 s. Undefined until it was connected. */
  readonly quality: Quality | undefined;
  /** What it sends. */
  readonly streams: readonly MediaStream[];
  /** Undefined where `createConnection` is given. Another one after the peer began anew, as by a reload. */
  readonly connection: RTCPeerConnection | undefined;
  /** The data channel that `send` uses. */
  readonly channel: RTCDataChannel | undefined;
  /** Tells whether it was sent: not where the channel is not open, its buffer is full, or the data too large; the event `error` names the latter two. */
  send(data: string | ArrayBuffer | ArrayBufferView | Blob): boolean;
  /** To this one alone, as `say` of the call. */
  say(text: unknown): Promise<void>;
  /** One more data channel, for this connection. Throws without a connection of our own. */
  createChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel;
}
