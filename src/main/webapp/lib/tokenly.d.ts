/**
 * Tokenly's client for browsers and Node: signals that survive the network. It speaks `tokenly.v1` (PROTOCOL.md): every
 * signal reaches its addressee exactly once and in order, over any number of lost connections, or its sender is told.
 *
 * All events of a client and its peers are told one after the other, on the one thread of JavaScript.
 */

/** The WebSocket subprotocol of resumable clients, in its first form; `tokenly.v1.batched` is asked for before it. */
export declare const PROTOCOL: 'tokenly.v1';

/**
 * Begins to connect, after the code that calls it has run: its listeners hear of everything. A function is asked before each attempt, as for
 * a server that moves; where it fails, so does the attempt (`address-failed`), and the next one asks again. The resume keys are filed by
 * origin and path of the first address. Throws `no-websocket`, and `no-crypto` where there is no `crypto.getRandomValues`.
 *
 * An address with `?protocol=tokenly.v1` (or `tokenly.v1.batched`) asks for the subprotocol by itself, for proxies that drop
 * `Sec-WebSocket-Protocol`.
 *
 * `M`: the application's own messages, as `{ type: 'offer'; sdp: string } | { type: 'message'; text: string }`: then a typo in what is sent
 * or read does not compile. By default they have any fields.
 */
export declare function connect<M extends Message = AnyMessage>(address: AddressSource, options?: ConnectOptions): Client<M>;

export type AddressSource = string | URL | (() => string | URL | Promise<string | URL>);

/** A signed JWT, or a function that returns one. */
export type TokenSource = string | (() => string | Promise<string>);

export interface ConnectOptions {
  /**
   * What the server is shown, where it asks for tokens. A function is asked on each connection, while that opens, and again when the server warns that the
   * token expires: the new one is sent on the same connection. Where the function fails, or takes longer than `connectTimeoutMillis`, so does the attempt
   * (`token-failed`), and the next one asks again; a renewal is tried again until the expiry. A fixed token cannot be renewed: the event `error` tells so
   * once (`token-not-renewable`). Default: none; a server that asks for one is not tried again then (`refused`, `unauthorized`).
   */
  token?: TokenSource | undefined;
  /** Needed where there is no global one, as in Node 20: there it is that of the package `ws`. */
  WebSocket?: SocketConstructor | undefined;
  /** Where the resume keys are kept, so that a reloaded page finds its sessions again. Default: `sessionStorage`, or nothing. In Node: `fileStorage(path)` of `@tokenly/client/file-storage`. */
  storage?: KeyStorage | null | undefined;
  /** Its abort is a `close()`. */
  signal?: AbortSignal | undefined;
  /** ms before each attempt; the last one holds for all further ones, where `maxAttempts` allows more. Default: what the server says. */
  delays?: readonly number[] | undefined;
  /** 0 to 1: how much of a delay may be left out by chance. Default: what the server says. */
  jitter?: number | undefined;
  /**
   * After so many attempts in a row that fail, the client gives up (`gave-up`). `announced`: as many as the server's `welcome`
   * says, 5 before the first one. Default: as many as the option `delays` lists; without that `Infinity`: it comes back for as long as it
   * is not closed.
   */
  maxAttempts?: number | 'announced' | undefined;
  /** Close codes after which it does not come back either (`refused`, `ended-by-server`). Default: none. */
  finalCodes?: readonly number[] | undefined;
  /** How long an attempt may take until the server's `welcome`. Default: what the server says, at first 10,000. */
  connectTimeoutMillis?: number | undefined;
  /** Default: what the server says. */
  heartbeat?: { intervalMillis?: number | undefined; timeoutMillis?: number | undefined } | undefined;
  /** Bounds of what one session keeps until the server has it. Default: 10,000 messages, 4 MiB. */
  outbox?: { messages?: number | undefined; bytes?: number | undefined } | undefined;
  /** How many messages one iteration over a peer may lag behind. Default: 1,000. */
  backlog?: number | undefined;
  /** Surroundings other than the browser's or Node's own, for tests. */
  world?: Partial<World> | undefined;
}

