import { MAX_MILLIS } from './backoff.js';
import { TokenlyError } from './errors.js';
import { signalFrame } from './frames.js';
import { Outbox } from './outbox.js';

/** @typedef {import('./sessions.js').Sessions} Host */
/** @typedef {import('./tokenly.js').Fields} Fields */
/** @typedef {import('./tokenly.js').Outgoing} Outgoing */

/** How long to wait before saying again what the server could not take: at first, and at most. */
const FIRST_PAUSE_MILLIS = 100;
const LONGEST_PAUSE_MILLIS = 3200;

/** What one session says to the server (PROTOCOL.md, "Sending"). */
export class Sending {
  #host;
  #outbox;
  /** Whether the server hears the session now. */
  #isAttached = false;
  #pauseMillis = FIRST_PAUSE_MILLIS;
  /** The pause that runs. @type {{ timer: unknown, endsAt: number } | undefined} */
  #pause;
  /** The highest number that an `ack` has named on this connection. */
  #heard = 0;

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
    this.#outbox = new Outbox(host.outbox);
  }

  /** How many signals the server has not acknowledged. */
  get pending() {
    return this.#outbox.size;
  }

  /** The highest number that the server has acknowledged in this epoch. */
  get acked() {
    return this.#outbox.acked;
  }

  /** The highest number that was ever sent in this epoch. */
  get sent() {
    return this.#outbox.sent;
  }

  /** @param {string} sessionId @param {Outgoing} signal @param {AbortSignal} [abort] @returns {Promise<{ seq: number }>} @throws {TokenlyError} */
  send(sessionId, signal, abort) {
    if (abort?.aborted) throw new TokenlyError('aborted', { cause: abort.reason });
    const receipt = this.#outbox.add(signalFrame(sessionId, signal), this.#host.frameBytes, abort);
    this.#flush();
    return receipt;
  }

  /** The server hears the session, and has nothing above `received`. @param {number} received @returns {number} how many signals it gets now */
  attach(received) {
    this.#outbox.settle(received);
    this.#outbox.rewind(this.#host.frameBytes);
    this.#isAttached = true;
    this.#pauseMillis = FIRST_PAUSE_MILLIS;
    const { size } = this.#outbox;
    this.#flush();
    return size;
  }

  /** The server does not hear the session any more. */
  detach() {
    this.#isAttached = false;
    this.#host.world.clearTimeout(this.#pause?.timer);
    this.#pause = undefined;
    this.#heard = 0;
  }

  /**
   * Whether an `ack` takes back what one before it on this connection has acknowledged. What `resumed` and `seq-gap` name does not
   * count here: an `ack` is collected for a moment, and may be older than those. @param {number} seq
   */
  isTakenBack(seq) {
    if (seq < this.#heard) return true;
    if (this.#isAttached) this.#heard = seq;
    return false;
  }

  /** @param {number} seq up to which the server has our signals @returns {boolean} whether that is news */
  confirm(seq) {
    const isNews = this.#isAttached && this.#outbox.confirm(seq);
    if (!isNews) return false;
    this.#pauseMillis = FIRST_PAUSE_MILLIS;
    this.#flush();
    return true;
  }

  /** There is no coming back by itself: what waits is rejected, and never sent again. @param {TokenlyError} error */
  forsake(error) {
    this.#outbox.forsake(error);
  }

  /** A new epoch: what the server did not acknowledge is written off. @param {TokenlyError} error */
  restart(error) {
    this.#outbox.restart(error);
  }

  /**
   * The server could not take something: after a pause our signals are sent again from the first it lacks.
   * @param {() => void} act comes after them @param {number} [millis] how long the server asks to wait; else a little, and longer each time
   */
  pause(act, millis) {
    const { world } = this.#host;
    const endsAt = world.elapsed() + Math.min(millis ?? this.#pauseMillis, MAX_MILLIS);
    const isLongEnough = this.#pause && (millis === undefined || endsAt <= this.#pause.endsAt);
    if (isLongEnough) return; // a further refusal of the same flight
    world.clearTimeout(this.#pause?.timer);
    const timer = world.setTimeout(() => {
      this.#pause = undefined;
      this.#outbox.rewind();
      this.#flush();
      act();
    }, endsAt - world.elapsed());
    this.#pause = { timer, endsAt };
    if (millis === undefined) this.#pauseMillis = Math.min(2 * this.#pauseMillis, LONGEST_PAUSE_MILLIS);
  }

  #flush() {
    if (!this.#isAttached || this.#pause !== undefined) return;
    for (const frame of this.#outbox.take()) this.#host.send(frame);
  }
}
