import { TokenlyError } from './errors.js';

/** @typedef {{ statusCode: number, statusMessage?: string, headers: Record<string, string | string[] | undefined>, resume(): void }} Response as Node shows it */

/** The longest wait that is taken from a `Retry-After`. */
const MAX_SECONDS = 86_400;

/** @param {Response} response to a handshake that was refused @returns {TokenlyError} */
export function refusalOf({ statusCode: status, statusMessage = '', headers }) {
  const seconds = /^0*[1-9]\d{0,8}$/.test(String(headers['retry-after'])) ? Number(headers['retry-after']) : undefined; // a date counts for none, and so does 0: it would be no pause
  const retryAfterMillis = seconds === undefined ? undefined : 1000 * Math.min(seconds, MAX_SECONDS);
  return new TokenlyError('handshake-refused', { message: `The handshake was answered with HTTP ${status} ${statusMessage}`.trimEnd(), status, retryAfterMillis });
}

/** @param {{ error?: unknown, message?: string | undefined }} event of a socket that failed; some platforms have the status in its text @returns {TokenlyError} */
export function failureOf({ error, message }) {
  const status = /\b(?:response|status)\D{0,40}?\b([1345]\d\d)\b/i.exec(message ?? '')?.[1];
  if (status === undefined || status === '101') return new TokenlyError('connection-failed', { message: message || undefined, cause: error });
  return new TokenlyError('handshake-refused', { message, cause: error, status: Number(status) });
}