/** One instance: it holds any number of sessions over one connection at a time, and comes back when that is lost. */
export interface Client<M extends Message = AnyMessage> {
  /** The address of the newest attempt; empty before the first one where a function returns it. */
  readonly url: string;
  readonly view: View;
  /** The sessions that the storage knows and this client does not hold: `createPeer` takes them again. */
  readonly remembered: readonly { sessionId: string; roomId: string }[];
  /**
   * A session in a room. Can be called at any time; what it asks for is sent when there is a connection. Signals wait until
   * something takes them; other events are told only to listeners that are set in `on`, or before anything else is awaited. Rejects with a TokenlyError, as `session-in-use`, `room-full`,
   * `not-allowed` (the token does not grant it), `quota-exceeded`, `bad-id`, `aborted`, `gave-up`, `closed`.
   */
  createPeer(wish: Wish<M>): Promise<Peer<M>>;
  /** Drops what is under way and connects at once, with a new count of attempts. Does nothing once closed. */
  reconnectNow(): void;
  /**
   * The network is there again, or is another one: tries at once where it waits or gave up, and probes an open connection. An attempt
   * without an answer is begun anew once it is 2 s old. In a browser the
   * client hears of that by itself, and does the same when the page is shown again; in Node the application calls this where it knows.
   */
  networkChanged(): void;
  /** Finds out within 2 s whether an open connection is alive. */
  probe(): void;
  /** For test tools: loses the connection as a broken network does. Tells whether there was an open one. */
  fail(): boolean;
  /**
   * Leaves for good: all sessions end. Resolves with the end of the connection, after 1 s at the latest, however often it is called. The key of a session is kept
   * until the server has confirmed its end: without that, as without a connection, the next `createPeer` of the name takes it again.
   */
  close(): Promise<Loss>;
  /** Calls the listener at each such event from now on, until the function that is returned is called. */
  on<K extends keyof ClientEvents>(name: K, listener: (event: ClientEvents[K]) => void): () => void;
}

/** What `createPeer` is asked for. */
export interface Wish<M extends Message = AnyMessage> {
  sessionId: string;
  roomId: string;
  /** Listeners of the peer, which are there before anything can arrive. */
  on?: Listeners<M> | undefined;
  /** Its abort gives the session up. */
  signal?: AbortSignal | undefined;
}

export type Listeners<M extends Message = AnyMessage> = { readonly [K in keyof PeerEvents<M>]?: ((event: PeerEvents<M>[K]) => void) | undefined };

/**
 * `welcoming`: the socket is open, the server's `welcome` is awaited. `waiting`: for the next attempt. From `gave-up`
 * `reconnectNow()` and `networkChanged()` lead back, from `refused` only the former, from `closed` nothing. `resting`: the server has closed a connection without
 * a session; the next `createPeer` opens one.
 */
export type State = 'idle' | 'connecting' | 'welcoming' | 'connected' | 'resting' | 'waiting' | 'gave-up' | 'refused' | 'closed';

/** The client at one moment. */
export interface View {
  readonly state: State;
  /**
   * The attempt that is due or under way, by its place in the ladder of delays, and at most `maxAttempts`; 0 where there was no
   * loss. It starts at 1 again when a connection has lived for the server's `reset_after_ms`.
   */
  readonly attempt: number;
  /** Attempts in a row that may fail until the client gives up. `Infinity`: it does not. */
  readonly maxAttempts: number;
  /** ms before that attempt. */
  readonly delay: number;
  /** When it is due, in ms since 1970; 0 for none. */
  readonly dueAt: number;
  /** Why it gave up, was refused or is closed. */
  readonly error: TokenlyError | undefined;
}

export interface StateEvent extends View {
  readonly from: State;
  /** How a connection ended, where one did. */
  readonly loss: Loss | undefined;
}

/** How a connection ended: its close code and reason (PROTOCOL.md, "Close codes"). */
export interface Loss {
  readonly code: number;
  readonly reason: string;
}

export interface ClientEvents {
  state: StateEvent;
  /** A frame left. For logs: `frame` and `text` are without the resume keys and the token. */
  sent: { readonly text: string; readonly frame: Fields };
  /** Something came: text, or for a binary frame whatever the WebSocket makes of it. `frame` where it is a JSON object. */
  received: { readonly data: unknown; readonly frame: Fields | undefined };
  /** The round trip of a ping. */
  latency: { readonly millis: number };
  /** An attempt failed (`handshake-refused` where the platform shows the HTTP status), the token could not be had, the connection fell silent, the server sent an `error`, the storage failed, or a `send` failed whose promise nobody holds. What follows is in `state`. */
  error: TokenlyError;
}

