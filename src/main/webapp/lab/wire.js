import { ADVICE, lookUp, OTHER_ADVICE } from './advice.js';
import { TEXTS } from './texts.js';

/** @typedef {import('../lib/tokenly.js').Client} LibraryClient */
/** @typedef {import('../lib/tokenly.js').Fields} Frame */
/** @typedef {import('../lib/tokenly.js').TokenlyError} TokenlyError */
/** @typedef {import('./states.js').Listener} Listener */
/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('./texts.js').TextKey} TextKey */

/** What goes over the connections of one client, as the log tells it. */
export class Wire {
  #elapsed;
  #settings;
  #listener;
  /** When the first ping left that nothing answered yet. @type {number | undefined} */
  #askedAt;
  /** Messages up to this number came while the page was away. */
  #replayedTo = 0;

  /** @param {() => number} elapsed ms, by the clock that is never set @param {Settings} settings @param {Listener} listener */
  constructor(elapsed, settings, listener) {
    this.#elapsed = elapsed;
    this.#settings = settings;
    this.#listener = listener;
  }

  /** @param {LibraryClient} client */
  listenTo(client) {
    client.on('state', ({ state }) => {
      if (state === 'welcoming') this.#askedAt = undefined;
    });
    client.on('sent', ({ text, frame }) => this.#sent(text, frame));
    client.on('received', ({ data, frame }) => this.#received(data, frame));
    client.on('latency', ({ millis }) => this.#listener.answered(millis));
    client.on('error', (error) => this.#troubled(error));
  }

  /** @param {string} text @param {Frame} frame */
  #sent(text, frame) {
    if (frame['type'] === 'ping') this.#askedAt ??= this.#elapsed();
    this.#listener.sent(frame['type'] === 'create-peer' ? shortCreate(frame) : text, frame);
  }

  /** @param {unknown} data @param {Frame | undefined} frame */
  #received(data, frame) {
    this.#askedAt = undefined;
    if (frame?.['type'] === 'resumed' || frame?.['type'] === 'peer-created') this.#replayedTo = frame['last'] ?? 0;
    this.#listener.received(data, frame, frame?.['seq'] <= this.#replayedTo);
    if (frame?.['type'] === 'peer-created' && frame['success'] === false) this.#explain('notCreated', frame['error']);
    if (frame?.['type'] === 'error') this.#explain('serverError', frame);
  }

  /** @param {TextKey} key @param {any} error whatever the server sent, at best its code and message */
  #explain(key, error) {
    const [code, message] = [error?.code, error?.message].map((value) => (typeof value === 'string' ? value : '?'));
    this.#listener.said(key, { code, message, advice: lookUp(ADVICE, code) ?? OTHER_ADVICE });
  }

  /** @param {TokenlyError} error */
  #troubled({ code, message, cause }) {
    switch (code) {
      case 'connect-timeout': return this.#listener.said('notConnected', { ms: this.#settings.connectTimeout });
      case 'heartbeat-timeout': return this.#listener.said('silent', { ms: Math.round(this.#elapsed() - (this.#askedAt ?? 0)) });
      case 'connection-failed':
        // A browser tells a cause only where the page may not open such a socket at all, as from https to ws.
        return cause ? this.#listener.said('connectionError', { cause: message, hint: TEXTS.hintOther }) : undefined;
      case 'token-failed': return this.#listener.said('tokenFailed');
      default: return undefined; // an `error` frame, which is explained where it comes
    }
  }
}

/** As the guide shows it: the key is a secret, the rest is of use to nobody who reads along. @param {Frame} frame */
const shortCreate = ({ type, session_id, room_id }) => JSON.stringify({ type, session_id, room_id });
