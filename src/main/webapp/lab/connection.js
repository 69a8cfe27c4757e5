import { Heartbeat } from './heartbeat.js';

/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('./texts.js').TextKey} TextKey */
/** @typedef {{ code: number, reason: string }} Loss how a connection ended */
/** @typedef {Record<string, any>} Frame whatever the server sent, at best as PROTOCOL.md says */

/**
 * What is used of a WebSocket.
 * @typedef {object} Socket
 * @property {(text: string) => void} send
 * @property {(code?: number, reason?: string) => void} close
 * @property {((event: any) => void) | null} onopen
 * @property {((event: any) => void) | null} onmessage
 * @property {((event: any) => void) | null} onclose
 */

/**
 * The surroundings: the browser's own on the page, made-up ones in the tests.
 * @typedef {object} World
 * @property {new (url: string) => Socket} WebSocket
 * @property {(act: () => void, millis: number) => unknown} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} now ms since 1970
 */

/**
 * Who hears of one connection.
 * @typedef {object} Owner
 * @property {() => void} opened
 * @property {(text: string, frame: Frame) => void} sent
 * @property {(data: unknown, frame: Frame | undefined) => void} received `frame` where the data is a JSON object
 * @property {(millis: number) => void} answered the round trip of a ping
 * @property {(key: TextKey, millis: number) => void} overdue what did not come in time; the connection is over
 */

/** How an end is named of which the far side knows nothing (RFC 6455, 7.1.5). @type {Loss} */
export const LOST = Object.freeze({ code: 1006, reason: '' });

/** Why we close. The server takes any code but 1000 and 1001 for a loss and keeps the session. */
export const CLOSE_CODES = Object.freeze({ LEAVING: 1000, RECONNECT: 3000, SIMULATED_FAILURE: 3001, SILENCE: 3002 });

/** One socket, from its attempt to its end. After `end`, and after `overdue` or `closed`, its owner hears no more of it. */
export class Connection {
  #world;
  #socket;
  #owner;
  #heartbeat;
  #deadline;

  /** @param {World} world @param {Settings} settings @param {Owner & { closed: (loss: Loss) => void }} owner */
  constructor(world, settings, owner) {
    const { connectTimeout } = settings;
    this.#world = world;
    this.#owner = owner;
    this.#socket = new world.WebSocket(settings.url);
    this.#deadline = world.setTimeout(() => this.#overdue('notConnected', connectTimeout), connectTimeout);
    this.#heartbeat = new Heartbeat(world, settings, (id) => this.send({ type: 'ping', id }), (ms) => this.#overdue('silent', ms));
    this.#socket.onopen = () => this.#opened();
    this.#socket.onmessage = ({ data }) => this.#received(data);
    this.#socket.onclose = ({ code, reason }) => {
      this.#rest();
      owner.closed({ code, reason });
    };
  }

  /** @param {Frame} frame */
  send(frame) {
    const text = JSON.stringify(frame);
    this.#owner.sent(text, frame);
    this.#socket.send(text);
  }

  /** Finds out soon whether the connection is still alive. */
  probe() {
    this.#heartbeat.probe();
  }

  /** Ends now. The far side is told, but not waited for: a dead one would not answer. @param {number} code @param {string} reason */
  end(code, reason) {
    this.#rest();
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close(code, reason);
  }

  #opened() {
    this.#world.clearTimeout(this.#deadline);
    this.#heartbeat.start();
    this.#owner.opened();
  }

  /** @param {unknown} data */
  #received(data) {
    this.#heartbeat.heard();
    const frame = parse(data);
    const millis = frame?.['type'] === 'pong' ? this.#heartbeat.roundTrip(frame['id']) : undefined;
    if (millis !== undefined) this.#owner.answered(millis);
    this.#owner.received(data, frame);
  }

  /** @param {TextKey} key @param {number} millis */
  #overdue(key, millis) {
    this.end(CLOSE_CODES.SILENCE, 'no answer');
    this.#owner.overdue(key, millis);
  }

  #rest() {
    this.#world.clearTimeout(this.#deadline);
    this.#heartbeat.stop();
  }
}

/** @param {unknown} data @returns {Frame | undefined} */
function parse(data) {
  if (typeof data !== 'string') return undefined;
  try {
    const value = JSON.parse(data);
    return value !== null && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