/**
 * One session: a peer in a room, for as long as it lives, whatever becomes of the connections. A signal is acknowledged when a listener
 * or an iteration has taken it. Until then it is kept, here and in the mailbox; if the session is lost before, its sender is told.
 */
export interface Peer<M extends Message = AnyMessage> extends AsyncIterable<Signal<M>> {
  readonly sessionId: string;
  readonly roomId: string;
  /** The others in the room, live. */
  readonly peers: ReadonlyMap<string, 'present' | 'away'>;
  /** Which owner of its name a peer is: another string where another client was given the name. Undefined where the server does not tell. */
  incarnationOf(peer: string): string | undefined;
  /**
   * STUN and TURN servers for an `RTCPeerConnection`, as the server tells them: none where it has none set. Their credentials run out;
   * new ones come by themselves while the session is attached (`ice-servers`).
   */
  readonly iceServers: readonly IceServer[];
  /** Whether the server serves it on the present connection. */
  readonly isAttached: boolean;
  readonly isEnded: boolean;
  /** How many signals the server has not acknowledged yet. */
  readonly pending: number;
  /**
   * Sends to `to`, or to all others. Can be called at any time before the end; what is sent while there is no connection
   * is sent later. Resolves with the signal's number when the server has it and answers for it. Rejects with a
   * TokenlyError: `session-reset`, `session-lost` (the server lost it: send it again if it still matters), `outbox-full`,
   * `frame-too-large`, `bad-id`, `bad-frame`, `unknown-type`, `aborted` (it may still arrive), `peer-ended`, `closed`. Where the client gives up or is
   * refused, all that waits rejects with that error (`gave-up`: retryable), what is sent then rejects at once, and none of it is sent
   * after a return; what was under way may have arrived. If the application does not hold the promise, its failure is an `error` event of the client, and ends no Node process.
   */
  send(signal: Outgoing<M>, options?: { signal?: AbortSignal | undefined }): Promise<{ seq: number }>;
  /**
   * Ends the session once the server has what was sent before; as long as it refuses that, `close()` of the client ends it at once. Resolves when the server has ended
   * it, or when the client gives up or is refused: then the server ends it after its resume window.
   */
  destroy(): Promise<void>;
  /**
   * Calls the listener at each such event from now on, until the function that is returned is called. Signals that came while nothing took
   * them are told to the first listener of `signal`, in their order, right after the code that sets it.
   */
  on<K extends keyof PeerEvents<M>>(name: K, listener: (event: PeerEvents<M>[K]) => void): () => void;
  /**
   * The signals that nothing has taken yet, until the session ends. One that only iterations wait for is acknowledged when `next` takes it, so
   * nothing is lost between two loops. Where a listener or another iteration takes signals too, up to `backlog` of them wait for this one; it
   * throws `reader-too-slow` beyond that, and drops them when it is left.
   */
  [Symbol.asyncIterator](): AsyncIterator<Signal<M>, undefined>;
}

export type SignalType = 'offer' | 'answer' | 'ice-candidate' | 'message';

/** A message of the application: whatever JSON can hold, but not `session_id`, `from`, `source` and `seq`, which are Tokenly's. */
export interface Message {
  type: SignalType;
}

/** One of which nothing more is known. */
export interface AnyMessage extends Message {
  [field: string]: any;
}

/** To whom a message goes: to all others where nothing is said. */
export interface Addressed {
  to?: string | undefined;
  /**
   * Which owner of the name `to` it is for; another one never gets it (`undeliverable`, `replaced`). Default: the one of now, as far as the
   * client knows it.
   */
  to_incarnation?: string | undefined;
}

/** A message that is sent. */
export type Outgoing<M extends Message = AnyMessage> = M extends unknown ? M & Addressed : never;

/** What is known of every signal of another peer. */
export interface Received {
  readonly from: string;
  /** As it was sent; absent where it went to all. */
  readonly to?: string;
  /** Its number in our mailbox. */
  readonly seq: number;
  /** Whether it came while we were away. */
  readonly isReplayed: boolean;
}

/** A signal of another peer, with all its fields as they were sent. */
export type Signal<M extends Message = AnyMessage> = M extends unknown ? Readonly<M> & Received : never;

