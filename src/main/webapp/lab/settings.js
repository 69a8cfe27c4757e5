import { isId } from '../lib/frames.js';
import { TEXTS } from './texts.js';

/** @typedef {import('../common/language.js').Text} Text */

/**
 * @typedef {object} Settings
 * @property {string} url
 * @property {string} session
 * @property {string} room
 * @property {number} maxAttempts
 * @property {number} initialDelay ms before the first attempt
 * @property {number} heartbeat ms between two pings
 * @property {number} heartbeatTimeout ms to wait for an answer to a ping
 * @property {number} connectTimeout ms to wait for a connection
 */

/** @typedef {{ min: number, max: number }} Range */

/** No delay is longer (PROTOCOL.md, "Reconnecting"). */
const MAX_DELAY_MILLIS = 30_000;

/** @type {Record<string, Range>} */
export const RANGES = {
  maxAttempts: { min: 1, max: 20 },
  initialDelay: { min: 10, max: MAX_DELAY_MILLIS },
  heartbeat: { min: 100, max: 3_600_000 },
  heartbeatTimeout: { min: 100, max: 600_000 },
  connectTimeout: { min: 100, max: 600_000 },
};

/** From one delay to the next (PROTOCOL.md, "Reconnecting"). */
const FACTOR = 2;

/** The delay before each attempt, in ms. @param {Pick<Settings, 'initialDelay' | 'maxAttempts'>} policy */
export function delaysOf({ initialDelay, maxAttempts }) {
  return Array.from({ length: maxAttempts }, (_, k) => Math.min(initialDelay * FACTOR ** k, MAX_DELAY_MILLIS));
}

/** Whether two settings mean one session of one server; it can change rooms. @param {Settings} one @param {Settings} other */
export const isSameSession = (one, other) => one.url === other.url && one.session === other.session;

/** The id of a session nobody else has. @param {number} now ms since 1970 */
export const newSession = (now) => `test-session-${now}`;

/** @param {string} page the address of the page @param {number} now ms since 1970 @returns {Settings} */
export function defaultSettings(page, now) {
  const url = new URL('rtc', page);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return {
    url: url.href,
    session: newSession(now),
    room: 'test-room-001',
    maxAttempts: 5,
    initialDelay: 1000,
    heartbeat: 10_000,
    heartbeatTimeout: 5000,
    connectTimeout: 10_000,
  };
}

/** Where the server at a WebSocket address tells its state: beside it. @param {string} url */
export function statusUrl(url) {
  const status = new URL('status', url);
  status.protocol = status.protocol === 'wss:' ? 'https:' : 'http:';
  return status.href;
}

/** @param {string} name of a setting @param {string} value as typed @returns {Text | undefined} what is wrong with it */
export function complaintAbout(name, value) {
  const range = RANGES[name];
  if (range) {
    const isGood = /^\d{1,9}$/.test(value) && Number(value) >= range.min && Number(value) <= range.max;
    return isGood ? undefined : TEXTS.rangeComplaint;
  }
  if (name === 'url') return isSocketUrl(value) ? undefined : TEXTS.urlComplaint;
  return isId(value) ? undefined : TEXTS.idComplaint;
}

/** Takes over what is good of `values`, whoever wrote them. @param {Settings} settings @param {Record<string, unknown>} values */
export function merge(settings, values) {
  const merged = /** @type {Record<string, string | number>} */ ({ ...settings });
  for (const [name, old] of Object.entries(settings)) {
    const value = Object.hasOwn(values, name) ? String(values[name]) : '';
    if (complaintAbout(name, value) === undefined) merged[name] = typeof old === 'number' ? Number(value) : value;
  }
  return /** @type {Settings} */ (/** @type {unknown} */ (merged));
}

/** @param {string} value */
function isSocketUrl(value) {
  if (!URL.canParse(value)) return false;
  const { protocol, hash } = new URL(value);
  return /^wss?:$/.test(protocol) && hash === '';
}
