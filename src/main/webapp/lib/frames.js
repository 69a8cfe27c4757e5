import { TokenlyError } from './errors.js';

/** @typedef {import('./tokenly.js').Fields} Fields */

/** The WebSocket subprotocol of resumable clients, in its first form. */
export const PROTOCOL = 'tokenly.v1';

/** What is asked for: best with several messages in one frame, which an older server does not know. */
export const PROTOCOLS = [`${PROTOCOL}.batched`, PROTOCOL];

/** @param {string} url @returns {boolean} whether the address asks for the subprotocol itself */
export const asksByAddress = (url) => /[?&]protocol=tokenly\.v1(\.batched)?(&|#|$)/.test(url);

/** Between two messages in one frame (PROTOCOL.md, "Batches"). */
const SEPARATOR = '\u001e';

/** PROTOCOL.md, "Framing": how deep values may nest. */
const MAX_LEVELS = 128;
const SIGNAL_TYPES = new Set(['offer', 'answer', 'ice-candidate', 'message']);
/** The fields of a signal that are Tokenly's own. */
const RESERVED = ['session_id', 'from', 'source', 'seq'];

const utf8 = new TextEncoder();

/** @param {string} text @returns {number} its bytes on the wire */
export const bytesOf = (text) => utf8.encode(text).length;

/** @param {unknown} value whether it may be the id of a session or a room (PROTOCOL.md, "Framing") */
export function isId(value) {
  return typeof value === 'string' && value.length >= 1 && value.length <= 128 && !/[\p{Cc}\p{Cs}]/u.test(value) && value !== '__proto__';
}

/** @param {Fields} message of a mailbox */
export const isSignal = ({ type }) => SIGNAL_TYPES.has(type);

/** @param {unknown} data of one frame @returns {unknown[]} its messages */
export const messagesOf = (data) => (typeof data === 'string' ? data.split(SEPARATOR) : [data]);

/** @param {unknown} data of one message @returns {Fields | undefined} undefined where it is no JSON object */
export function parse(data) {
  if (typeof data !== 'string') return undefined;
  try {
    const value = JSON.parse(data);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The frames that hold a secret. */
const SECRET_TYPES = new Set(['create-peer', 'resume', 'auth']);

/** @param {Fields} frame that is sent @returns {Fields} the same, or a copy without what no log may show: resume keys, and the token */
export function shown(frame) {
  if (!SECRET_TYPES.has(frame['type'])) return frame;
  const { token: _, ...rest } = withoutKeys(frame);
  return rest;
}

/** A signal as it stands now, whatever its sender does with it later. @param {string} sessionId @param {Fields} signal @returns {Fields} @throws {TokenlyError} */
export function signalFrame(sessionId, signal) {
  if (!SIGNAL_TYPES.has(signal?.['type'])) throw new TokenlyError('unknown-type');
  if (signal['to'] !== undefined && !isId(signal['to'])) throw new TokenlyError('bad-id');
  if (RESERVED.some((name) => Object.hasOwn(signal, name))) throw new TokenlyError('bad-frame');
  const { type, ...fields } = JSON.parse(textOf(signal));
  return { type, session_id: sessionId, ...fields };
}

/** @param {Fields} frame @returns {Fields} */
function withoutKeys(frame) {
  const { resume_key: _, ...rest } = frame;
  return Array.isArray(rest['sessions']) ? { ...rest, sessions: rest['sessions'].map(withoutKeys) } : rest;
}

/**
 * Lists of at most so many bytes of JSON; an entry that is larger stands alone.
 * @template T
 * @param {T[]} entries @param {number} maxBytes @returns {T[][]}
 */
export function chunksOf(entries, maxBytes) {
  /** @type {T[][]} */
  const chunks = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = bytesOf(JSON.stringify(entry)) + 1;
    if (bytes > room) {
      chunks.push([]);
      room = maxBytes;
    }
    chunks.at(-1)?.push(entry);
    room -= bytes;
  }
  return chunks;
}

/** @param {unknown} value @throws {TokenlyError} where it fits into no frame */
function textOf(value) {
  let text;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new TokenlyError('bad-frame', { cause }); // a circle, or a BigInt
  }
  if (levelsOf(text) > MAX_LEVELS) throw new TokenlyError('bad-json');
  return text;
}

/** @param {string} json @returns {number} how deep its values nest */
function levelsOf(json) {
  let levels = 0;
  let deepest = 0;
  for (const [mark] of json.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[\]{}]/g)) {
    levels += mark === '{' || mark === '[' ? 1 : -1;
    deepest = Math.max(deepest, levels);
  }
  return deepest;
}