/** What becomes of the others in the room. `incarnation`: which owner of its name a peer is, where the server tells. */
export interface PresenceEvents {
  'peer-joined': { readonly peer: string; readonly incarnation?: string };
  'peer-away': { readonly peer: string; readonly incarnation?: string };
  'peer-back': { readonly peer: string; readonly incarnation?: string };
  /** It is still in the room, but has lost what it knew; `reason` as in `reset`. */
  'peer-restarted': { readonly peer: string; readonly incarnation?: string; readonly reason: string };
  /** `unknown`: it left while the server was restarting. */
  'peer-left': { readonly peer: string; readonly incarnation?: string; readonly reason: string };
}

export interface PeerEvents<M extends Message = AnyMessage> extends PresenceEvents {
  signal: Signal<M>;
  /**
   * The signals with these numbers will never reach `to`. With `restarted`, a new instance has it, as a reloaded page: the old one may have
   * seen them. With `not-allowed`, the token does not grant them. `to` is absent where they were for all others.
   */
  undeliverable: { readonly to?: string; readonly reason: string; readonly seqs: readonly number[] };
  /** Nothing was lost: so many messages follow that came while we were away, and so many of ours were sent after the loss. */
  resumed: { readonly replayed: number; readonly resent: number };
  /**
   * Still in the room, but what was not acknowledged is lost. `gone`: the server had lost the session, and has made it anew.
   * `store-went-back`: the server's store is at an earlier moment. Where it has lost signals that it had acknowledged, `lost` names them.
   */
  reset: { readonly reason: string; readonly lost: LostSignals | undefined };
  /** There are new ones: after each creation and resumption, and before the credentials of the last ones run out. */
  'ice-servers': { readonly iceServers: readonly IceServer[] };
  /** Another instance has it now, as a copied tab; `ended` follows. */
  'taken-over': { readonly sessionId: string };
  /** The session is over: nothing follows. */
  ended: { readonly reason: string };
}

/** An `RTCIceServer`. */
export interface IceServer {
  readonly urls: string[];
  readonly username?: string;
  readonly credential?: string;
}

/** From `first` to `last`: the numbers that `send` had resolved with, since the last `reset` or the creation. */
export interface LostSignals {
  readonly first: number;
  readonly last: number;
}

/** What went wrong. `code` is for programs: one of ours, or of PROTOCOL.md. */
export declare class TokenlyError extends Error {
  constructor(code: string, more?: { message?: string | undefined; cause?: unknown; retryAfterMillis?: number | undefined; status?: number | undefined });
  readonly code: string;
  /** Whether the same again may succeed later. */
  readonly retryable: boolean;
  /** What to do about it. */
  readonly help: string;
  /** After how many ms the same may succeed, where the server tells. */
  readonly retryAfterMillis: number | undefined;
  /** The HTTP status of the answer, with `handshake-refused`. */
  readonly status: number | undefined;
}

export type Fields = Record<string, any>;

/** What is used of a WebSocket. */
export interface Socket {
  readonly protocol: string;
  /** Bytes that wait to be sent; without it, silence alone tells a loss. */
  readonly bufferedAmount?: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  /** Ends without a close handshake; only that of `ws` has it. */
  terminate?(): void;
  /** Only that of `ws` tells `unexpected-response`. */
  on?(name: string, listener: (...event: any[]) => void): unknown;
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
}

export type SocketConstructor = new (url: string, protocols: string[]) => Socket;

export interface KeyStorage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

/** What a client stands in. */
export interface World {
  WebSocket: SocketConstructor;
  setTimeout(act: () => void, millis: number): any;
  clearTimeout(timer: any): void;
  /** ms since 1970. */
  now(): number;
  /** ms since some moment. Never goes back, whatever becomes of the clock of the machine. */
  elapsed(): number;
  /** From 0 to 1, for the jitter. */
  random(): number;
  /** So many bytes of cryptographic randomness. */
  randomBytes(count: number): Uint8Array;
  storage: KeyStorage | null;
  /** Where `online` and `pageshow` are heard. */
  window: EventTarget | undefined;
  /** Where `visibilitychange` is heard. */
  document: (EventTarget & { readonly visibilityState: string }) | undefined;
  /** Where `change` is heard: `navigator.connection`, which not every browser has. */
  connection: EventTarget | undefined;
}
