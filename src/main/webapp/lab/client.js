import { Backoff, delaysOf } from './backoff.js';
import { CLOSE_CODES, Connection, LOST } from './connection.js';
import { ADVICE, lookUp, OTHER_ADVICE, REFUSALS, TEXTS } from './texts.js';

/** @typedef {import('./connection.js').World} World */
/** @typedef {import('./connection.js').Frame} Frame */
/** @typedef {import('./connection.js').Loss} Loss */
/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('./texts.js').Text} Text */
/** @typedef {import('./texts.js').TextKey} TextKey */
/** @typedef {import('./texts.js').Values} Values */

/** @typedef {'idle' | 'connecting' | 'joining' | 'connected' | 'outside' | 'waiting' | 'gaveUp' | 'refused'} State */
/** @typedef {'connect' | 'opened' | 'joined' | 'rejected' | 'lost' | 'exhausted' | 'refused' | 'due' | 'reconnect' | 'disconnect'} Step */

/**
 * The client at one moment.
 * @typedef {object} View
 * @property {State} state
 * @property {number} attempt the attempt that is due or under way, 0 where there was no loss
 * @property {number} maxAttempts
 * @property {number} delay before that attempt, in ms
 * @property {number} dueAt when it is due, in ms since 1970
 * @property {Text | undefined} why what the person at the page should know and do
 */

/**
 * @typedef {object} Listener
 * @property {(key: TextKey, values?: Values) => void} said a line for the log
 * @property {(step: Step, view: View, from: State) => void} moved
 * @property {(text: string, frame: Frame) => void} sent
 * @property {(data: unknown, frame: Frame | undefined) => void} received
 * @property {(millis: number) => void} answered the round trip of a ping
 */

/** How any connection can end. */
const ENDS = /** @type {const} */ ({ lost: 'waiting', exhausted: 'gaveUp', refused: 'refused', reconnect: 'connecting', disconnect: 'idle' });

/**
 * Where each step leads; a step that a state does not name cannot happen there.
 * @type {Record<State, Partial<Record<Step, State>>>}
 */
const TRANSITIONS = {
  idle: { connect: 'connecting' },
  connecting: { opened: 'joining', ...ENDS },
  joining: { joined: 'connected', rejected: 'outside', ...ENDS },
  connected: ENDS,
  outside: ENDS,
  waiting: { due: 'connecting', reconnect: 'connecting', disconnect: 'idle' },
  gaveUp: { connect: 'connecting', reconnect: 'connecting', disconnect: 'idle' },
  refused: { connect: 'connecting', reconnect: 'connecting', disconnect: 'idle' },
};

/** @param {State} state whether a connection is open in it */
export const isOpenIn = (state) => state === 'joining' || state === 'connected' || state === 'outside';

/** No attempt is due. */
const NO_ATTEMPT = Object.freeze({ attempt: 0, delay: 0, dueAt: 0 });

/** Keeps one session at the server over many connections, one at a time (PROTOCOL.md, "Reconnecting"). */
export class Client {
  /** @type {State} */
  #state = 'idle';
  #settings;
  /** Those that the present connection was made with. */
  #used;
  #backoff;
  /** @type {{ attempt: number, delay: number, dueAt: number }} */
  #next = NO_ATTEMPT;
  /** @type {Text | undefined} */
  #why;
  /** @type {Connection | undefined} */
  #connection;
  /** @type {unknown} */
  #timer;
  #world;
  #listener;

  /** @param {World} world @param {Settings} settings @param {Listener} listener */
  constructor(world, settings, listener) {
    this.#world = world;
    this.#settings = this.#used = settings;
    this.#backoff = new Backoff(delaysOf(settings));
    this.#listener = listener;
  }

