/** What a page of an application does with a call, and what it sees. The library comes from the server that `server` in our address names. */

/** @typedef {import('../../../main/webapp/lib/call.js').Call} Call */
/** @typedef {import('../../../main/webapp/lib/call.js').CallOptions} CallOptions */
/** @typedef {import('../../../main/webapp/lib/call.js').CallPeer} CallPeer */

const server = String(new URL(import.meta.url).searchParams.get('server'));
/** @type {typeof import('../../../main/webapp/lib/tokenly.js')} */
const { connect } = await import(`${server}/lib/tokenly.js`);
/** @type {typeof import('../../../main/webapp/lib/call.js')} */
const { joinCall } = await import(`${server}/lib/call.js`);

const CALL_EVENTS = /** @type {const} */ (['peer-joined', 'peer-left', 'open', 'data', 'said', 'signaling', 'resumed', 'ended', 'error']);

/** @type {import('../../../main/webapp/lib/tokenly.js').Client} */
export let client;
/** @type {Call} */
export let call;
/** What the call told, by name, the other's id and what it carried. @type {[string, string | undefined, any][]} */
export const events = [];
/** One for each remote stream that came. @type {Map<string, HTMLVideoElement>} */
const videos = new Map();
/** Those of connections that are still open, which a leak would keep. */
const open = new Set();

const NativeConnection = globalThis.RTCPeerConnection;
globalThis.RTCPeerConnection = class extends NativeConnection {
  /** @param {RTCConfiguration} [configuration] */
  constructor(configuration) {
    super(configuration);
    open.add(this);
  }

  /** @override */
  close() {
    super.close();
    open.delete(this);
  }
};

export const connections = () => open.size;

/** @param {string} sessionId @param {string} roomId @param {{ origin?: string, media?: boolean, simplePeer?: boolean } & Partial<CallOptions>} [options] */
export async function join(sessionId, roomId, { origin = server, media = false, simplePeer = false, ...options } = {}) {
  client = connect(`${origin.replace('http', 'ws')}/rtc`);
  const stream = media ? await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } }) : undefined;
  const on = Object.fromEntries(CALL_EVENTS.map((name) => [name, (/** @type {any} */ event) => events.push([name, event.peer?.id, event.data ?? event.text ?? event.reason ?? event.state ?? event.error?.message])]));
  const makeOther = simplePeer && (await simplePeers());
  call = await joinCall(client, { sessionId, roomId, stream, on: { ...on, track: ({ stream: theirs }) => show(theirs) }, ...(makeOther && { createConnection: makeOther }), ...options });
}

/** @param {MediaStream} stream */
function show(stream) {
  const video = videos.get(stream.id) ?? document.body.appendChild(document.createElement('video'));
  video.muted = true;
  video.autoplay = true;
  if (video.srcObject !== stream) video.srcObject = stream; // one that was empty comes again as another one of the same id
  videos.set(stream.id, video);
}

/** What is to be seen: each other one in the call, and how many frames of its picture were shown. */
export function seen() {
  return [...(call?.peers.values() ?? [])].map((peer) => ({
    id: peer.id,
    info: peer.info,
    state: peer.state,
    isAway: peer.isAway,
    quality: peer.quality,
    isOpen: peer.channel?.readyState === 'open',
    streams: peer.streams.length,
    frames: peer.streams.reduce((sum, { id }) => sum + (videos.get(id)?.getVideoPlaybackQuality().totalVideoFrames ?? 0), 0),
  }));
}

/** Which kinds of paths the connections took, of this end. */
export async function paths() {
  const kinds = [];
  for (const { connection } of call.peers.values()) {
    const report = [.../** @type {any} */ (await connection?.getStats()).values()];
    const pair = report.find(({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded');
    kinds.push(report.find(({ id }) => id === pair?.localCandidateId)?.candidateType);
  }
  return kinds;
}

/** For an application with simple-peer: it connects, we carry its signals. */
async function simplePeers() {
  const script = document.head.appendChild(document.createElement('script'));
  script.src = '/simplepeer.min.js';
  await new Promise((resolve) => (script.onload = resolve));
  return (/** @type {import('../../../main/webapp/lib/call.js').ConnectionWish} */ { peer, initiator, iceServers }) => {
    const simple = new /** @type {any} */ (globalThis).SimplePeer({ initiator, config: { iceServers } });
    simple.on('connect', () => simple.send(`hello from ${call.sessionId}`));
    simple.on('data', (/** @type {Uint8Array} */ data) => events.push(['data', peer.id, new TextDecoder().decode(data)]));
    return simple;
  };
}
