import { TokenlyError } from './errors.js';
import { asksByAddress, messagesOf, parse, PROTOCOLS, shown } from './frames.js';
import { failureOf, refusalOf } from './handshake.js';
import { Heartbeat } from './heartbeat.js';

/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').Loss} Loss */
/** @typedef {import('./tokenly.js').World} World */
/** @typedef {import('./policy.js').Policy} Policy */

/**
 * Who hears of one connection.
 * @typedef {object} Owner
 * @property {() => void} opened
 * @property {(event: { text: string, frame: Fields }) => void} sent without what is secret
 * @property {(event: { data: unknown, frame: Fields | undefined }) => void} received
 * @property {(event: { millis: number }) => void} answered the round trip of a ping
 * @property {(error: TokenlyError) => void} troubled something went wrong; the end follows, where it is one
 * @property {(loss: Loss, error?: TokenlyError) => void} lost the end, which is the last that is heard
 */

/** How an end is named of which the far side knows nothing (RFC 6455, 7.1.5). @type {Loss} */
export const LOST = Object.freeze({ code: 1006, reason: '' });

/** Why we close. For the server every code is a loss: it keeps what was not left before. One of before `leave` ends the sessions at 1000. */
export const CLOSE_CODES = Object.freeze({ LEAVING: 1000, RECONNECT: 3000, SIMULATED_FAILURE: 3001, SILENCE: 3002, GAP: 3003 });

/** How long a close handshake may take. */
const CLOSE_WAIT_MILLIS = 1000;

/** One socket, from its attempt to its end. Its owner hears nothing of it after `end`, `leave` and `lost`. */
export class Connection {
  #world;
  #socket;
  #owner;
  #deadline;
  /** From the welcome on. @type {Heartbeat | undefined} */
  #heartbeat;
  #isOpen = false;

  /** @param {World} world @param {string} url @param {number} timeoutMillis until the welcome @param {Owner} owner @throws where the browser forbids such a socket */
  constructor(world, url, timeoutMillis, owner) {
    this.#world = world;
    this.#owner = owner;
    this.#socket = new world.WebSocket(url, asksByAddress(url) ? [] : PROTOCOLS);
    this.#socket.onopen = () => this.#opened(asksByAddress(url));
    this.#socket.on?.('unexpected-response', (/** @type {unknown} */ _, /** @type {import('./handshake.js').Response} */ response) => this.#refused(response));
    this.#socket.onmessage = ({ data }) => messagesOf(data).forEach((message) => this.#received(message));
    this.#socket.onerror = (event) => this.#failed(event);
    this.#socket.onclose = ({ code, reason }) => this.#over({ code, reason: String(reason ?? '') });
    this.#deadline = world.setTimeout(() => this.#giveUp('connect-timeout'), timeoutMillis);
  }

  get isOpen() {
    return this.#isOpen;
  }

