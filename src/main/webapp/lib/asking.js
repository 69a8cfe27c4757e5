/** @typedef {import('./tokenly.js').World} World */

/**
 * Calls a function of the application and waits for what it returns, but not for ever: one of the three listeners is called, once.
 * @template T
 * @param {World} world @param {number} timeoutMillis @param {() => T | Promise<T>} source
 * @param {{ told: (value: T) => void, failed: (cause: unknown) => void, timedOut: () => void }} listeners
 * @returns {() => void} ends the wait: none of them is called any more
 */
export function ask(world, timeoutMillis, source, { told, failed, timedOut }) {
  let isOver = false;
  const end = (/** @type {() => void} */ act) => {
    world.clearTimeout(timer);
    if (isOver) return;
    isOver = true;
    act();
  };
  const timer = world.setTimeout(() => end(timedOut), timeoutMillis);
  // The function is called after this has returned, so that it can itself end the wait, as by `close()`.
  void Promise.resolve().then(() => source()).then((value) => end(() => told(value)), (cause) => end(() => failed(cause)));
  return () => end(() => {});
}
