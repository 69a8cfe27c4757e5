import { byId, element } from '../common/dom.js';
import { TEXTS } from './texts.js';

/** @typedef {import('../common/language.js').Speak} Speak */
/** @typedef {import('../common/language.js').Text} Text */

/**
 * What `GET /info` says of a server.
 * @typedef {object} ServerInfo
 * @property {boolean} [turn] whether it gives out a TURN server
 * @property {boolean} [stun]
 * @property {boolean} [token] whether it asks for tokens
 */

/** A server that needs longer has nothing to say. */
const ANSWER_MILLIS = 5000;

/** @param {typeof globalThis.fetch} fetch @param {string} url of `/info` @returns {Promise<ServerInfo>} empty where there is no good answer, as from an older server */
export async function askInfo(fetch, url) {
  try {
    const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MILLIS) });
    return response.ok ? ((await response.json()) ?? {}) : {};
  } catch {
    return {};
  }
}

/** What a person should know before the first call. @param {ServerInfo} info @returns {Text[]} */
export function missingOf({ turn, token }) {
  const texts = [];
  if (turn === false) texts.push(TEXTS.noTurn);
  if (token === true) texts.push(TEXTS.asksForTokens);
  return texts;
}

/** The notice, which is not there where nothing is missing. @param {ServerInfo} info @param {Speak} speak */
export function showMissing(info, speak) {
  const texts = missingOf(info);
  byId('missing').hidden = texts.length === 0;
  byId('missing-list').replaceChildren(...texts.map((text) => element('li', {}, speak(text))));
}