  /** @returns {View} */
  get view() {
    return { state: this.#state, ...this.#next, maxAttempts: this.#backoff.max, why: this.#why };
  }

  /** Whether a connection is open. */
  get isOpen() {
    return isOpenIn(this.#state);
  }

  /** @param {Step} step whether it can happen now */
  can(step) {
    return TRANSITIONS[this.#state][step] !== undefined;
  }

  /** @param {Settings} settings for the next connection */
  configure(settings) {
    this.#settings = settings;
  }

  connect() {
    if (!this.can('connect')) return this.#listener.said('underWay');
    this.#startAnew('connect');
  }

  /** Comes back by hand, whatever is under way. */
  reconnect() {
    if (!this.can('reconnect')) return this.connect();
    this.#listener.said('manual');
    this.#leave(CLOSE_CODES.RECONNECT, 'manual reconnect');
    this.#startAnew('reconnect');
  }

  /** Leaves: the session ends at the server too. */
  disconnect() {
    if (!this.can('disconnect')) return this.#listener.said('cannotFail');
    this.#listener.said('disconnecting');
    this.#leave(CLOSE_CODES.LEAVING, '');
    this.#forgetAttempt();
    this.#move('disconnect');
  }

  /** Loses the connection, as far as a page can: the server sees a close code that is no leave. */
  fail() {
    if (!this.isOpen) return this.#listener.said('cannotFail');
    this.#listener.said('failing');
    this.#connection?.end(CLOSE_CODES.SIMULATED_FAILURE, 'simulated failure');
    this.#closed(LOST);
  }

  /** @param {string} text to all others in the room */
  send(text) {
    if (!this.isOpen) return this.#listener.said('cannotSend');
    const timestamp = new Date(this.#world.now()).toISOString();
    this.#connection?.send({ type: 'message', session_id: this.#used.session, text, timestamp });
  }

  /** The page was asleep or out of sight: an open-looking connection may be dead. */
  probe() {
    if (this.isOpen) this.#connection?.probe();
  }

  /** @param {'connect' | 'reconnect'} step */
  #startAnew(step) {
    this.#forgetAttempt();
    this.#backoff = new Backoff(delaysOf(this.#settings));
    this.#move(step);
  }

  #forgetAttempt() {
    this.#world.clearTimeout(this.#timer);
    this.#next = NO_ATTEMPT;
    this.#why = undefined;
  }

  /** @param {number} code @param {string} reason */
  #leave(code, reason) {
    if (!this.#connection) return;
    this.#connection.end(code, reason);
    this.#connection = undefined;
    this.#listener.said('closed', this.isOpen ? { code, reason } : LOST);
  }

  /** @param {Step} step */
  #move(step) {
    const from = this.#state;
    const next = TRANSITIONS[from][step];
    if (next === undefined) throw new Error(`${step} cannot happen while ${from}`);
    this.#state = next;
    this.#listener.moved(step, this.view, from);
    if (next === 'connecting') this.#open();
    if (next === 'joining') this.#join();
  }

  #open() {
    this.#used = this.#settings;
    this.#listener.said('connecting', { url: this.#used.url });
    try {
      this.#connection = new Connection(this.#world, this.#used, {
        opened: () => this.#move('opened'),
        closed: (loss) => this.#closed(loss),
        overdue: (key, ms) => {
          this.#listener.said(key, { ms });
          this.#closed(LOST);
        },
        received: (data, frame) => this.#received(data, frame),
        sent: this.#listener.sent,
        answered: this.#listener.answered,
      });
    } catch (error) {
      // A browser throws where the page may not open such a socket at all, as from https to ws.
      this.#listener.said('connectionError', { cause: /** @type {Error} */ (error).message, hint: TEXTS.hintOther });
      this.#timer = this.#world.setTimeout(() => this.#closed(LOST), 0);
    }
  }

  #join() {
    this.#listener.said('connected');
    this.#backoff = new Backoff(delaysOf(this.#used));
    this.#connection?.send({ type: 'create-peer', session_id: this.#used.session, room_id: this.#used.room });
  }

  /** @param {Loss} loss */
  #closed(loss) {
    this.#connection = undefined;
    this.#listener.said('closed', loss);
    this.#why = lookUp(REFUSALS, loss.code);
    if (this.#why) {
      this.#listener.said('refused', { why: this.#why, then: TEXTS.pressReconnect });
      return this.#move('refused');
    }
    const next = this.#backoff.next(loss);
    if (!next) {
      this.#listener.said('exhausted', { max: this.#backoff.max, then: TEXTS.pressReconnect });
      return this.#move('exhausted');
    }
    this.#listener.said('retrying', { ...next, max: this.#backoff.max });
    this.#next = { ...next, dueAt: this.#world.now() + next.delay };
    this.#timer = this.#world.setTimeout(() => this.#move('due'), next.delay);
    this.#move('lost');
  }

  /** @param {unknown} data @param {Frame | undefined} frame */
  #received(data, frame) {
    this.#listener.received(data, frame);
    if (frame?.['type'] === 'peer-created') {
      if (frame['success'] === true) return this.#answered('joined');
      this.#explain('notCreated', frame['error']);
    }
    if (frame?.['type'] === 'error') this.#explain('serverError', frame);
  }

  /** @param {TextKey} key @param {any} error whatever the server sent, at best its code and message */
  #explain(key, error) {
    const [code, message] = [error?.code, error?.message].map((value) => (typeof value === 'string' ? value : '?'));
    const advice = lookUp(ADVICE, code) ?? OTHER_ADVICE;
    this.#listener.said(key, { code, message, advice });
    this.#answered('rejected', advice);
  }

  /** What became of `create-peer`, while its answer is awaited. @param {'joined' | 'rejected'} step @param {Text} [why] */
  #answered(step, why) {
    if (!this.can(step)) return;
    this.#forgetAttempt();
    this.#why = why;
    this.#move(step);
  }
}
