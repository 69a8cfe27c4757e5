import { TokenlyError } from './errors.js';

/** @typedef {import('./tokenly.js').Loss} Loss */

/** What the codes of a close ask of a client (PROTOCOL.md, "Close codes"); after any other one it comes back by its policy. */

/** After these it does not come back by itself; by the error that says why. @type {Readonly<Record<number, string>>} */
const FINAL_CODES = Object.freeze({ 4000: 'protocol-error', 4003: 'not-allowed', 4009: 'replaced', 4010: 'taken-over' });

/** The reason of these may say when to come back: `retry_after_ms=N`. */
export const TIMED_CODES = Object.freeze([1001, 1012, 1013, 4013]);

/** The token has expired: it comes back at once, with a new one. */
export const TOKEN_EXPIRED = 4001;

/** Nothing was heard of the client, most likely because its network was gone: it comes back at once. */
const HEARTBEAT_TIMEOUT = 4008;

/** After these it comes back at once, but not again and again. */
export const AT_ONCE_CODES = Object.freeze([TOKEN_EXPIRED, HEARTBEAT_TIMEOUT]);

/** The connection held no session: a client that has none rests until it needs one. */
export const UNUSED = 1008;

/** @param {Loss} loss @param {readonly number[]} [finalCodes] of the application @returns {TokenlyError | undefined} why there is no coming back by itself, where that is so */
export function refusalOf({ code, reason }, finalCodes = []) {
  const name = FINAL_CODES[code] ?? (finalCodes.includes(code) ? 'ended-by-server' : undefined);
  return name === undefined ? undefined : new TokenlyError(name, { message: reason || undefined });
}
