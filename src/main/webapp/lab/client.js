import { connect } from '../lib/tokenly.js';
import { lookUp, OTHER_ADVICE, REFUSALS } from './advice.js';
import { Membership, TAKEN_OVER } from './membership.js';
import { delaysOf, isSameSession } from './settings.js';
import { FITS, isOpenIn, STATES } from './states.js';
import { TEXTS } from './texts.js';
import { Wire } from './wire.js';

/** @typedef {import('../lib/tokenly.js').Client} LibraryClient */
/** @typedef {import('../lib/tokenly.js').StateEvent} StateEvent */
/** @typedef {import('../lib/tokenly.js').World} World */
/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('./states.js').Act} Act */
/** @typedef {import('./states.js').Counts} Counts */
/** @typedef {import('./states.js').Listener} Listener */
/** @typedef {import('./states.js').State} State */
/** @typedef {import('./states.js').Step} Step */
/** @typedef {import('./states.js').View} View */

/** PROTOCOL.md, "Close codes": more was sent than the server allows. */
const OVER_RATE = 4013;
/** No attempt is due. */
const NO_ATTEMPT = { attempt: 0, delay: 0, dueAt: 0 };

/** Does by the library what the person asks for, and says what becomes of it. */
export class Client {
  #world;
  #settings;
  #listener;
  /** What is shown to a server that asks for a token; empty: nothing. */
  #token = '';
  /** Those that the library has, or had last. */
  #used;
  /** @type {LibraryClient | undefined} */
  #library;
  /** @type {Membership | undefined} */
  #membership;
  /** Until a connection that was left is closed: its session may not be over yet. */
  #isLeaving = false;
  /** The attempt in view, until the session is back. */
  #next = { ...NO_ATTEMPT, maxAttempts: 0 };
  /** The state that was told last. @type {State} */
  #told = 'idle';

  /** @param {Partial<World> & Pick<World, 'now' | 'elapsed'>} world @param {Settings} settings @param {Listener} listener */
  constructor(world, settings, listener) {
    this.#world = world;
    this.#settings = this.#used = settings;
    this.#listener = listener;
  }

