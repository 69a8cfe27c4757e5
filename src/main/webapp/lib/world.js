import { TokenlyError } from './errors.js';

/** @typedef {import('./tokenly.js').ConnectOptions} ConnectOptions */
/** @typedef {import('./tokenly.js').World} World */

/** @param {number} count */
export const randomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

/** The surroundings of a client: what the options say, else the browser's or Node's own. @param {ConnectOptions} options @returns {World} @throws {TokenlyError} */
export function worldOf({ world = {}, WebSocket = world.WebSocket ?? globalThis.WebSocket, storage = world.storage }) {
  if (!WebSocket) throw new TokenlyError('no-websocket');
  if (!world.randomBytes && !globalThis.crypto?.getRandomValues) throw new TokenlyError('no-crypto');
  return {
    setTimeout: (act, millis) => setTimeout(act, millis),
    clearTimeout: (timer) => clearTimeout(timer),
    now: () => Date.now(),
    elapsed: () => performance.now(),
    random: () => Math.random(),
    randomBytes,
    window: globalThis.window ?? globalThis.self, // a worker has only the latter
    document: globalThis.document,
    connection: /** @type {{ connection?: EventTarget } | undefined} */ (globalThis.navigator)?.connection,
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
 * Listens for what says that time may have passed unnoticed, or that the network is another one, and for the abort of a signal.
 * @param {World} world @param {AbortSignal | undefined} signal @param {(isNetwork: boolean) => void} woke whether it is about the network @param {() => void} aborted @returns {() => void} ends it
 */
export function listenOutside({ window, document, connection }, signal, woke, aborted) {
  const changed = () => woke(true);
  const shown = () => void (document?.visibilityState === 'hidden' || woke(false));
  /** @type {[EventTarget | undefined, string, () => void][]} */
  const wakings = [[window, 'online', changed], [window, 'pageshow', shown], [document, 'visibilitychange', shown], [connection, 'change', changed], [signal, 'abort', aborted]];
  // Where `window` is only another name of the global object, as in React Native, it tells nothing.
  for (const [target, name, listener] of wakings) target?.addEventListener?.(name, listener);
  return () => {
    for (const [target, name, listener] of wakings) target?.removeEventListener?.(name, listener);
  };
}
