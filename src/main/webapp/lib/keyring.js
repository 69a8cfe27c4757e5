import { TokenlyError } from './errors.js';

/** @typedef {import('./tokenly.js').World} World */

/**
 * What proves that a session is ours.
 * @typedef {object} Entry
 * @property {string} roomId
 * @property {string} resumeKey
 * @property {string | undefined} epoch none until the server has told it
 */

/** @typedef {Entry['epoch']} Epoch */

/** Everything in one storage, whatever the server; a session id names one session of one server. */
const NAME = 'tokenly.sessions';
/** PROTOCOL.md, "Framing": 256 random bits. */
const KEY_BYTES = 32;
const KEY = /^[\w-]{43}$/;

/** The resume keys of the sessions at one server. They outlive a reload where there is a storage, which may be full or forbidden. */
export class Keyring {
  #world;
  #url;
  /** @type {Map<string, Entry>} */
  #entries;
  #failed;
  #hasFailed = false;

  /** @param {World} world @param {string} url @param {(error: TokenlyError) => void} [failed] the storage did, for the first time: the keys last as long as this client */
  constructor(world, url, failed = () => {}) {
    this.#world = world;
    this.#failed = failed;
    this.#url = addressOf(url);
    this.#entries = new Map(Object.entries(this.#stored()[this.#url] ?? {}).filter(([, entry]) => isEntry(entry)));
  }

  /** Our claim to a session: what we know of it, else a new key. @param {string} sessionId @param {string} roomId */
  claim(sessionId, roomId) {
    const known = this.#entries.get(sessionId);
    const epoch = known?.roomId === roomId ? known.epoch : undefined; // in another room it is created anew
    return new Claim(this, sessionId, { roomId, resumeKey: known?.resumeKey ?? base64url(this.#world, KEY_BYTES), epoch });
  }

  list() {
    return [...this.#entries].map(([sessionId, { roomId }]) => ({ sessionId, roomId }));
  }

  /** @param {string} sessionId @param {Entry} entry */
  keep(sessionId, entry) {
    this.#entries.set(sessionId, entry);
    this.#store(sessionId, entry);
  }

  /** Unless another client of the storage has had the session since. @param {string} sessionId @param {Entry} entry */
  forget(sessionId, { resumeKey, epoch }) {
    this.#entries.delete(sessionId);
    const stored = this.#stored()[this.#url]?.[sessionId];
    if (stored?.resumeKey === resumeKey && stored.epoch === epoch) this.#store(sessionId, undefined);
  }

  /** @returns {Record<string, Record<string, Entry>>} what is there now; another client may have written since */
  #stored() {
    try {
      const value = JSON.parse(this.#world.storage?.getItem(NAME) ?? '{}');
      return value !== null && typeof value === 'object' ? value : {};
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) this.#fail(cause); // else it is not ours
      return {};
    }
  }

  /** @param {string} sessionId @param {Entry | undefined} entry */
  #store(sessionId, entry) {
    const { [this.#url]: sessions, ...others } = this.#stored();
    const { [sessionId]: _, ...rest } = sessions ?? {};
    try {
      this.#world.storage?.setItem(NAME, JSON.stringify({ ...others, [this.#url]: entry ? { ...rest, [sessionId]: entry } : rest }));
    } catch (cause) {
      this.#fail(cause); // full or forbidden
    }
  }

  /** @param {unknown} cause */
  #fail(cause) {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    const message = cause instanceof Error ? cause.message : undefined;
    this.#failed(cause instanceof TokenlyError ? cause : new TokenlyError('storage-failed', { message, cause }));
  }
}

/** @param {Pick<World, 'randomBytes'>} world @param {number} count of random bytes */
export function base64url(world, count) {
  const text = btoa(String.fromCharCode(...world.randomBytes(count)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Origin and path of a server, without what may be another the next time, as a token. As text: React Native takes no URL apart. @param {string} url */
const addressOf = (url) => url.replace(/[?#].*$/s, '').replace(/^(\w+:\/\/)[^/]*@/, '$1');

/** What proves that one session is ours. */
class Claim {
  #keyring;
  #sessionId;
  #entry;

  /** @param {Keyring} keyring @param {string} sessionId @param {Entry} entry */
  constructor(keyring, sessionId, entry) {
    this.#keyring = keyring;
    this.#sessionId = sessionId;
    this.#entry = entry;
  }

  get resumeKey() {
    return this.#entry.resumeKey;
  }

  /** Undefined until the server has told it. @returns {Epoch} */
  get epoch() {
    return this.#entry.epoch;
  }

  /** @param {Epoch} epoch */
  set epoch(epoch) {
    this.#entry = { ...this.#entry, epoch };
  }

  keep() {
    this.#keyring.keep(this.#sessionId, this.#entry);
  }

  forget() {
    this.#keyring.forget(this.#sessionId, this.#entry);
  }
}

/** @param {any} value */
function isEntry(value) {
  const { roomId, resumeKey, epoch } = value ?? {};
  return typeof roomId === 'string' && typeof resumeKey === 'string' && KEY.test(resumeKey) && typeof epoch !== 'object';
}