  /** @returns {View} */
  get view() {
    return { state: this.#state, ...this.#next, pending: this.#membership?.pending ?? 0, why: this.#why };
  }

  /** The settings of the connection, or of the next one where there is none. */
  get used() {
    return this.#used;
  }

  /** The others in the room, undefined outside of it. */
  get peers() {
    return this.#membership?.peers;
  }

  /** Whether a message would reach the server, now or later. */
  get canSend() {
    return this.#membership?.canSend ?? false;
  }

  /** @param {Act} act whether it can be done now */
  can(act) {
    return FITS[act].includes(this.#state);
  }

  /** @param {Settings} settings from the next `connect` or `reconnect` on */
  configure(settings) {
    this.#settings = settings;
    if (!this.#library) this.#used = settings;
  }

  /** @param {string} token from the next connection on, or when that of now is renewed; empty: none. It is kept nowhere else */
  carry(token) {
    const isOther = (token === '') !== (this.#token === '');
    this.#token = token;
    if (isOther) this.configure({ ...this.#settings }); // the library's client of now asks for one, or for none
  }

  connect() {
    if (!this.can('connect')) return this.#listener.said('underWay');
    this.#start('connect');
  }

  /** Comes back by hand, whatever is under way. */
  reconnect() {
    if (!this.can('reconnect')) return this.connect();
    this.#listener.said('manual');
    this.#start('reconnect');
  }

  /** Leaves: the session ends at the server too. */
  disconnect() {
    if (!this.#library || !this.can('disconnect')) return this.#listener.said('cannotFail');
    const hasConnection = isOpenIn(this.#state) || this.#state === 'connecting';
    this.#listener.said('disconnecting');
    const library = this.#library;
    this.#forget();
    this.#isLeaving = true;
    void library.close().then((loss) => {
      this.#isLeaving = false;
      if (hasConnection) this.#listener.said('closed', { ...loss });
      this.#moved('left');
    });
    this.#moved('disconnect');
  }

  /** Loses the connection, as far as a page can: the server sees a close code that is no leave. */
  fail() {
    this.#listener.said(this.can('fail') ? 'failing' : 'cannotFail');
    this.#library?.fail();
  }

  /** @param {string} text to all others in the room, now or after the reconnect */
  send(text) {
    if (!this.canSend) return this.#listener.said('cannotSend');
    this.#membership?.send({ type: 'message', text, timestamp: new Date(this.#world.now()).toISOString() });
  }

  /** @returns {State} */
  get #state() {
    if (this.#isLeaving) return 'leaving';
    if (!this.#library || !this.#membership) return 'idle';
    const { state, error } = this.#library.view;
    if (state === 'connected') return this.#membership.place;
    return error?.code === 'taken-over' ? 'takenOver' : STATES[state];
  }

  get #why() {
    const { state, error } = this.#library?.view ?? {};
    if (state === 'connected') return this.#membership?.why;
    if (state !== 'refused' && state !== 'resting') return undefined;
    if (error?.code === 'taken-over') return TAKEN_OVER;
    return { text: TEXTS.refusedDetail, values: { why: lookUp(REFUSALS, state === 'resting' ? 'unused' : error?.code) ?? OTHER_ADVICE, then: TEXTS.pressReconnect } };
  }

  /** The library keeps the settings it was given: other ones need another client of it, a new instance. @param {'connect' | 'reconnect'} step */
  #start(step) {
    if (this.#library && this.#used === this.#settings) return this.#library.reconnectNow();
    this.#replace();
    this.#used = this.#settings;
    const library = connect(this.#used.url, { ...optionsOf(this.#used), world: this.#world, ...(this.#token && { token: () => this.#token }) });
    this.#library = library;
    this.#membership = new Membership(library, this.#used, this.#listener, (...move) => library === this.#library && this.#moved(...move));
    library.on('state', (event) => library === this.#library && this.#went(event, step));
    new Wire(this.#world.elapsed, this.#used, this.#listener).listenTo(library);
  }

  /** Lets go of the client of other settings. Its session ends, unless the next client goes on with it. */
  #replace() {
    const library = this.#library;
    if (!library) return;
    if (isOpenIn(this.#state)) this.#listener.said('closed', { code: 1006, reason: '' });
    this.#forget();
    if (isSameSession(this.#used, this.#settings)) library.fail();
    void library.close();
  }

  #forget() {
    this.#library = undefined;
    this.#membership = undefined;
    this.#next = { ...NO_ATTEMPT, maxAttempts: 0 };
  }

  /** @param {StateEvent} event @param {'connect' | 'reconnect'} first the step that the library's client was made for */
  #went({ state, from, loss, attempt, delay, dueAt, maxAttempts: max }, first) {
    if (loss) this.#listener.said('closed', { ...loss });
    if (loss?.code === OVER_RATE) this.#listener.said('overRate');
    if (state === 'connected') return this.#membership?.join();
    this.#next = { attempt, delay, dueAt: dueAt && this.#world.elapsed() + delay, maxAttempts: max };
    switch (state) {
      case 'connecting':
        this.#listener.said('connecting', { url: this.#used.url });
        return this.#moved(attempt > 0 ? 'due' : from === 'idle' ? first : 'reconnect');
      case 'welcoming':
        this.#listener.said('connected');
        return this.#moved('opened');
      case 'waiting':
        this.#listener.said('retrying', { attempt, max, delay });
        return this.#moved('lost');
      case 'gave-up':
        this.#listener.said('exhausted', { max, then: TEXTS.pressReconnect });
        return this.#moved('exhausted');
      default:
        this.#listener.said('refused', this.#why?.values);
        return this.#moved('refused');
    }
  }

  /** @param {Step} step @param {Counts} [counts] */
  #moved(step, counts) {
    if (step === 'joined' || step === 'ended') this.#next = { ...this.#next, ...NO_ATTEMPT };
    const from = this.#told;
    this.#told = this.#state;
    this.#listener.moved({ step, view: this.view, from, counts });
  }
}

/** @param {Settings} settings @returns {import('../lib/tokenly.js').ConnectOptions} */
function optionsOf(settings) {
  const { maxAttempts, connectTimeout, heartbeat, heartbeatTimeout } = settings;
  return {
    delays: delaysOf(settings),
    maxAttempts,
    jitter: 0, // the page promises exact delays
    finalCodes: [1000], // and that a normal end of the connection is one
    connectTimeoutMillis: connectTimeout,
    heartbeat: { intervalMillis: heartbeat, timeoutMillis: heartbeatTimeout },
  };
}
