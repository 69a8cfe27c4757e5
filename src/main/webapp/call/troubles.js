/** What is in the way, in words. */

/** @typedef {import('./texts.js').TextKey} TextKey */
/** @typedef {{ key: TextKey, values?: Record<string, unknown> }} Trouble */

/** By the name of a DOMException of getUserMedia. @type {Record<string, TextKey>} */
const DEVICE = {
  NotAllowedError: 'permissionRefused',
  SecurityError: 'permissionRefused',
  NotFoundError: 'noDevice',
  OverconstrainedError: 'noDevice',
  NotReadableError: 'deviceInUse',
  AbortError: 'deviceInUse',
};

/** By the code of a TokenlyError. @type {Record<string, TextKey>} */
const JOIN = {
  'call-full': 'roomFull',
  'room-full': 'roomFull',
  'server-full': 'serverFull',
  'quota-exceeded': 'quotaExceeded',
  unauthorized: 'tokenNeeded',
  'not-allowed': 'tokenRefused',
  'session-in-use': 'sessionInUse',
  'no-webrtc': 'noWebRtc',
  'bad-id': 'badRoom',
  'gave-up': 'gaveUp',
};

const TOKEN_CODES = new Set(['unauthorized', 'not-allowed']);

/** @param {unknown} error @returns {Trouble} */
export function deviceTrouble(error) {
  const { name, message } = /** @type {Error} */ (error);
  return { key: DEVICE[name] ?? 'deviceFailed', values: { cause: message || name } };
}

/** @param {unknown} error @returns {Trouble} */
export function joinTrouble(error) {
  const { code = '', message } = /** @type {{ code?: string, message: string }} */ (error);
  return { key: JOIN[code] ?? 'joinFailed', values: { cause: message } };
}

/** Why a call has no signaling any more. @param {unknown} error @param {import('./texts.js').Speak} speak */
export function stopReason(error, speak) {
  const { key, values = {} } = joinTrouble(error);
  return key === 'joinFailed' ? String(values['cause']) : speak(key, values);
}

/** Whether a token, or another one, may help. @param {unknown} error */
export const asksForToken = (error) => TOKEN_CODES.has(String(/** @type {{ code?: unknown }} */ (error)?.code));