  /** The server's `welcome` came: from now on silence is a loss. @param {Policy} policy @param {number} patienceMillis how much longer each answer may take */
  welcomed({ heartbeat }, patienceMillis) {
    this.#world.clearTimeout(this.#deadline);
    this.#heartbeat = new Heartbeat(this.#world, { ...heartbeat, patienceMillis }, {
      ping: (id) => this.send({ type: 'ping', id }),
      unsentBytes: () => this.#socket.bufferedAmount ?? 0,
      fellSilent: () => this.#giveUp('heartbeat-timeout'),
    });
    this.#heartbeat.start();
  }

  /** @param {Fields} frame */
  send(frame) {
    if (!this.#isOpen) return; // a listener has ended it while others were still to be told
    const text = JSON.stringify(frame);
    this.#socket.send(text);
    const told = shown(frame);
    this.#owner.sent({ text: told === frame ? text : JSON.stringify(told), frame: told });
  }

  /** Finds out soon whether the connection is still alive. */
  probe() {
    this.#heartbeat?.probe();
  }

  /** Ends now. The far side is told, but not waited for: a dead one would not answer. @param {number} code @param {string} reason */
  end(code, reason) {
    this.#rest();
    this.#socket.close(code, reason);
  }

  /** Ends now, and where the socket can do so the far side is not told either. @param {number} code @param {string} reason */
  drop(code, reason) {
    this.#rest();
    if (this.#socket.terminate) this.#socket.terminate();
    else this.#socket.close(code, reason);
  }

  /**
   * Leaves, and ends with a close handshake. The owner is told of none of it.
   * @param {number} code @param {Fields[]} frames to say first @param {(frame: Fields) => boolean} isOver takes what comes then, and says whether all is answered
   * @returns {Promise<Loss>} how it ended, after 1 s at the latest
   */
  leave(code, frames, isOver) {
    const waits = this.#isOpen && frames.length > 0;
    this.#rest();
    const socket = this.#socket;
    return new Promise((resolve) => {
      const timer = this.#world.setTimeout(() => {
        socket.onmessage = null;
        if (waits) socket.close(code);
        socket.terminate?.();
        resolve(LOST);
      }, CLOSE_WAIT_MILLIS);
      socket.onclose = (event) => {
        this.#world.clearTimeout(timer);
        resolve({ code: event.code, reason: String(event.reason ?? '') });
      };
      if (!waits) return socket.close(code);
      socket.onmessage = ({ data }) => {
        const hasAll = messagesOf(data).map(parse).some((frame) => frame && isOver(frame));
        if (!hasAll) return;
        socket.onmessage = null;
        socket.close(code);
      };
      for (const frame of frames) socket.send(JSON.stringify(frame));
    });
  }

  /** @param {boolean} isAgreed whether the address asked for the subprotocol: then the handshake need not name it */
  #opened(isAgreed) {
    const { protocol } = this.#socket;
    if (!PROTOCOLS.includes(protocol) && !(isAgreed && !protocol)) {
      this.end(CLOSE_CODES.LEAVING, '');
      return this.#owner.lost(LOST, new TokenlyError('not-resumable'));
    }
    this.#isOpen = true;
    this.#owner.opened();
  }

  /** @param {unknown} data of one message */
  #received(data) {
    if (!this.#isOpen) return; // one before it in the frame was the end
    const frame = parse(data);
    this.#heartbeat?.heard();
    const millis = frame?.['type'] === 'pong' ? this.#heartbeat?.roundTrip(frame['id']) : undefined;
    if (millis !== undefined) this.#owner.answered({ millis });
    this.#owner.received({ data, frame });
  }

  /** @param {{ error?: unknown, message?: string }} event whose cause only Node tells; its close event follows */
  #failed({ error, message }) {
    // What `ws` says where the server has answered without the subprotocol.
    if (message === 'Server sent no subprotocol') return this.#over(LOST, new TokenlyError('not-resumable', { cause: error }));
    this.#owner.troubled(failureOf({ error, message }));
  }

  /** @param {import('./handshake.js').Response} response */
  #refused(response) {
    response.resume();
    this.drop(CLOSE_CODES.SILENCE, 'refused');
    this.#owner.troubled(refusalOf(response));
    this.#owner.lost(LOST);
  }

  /** @param {'connect-timeout' | 'heartbeat-timeout'} code */
  #giveUp(code) {
    this.drop(CLOSE_CODES.SILENCE, 'no answer');
    this.#owner.troubled(new TokenlyError(code));
    this.#owner.lost(LOST);
  }

  /** @param {Loss} loss @param {TokenlyError} [error] */
  #over(loss, error) {
    this.#rest();
    this.#owner.lost(loss, error);
  }

  #rest() {
    this.#isOpen = false;
    this.#world.clearTimeout(this.#deadline);
    this.#heartbeat?.stop();
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.onerror = () => {}; // `ws` throws where no listener is set; of an end that we want it is no news
  }
}
