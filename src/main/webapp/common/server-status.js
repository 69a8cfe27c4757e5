/**
 * The six fields of `GET /status` (PROTOCOL.md, "Reconnecting").
 * @typedef {object} ServerStatus
 * @property {string} state
 * @property {number} active_sessions
 * @property {number} reconnect_attempts
 * @property {number} max_attempts
 * @property {number} next_delay_seconds
 * @property {string | null} last_attempt
 */

/** @type {readonly (keyof ServerStatus)[]} */
export const STATUS_FIELDS = ['state', 'active_sessions', 'reconnect_attempts', 'max_attempts', 'next_delay_seconds', 'last_attempt'];

/** A server that needs longer is not reachable. */
const ANSWER_MILLIS = 2000;

/** Asks a server for its state. */
export class StatusSource {
  #fetch;

  /** @param {typeof globalThis.fetch} fetch */
  constructor(fetch) {
    this.#fetch = fetch;
  }

  /** @param {string} url of a server's `/status` @returns {Promise<ServerStatus>} rejects where there is no readable answer in time; its cause is then the HTTP status, if there is one */
  async ask(url) {
    const response = await this.#fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MILLIS) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`, { cause: response.status });
    return response.json();
  }

  /**
   * Asks again and again, for as long as the page lives.
   * @param {() => string} url @param {number} pause before it asks again, in ms
   * @param {(status: ServerStatus | undefined, cause?: unknown) => void} told undefined where there was no answer, with the HTTP status if there is one
   */
  async watch(url, pause, told) {
    await this.ask(url()).then(told, (/** @type {Error} */ { cause }) => told(undefined, cause));
    setTimeout(() => this.watch(url, pause, told), pause);
  }
}
