import { ask } from './asking.js';
import { TOKEN_EXPIRED } from './close-codes.js';
import { TokenlyError } from './errors.js';

/** @typedef {import('./connection.js').Connection} Connection */
/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').TokenSource} TokenSource */
/** @typedef {import('./tokenly.js').World} World */

/** The first pause of a renewal that fails, as a part of the time until the expiry. It doubles: that makes five questions. */
const FIRST_PAUSE = 1 / 16;

/**
 * Shows the server the token of the application, on each connection and again before it expires (PROTOCOL.md, "Tokens"). No token is kept
 * once it is sent, but for one that is fixed.
 */
export class Authentication {
  #world;
  #source;
  #troubled;
  /** That of the attempt, until it is sent. @type {string | undefined} */
  #token;
  /** How long a question may take. */
  #timeoutMillis = 0;
  #isAsking = false;
  #stopAsking = () => {};
  /** What waits for the token of the attempt. */
  #ready = () => {};
  #hasToldOfExpiry = false;

  /** @param {World} world @param {TokenSource | undefined} source @param {(error: TokenlyError) => void} troubled a renewal failed @throws {TypeError} where it is no source of tokens */
  constructor(world, source, troubled) {
    const isSource = source === undefined || typeof source === 'function' || isToken(source);
    if (!isSource) throw new TypeError('token is neither a string nor a function that returns one');
    this.#world = world;
    this.#source = source;
    this.#troubled = troubled;
  }

  /** Asks for the token of an attempt that begins, while its connection opens: so it costs no time of its own where it comes soon. @param {number} timeoutMillis @param {(error: TokenlyError) => void} failed `token-failed` */
  begin(timeoutMillis, failed) {
    this.stop();
    this.#timeoutMillis = timeoutMillis;
    if (typeof this.#source !== 'function') return void (this.#token = this.#source);
    this.#isAsking = true;
    this.#stopAsking = this.#ask(this.#source, timeoutMillis, (token) => {
      this.#isAsking = false;
      this.#token = token;
      this.#ready();
    }, failed);
  }

  /**
   * The server has welcomed the attempt.
   * @param {Fields} welcome @param {string} address @param {() => void} ready it can go on: at once, or when the token is there
   * @returns {TokenlyError | undefined} why it cannot
   */
  prepare({ features, token }, address, ready) {
    const isShown = this.#source !== undefined || /[?&]access_token=/.test(address);
    if (token === 'required' && !isShown) return new TokenlyError('unauthorized');
    const isUnderstood = Array.isArray(features) && features.includes('auth');
    if (!isUnderstood) this.stop(); // an older server: a token that cannot be had is no failure there
    if (this.#isAsking) this.#ready = ready;
    else ready();
    return undefined;
  }

  /** Sends the token, where there is one. @param {Connection} connection */
  show(connection) {
    if (this.#token !== undefined) connection.send(frameOf(this.#token));
    this.#token = undefined;
  }

  /** The server warns that the token expires: a new one is sent on the same connection. @param {Connection} connection @param {unknown} millis until then */
  renew(connection, millis) {
    const source = this.#source;
    if (typeof source !== 'function') return this.#tellOfExpiry();
    this.stop();
    const left = typeof millis === 'number' && millis > 0 ? millis : this.#timeoutMillis;
    this.#renew(source, { connection, endsAt: this.#world.elapsed() + left, pause: left * FIRST_PAUSE });
  }

  /** A connection has ended. @param {number} code */
  closed(code) {
    if (code === TOKEN_EXPIRED && typeof this.#source !== 'function') this.#tellOfExpiry();
  }

  /** The connection, or the attempt, is nothing to us any more. */
  stop() {
    this.#stopAsking();
    this.#stopAsking = this.#ready = () => {};
    this.#isAsking = false;
    this.#token = undefined;
  }

  /** @param {() => string | Promise<string>} source @param {{ connection: Connection, endsAt: number, pause: number }} renewal */
  #renew(source, { connection, endsAt, pause }) {
    const timeoutMillis = Math.min(this.#timeoutMillis, endsAt - this.#world.elapsed());
    this.#stopAsking = this.#ask(source, timeoutMillis, (token) => connection.send(frameOf(token)), (error) => {
      if (this.#world.elapsed() + pause < endsAt) {
        const timer = this.#world.setTimeout(() => this.#renew(source, { connection, endsAt, pause: 2 * pause }), pause);
        this.#stopAsking = () => this.#world.clearTimeout(timer);
      }
      this.#troubled(error);
    });
  }

  /** @param {() => string | Promise<string>} source @param {number} timeoutMillis @param {(token: string) => void} told @param {(error: TokenlyError) => void} failed */
  #ask(source, timeoutMillis, told, failed) {
    return ask(this.#world, timeoutMillis, source, {
      told: (token) => (isToken(token) ? told(token) : failed(failure('it returned no text'))),
      failed: (cause) => failed(failure('see the cause', cause)),
      timedOut: () => failed(failure(`it returned none within ${Math.round(timeoutMillis)} ms`)),
    });
  }

  #tellOfExpiry() {
    if (this.#hasToldOfExpiry) return;
    this.#hasToldOfExpiry = true;
    this.#troubled(new TokenlyError('token-not-renewable'));
  }
}

/** @param {string} token @returns {Fields} */
const frameOf = (token) => ({ type: 'auth', token });

/** @param {unknown} value */
const isToken = (value) => typeof value === 'string' && value !== '';

/** What the function returned, and what its error says, may hold a token: neither is in the message. @param {string} why @param {unknown} [cause] */
function failure(why, cause) {
  return new TokenlyError('token-failed', { message: `No token to show: the function for it failed (${why})`, cause });
}
