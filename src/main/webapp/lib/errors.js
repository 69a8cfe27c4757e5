/** @typedef {{ message: string, retryable?: boolean, help: string }} Entry */

const CHECK_ID = 'Use 1 to 128 characters without control characters and unpaired surrogates, and not "__proto__".';
const CHECK_VERSIONS = 'Check that client and server have the same version of the protocol.';

/** What can go wrong, and what to do about it. A code of PROTOCOL.md that stands here too comes with the server's own message. @type {Record<string, Entry>} */
const ENTRIES = {
  'no-websocket': { message: 'There is no WebSocket here', help: 'Pass one: connect(url, { WebSocket }), in Node that of the package "ws".' },
  'no-crypto': { message: 'There is no crypto.getRandomValues here', help: 'In React Native, import "react-native-get-random-values" before this library.' },
  'connection-failed': { message: 'The connection failed', retryable: true, help: 'Check the address, the server and the network.' },
  'address-failed': { message: 'No address to connect to', retryable: true, help: 'See the cause: the function that connect() was given failed, or returned no address. It is asked again before the next attempt.' },
  'handshake-refused': { message: 'The server refused the handshake', retryable: true, help: 'See the status: 401 and 403 ask for other credentials, 404 for another path, 429 and 503 for patience.' },
  'connect-timeout': { message: 'The server did not answer in time', retryable: true, help: 'Check the address, the server and the network.' },
  'heartbeat-timeout': { message: 'The connection fell silent', retryable: true, help: 'Nothing: the client comes back by itself.' },
  'mailbox-gap': { message: 'A message is missing in what the server sent', retryable: true, help: 'Nothing: the client comes back by itself. Please report this bug.' },
  'not-resumable': { message: 'The server did not agree to tokenly.v1. If a proxy drops Sec-WebSocket-Protocol, add ?protocol=tokenly.v1 to the address', help: CHECK_VERSIONS },
  'gave-up': { message: 'No attempt to reconnect succeeded', retryable: true, help: 'Check the server and the network, and call reconnectNow(). A server that does not speak tokenly.v1 looks like this in some browsers.' },
  'ended-by-server': { message: 'The server ended the connection', retryable: true, help: 'Call reconnectNow() to come back.' },
  'protocol-error': { message: 'The server saw a protocol error', help: 'Please report this bug.' },
  'not-allowed': { message: 'The server does not allow this', help: 'See the message. Where the token is not valid, get a new one and call reconnectNow(); where it does not grant the session or the room, get one that does.' },
  unauthorized: { message: 'The server asks for a token', help: 'Pass one: connect(url, { token }), a string or a function that returns one.' },
  'token-failed': { message: 'No token to show', retryable: true, help: 'See the cause: the function that was passed as token failed, or returned no text. It is asked again, before the next attempt or before the token expires.' },
  'token-not-renewable': { message: 'The token expires, and there is no function to ask for a new one', help: 'Pass a function instead of a fixed token: connect(url, { token: () => ... }). It is asked on each connection, and again before the expiry.' },
  replaced: { message: 'A newer connection of this client has replaced this one', help: 'Nothing: the newer one holds the sessions.' },
  'taken-over': { message: 'Another instance has taken over', help: 'Go on there, as in the copied tab; here, create a peer with an id of its own.' },
  closed: { message: 'The client is closed', help: 'Make a new one with connect().' },
  aborted: { message: 'Aborted', help: 'Nothing: its signal was aborted. What had been sent already may still arrive.' },
  'storage-failed': { message: 'The storage of the keys failed', help: 'Check the storage, as its rights and its free space. Without it the keys last as long as the client.' },
  'bad-id': { message: 'An id is not valid', help: CHECK_ID },
  'bad-frame': { message: 'A field is not valid', help: 'The fields session_id, from, source and seq belong to Tokenly, and values must fit into JSON.' },
  'bad-json': { message: 'The frame nests too deep', help: 'Nest values at most 128 levels deep.' },
  'unknown-type': { message: 'No signal has this type', help: 'Use offer, answer, ice-candidate or message.' },
  'frame-too-large': { message: 'The frame is larger than the server takes', help: 'Send less at a time.' },
  'outbox-full': { message: 'Too much waits for the server', retryable: true, help: 'Wait until the server has acknowledged some of it.' },
  'reader-too-slow': { message: 'The messages were not read in time', help: 'Read faster, or listen to the event "signal".' },
  'session-reset': { message: 'The session has begun a new epoch', retryable: true, help: 'Send it again if it still matters.' },
  'session-lost': { message: 'The server lost the session', retryable: true, help: 'Send it again if it still matters.' },
  'peer-ended': { message: 'The session is over', help: 'Create it again.' },
  'session-in-use': { message: 'Another client holds this session', retryable: true, help: 'End that one first, choose another session id, or try again after retryAfterMillis: its holder may be gone by then.' },
  'call-full': { message: 'As many are in the room as one call may have', retryable: true, help: 'Try again later, or raise maxPeers.' },
  'no-webrtc': { message: 'There is no RTCPeerConnection here', help: 'Use a browser that has WebRTC, or pass createConnection.' },
  'room-full': { message: 'The room is full', retryable: true, help: 'Choose another room, or try again later.' },
  'server-full': { message: 'The server is full', retryable: true, help: 'Try again later.' },
  'store-failed': { message: 'The server could not write it down', retryable: true, help: 'Nothing: the client sends it again.' },
  busy: { message: 'The room has too much to do', retryable: true, help: 'Nothing: the client sends it again.' },
  'rate-limited': { message: 'More was sent than the server allows at once', retryable: true, help: 'Send more slowly. The client sends it again when the server allows it.' },
  'quota-exceeded': { message: 'This client uses its whole share of the server', retryable: true, help: 'End sessions, or wait until the others have read more. The client sends signals again by itself; create a peer again later.' },
  'seq-gap': { message: 'A signal is missing at the server', retryable: true, help: 'Nothing: the client sends it again.' },
  'bad-ack': { message: 'The server never sent what was acknowledged', help: 'Please report this bug.' },
  'unknown-session': { message: 'This connection holds no such session', retryable: true, help: 'Nothing: the client asks for it again.' },
};

/** @type {Entry} */
const OTHER = { message: 'The server refused', help: 'See the message and the log of the server.' };

/** What went wrong; see tokenly.d.ts. */
export class TokenlyError extends Error {
  /** @param {string} code @param {{ message?: string | undefined, cause?: unknown, retryAfterMillis?: number | undefined, status?: number | undefined }} [more] */
  constructor(code, { message, cause, retryAfterMillis, status } = {}) {
    const entry = Object.hasOwn(ENTRIES, code) ? /** @type {Entry} */ (ENTRIES[code]) : OTHER;
    super(message ?? entry.message, cause === undefined ? undefined : { cause });
    this.name = 'TokenlyError';
    this.code = code;
    this.retryable = entry.retryable ?? false;
    this.help = entry.help;
    this.retryAfterMillis = retryAfterMillis;
    this.status = status;
  }
}

/** What a server sent as an error, at best its code, its message and when to come again. @param {any} error */
export function errorOf(error) {
  const text = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : undefined);
  const millis = error?.retry_after_ms;
  const retryAfterMillis = typeof millis === 'number' && millis >= 0 ? millis : undefined;
  return new TokenlyError(text(error?.code) ?? 'unknown', { message: text(error?.message), retryAfterMillis });
}
