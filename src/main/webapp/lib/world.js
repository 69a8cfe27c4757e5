import { TokenlyError } from './errors.js';

/** @typedef {import('./tokenly.js').ConnectOptions} ConnectOptions */
/** @typedef {import('./tokenly.js').World} World */

/** The surroundings of a client: what the options say, else the browser's or Node's own. @param {ConnectOptions} options @returns {World} @throws {TokenlyError} */
export function worldOf({ world = {}, WebSocket = world.WebSocket ?? globalThis.WebSocket, storage = world.storage }) {
  if (!WebSocket) throw new TokenlyError('no-websocket');
  return {
    setTimeout: (act, millis) => setTimeout(act, millis),
    clearTimeout: (timer) => clearTimeout(timer),
    now: () => Date.now(),
    elapsed: () => performance.now(),
    random: () => Math.random(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    window: globalThis.window,
    document: globalThis.document,
    ...world,
    WebSocket,
    storage: storage === undefined ? ownStorage() : storage,
  };
}

/** That of the page: only there it is one tab's. */
function ownStorage() {
  try {
    return globalThis.window?.sessionStorage ?? null;
  } catch {
    return null; // the browser forbids it: the keys last as long as the page
  }
}

/**
 * Listens for what says that time may have passed unnoticed, or that the network is back.
 * @param {World} world @param {(isOnline: boolean) => void} woke @returns {() => void} ends it
 */
export function listenForWaking({ window, document }, woke) {
  const online = () => woke(true);
  const shown = () => woke(false);
  const visible = () => document?.visibilityState === 'visible' && woke(false);
  // Where `window` is only another name of the global object, as in React Native, it tells nothing.
  window?.addEventListener?.('online', online);
  window?.addEventListener?.('pageshow', shown);
  document?.addEventListener?.('visibilitychange', visible);
  return () => {
    window?.removeEventListener?.('online', online);
    window?.removeEventListener?.('pageshow', shown);
    document?.removeEventListener?.('visibilitychange', visible);
  };
}
