import { callAddress } from '../common/call-address.js';

/** A secret that moves a call to another device: good once, and not for long. */

export const LIFE_MILLIS = 10 * 60_000;
const BYTES = 16;

export class MoveCode {
  text;
  #now;
  #expiresAt;
  #isUsed = false;

  /** @param {() => number} now ms on a clock that does not jump @param {Uint8Array} [bytes] of chance, 16 */
  constructor(now, bytes = crypto.getRandomValues(new Uint8Array(BYTES))) {
    this.text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    this.#now = now;
    this.#expiresAt = now() + LIFE_MILLIS;
  }

  /** ms until it is good no more. */
  get rest() {
    return this.#isUsed ? 0 : Math.max(0, this.#expiresAt - this.#now());
  }

  /** Whether it is this one, and was good until now. @param {unknown} text */
  use(text) {
    if (text !== this.text || this.rest === 0) return false;
    this.#isUsed = true;
    return true;
  }
}

/** The link that takes the call over. The code stands in its fragment, which no server is told. @param {string} page its address @param {{ room: string, from: string, code: string }} move */
export function linkOf(page, { room, ...secret }) {
  const link = callAddress(page, room);
  link.hash = new URLSearchParams(secret).toString();
  return link.href;
}

/** The move that a link asks for. @param {string} page @returns {{ from: string, code: string } | undefined} */
export function moveOf(page) {
  const secret = new URLSearchParams(new URL(page).hash.slice(1));
  const [from, code] = [secret.get('from'), secret.get('code')];
  return from && code ? { from, code } : undefined;
}
