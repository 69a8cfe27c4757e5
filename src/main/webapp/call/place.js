import { newName } from '../lib/call/names.js';

/** A tab's place in the room: the id of its session, which outlives a reload and which no copy of the tab shares. */

/** How long a page that is being reloaded may still hold its own place. A copied tab holds it for as long as it lives. */
const RELOAD_MILLIS = 700;

/** @typedef {Pick<LockManager, 'request'>} Locks */

export const newPlace = () => `call-${newName()}`;

/**
 * Takes the place that the tab had, or a new one where another live tab has that, as after "Duplicate tab", which copies the storage.
 *
 * @param {string | undefined} wanted @param {Locks | undefined} locks absent on pages that are not secure: then the old place is taken
 * @returns {Promise<{ session: string, isCopy: boolean }>}
 */
export async function takePlace(wanted, locks) {
  if (wanted !== undefined && (await hold(wanted, locks, RELOAD_MILLIS))) return { session: wanted, isCopy: false };
  const session = newPlace();
  await hold(session, locks, RELOAD_MILLIS);
  return { session, isCopy: wanted !== undefined };
}

/** Until the page is gone. @param {string} session @param {Locks | undefined} locks @param {number} millis @returns {Promise<boolean>} whether it is ours */
function hold(session, locks, millis) {
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const held = () => {
      resolve(true);
      return new Promise(() => undefined);
    };
    locks.request(`tokenly-${session}`, { signal: AbortSignal.timeout(millis) }, held).catch(() => resolve(false));
  });
}
