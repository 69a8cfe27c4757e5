import { newName } from '../lib/call/names.js';
import { judge } from './score.js';

/** @typedef {import('../lib/tokenly.js').Client<any>} Client */
/** @typedef {import('../lib/tokenly.js').Peer<any>} Peer */

const EACH_MILLIS = 200;
/** How long what is under way may take after the last message was sent. */
const REST_MILLIS = 15_000;
/** What is left of a room's name, so that the probe's is not too long (PROTOCOL.md, "Framing"). */
const NAME_LENGTH = 100;

/** Two sessions in a room of their own: one of the client under test, which receives what the other one sends, five times a second. */
export class Probe {
  #sender;
  #receiver;
  #helper;
  #sent = 0;
  /** @type {import('./score.js').Heard[]} */
  #heard = [];
  #timer;
  /** When the session was back, on the clock of `performance.now`; 0 while it was not. */
  backAt = 0;

  /** @param {Client} client under test @param {Client} helper which the probe closes in the end @param {string} room that of the call @param {AbortSignal} signal its abort ends the attempt @returns {Promise<Probe>} @throws {TokenlyError} */
  static async start(client, helper, room, signal) {
    const name = newName();
    const roomId = `${room.slice(0, NAME_LENGTH)}-${name}`;
    const receiving = client.createPeer({ sessionId: `probe-to-${name}`, roomId, signal });
    try {
      const [receiver, sender] = await Promise.all([receiving, helper.createPeer({ sessionId: `probe-from-${name}`, roomId, signal })]);
      return new Probe(helper, receiver, sender);
    } catch (error) {
      void helper.close();
      void receiving.then((receiver) => receiver.destroy(), () => undefined); // it may be the other one that failed
      throw error;
    }
  }

  /** @param {Client} helper @param {Peer} receiver @param {Peer} sender */
  constructor(helper, receiver, sender) {
    this.#helper = helper;
    this.#sender = sender;
    this.#receiver = receiver;
    receiver.on('signal', ({ number, isReplayed }) => this.#heard.push({ number, isLate: isReplayed }));
    receiver.on('resumed', () => { this.backAt = performance.now(); });
    receiver.on('reset', () => { this.backAt = performance.now(); });
    this.#timer = setInterval(() => this.#send(), EACH_MILLIS);
  }

  /** Sends no more, waits for what is under way, and judges. @param {AbortSignal} signal its abort ends the wait */
  async finish(signal) {
    clearInterval(this.#timer);
    for (const end = performance.now() + REST_MILLIS; performance.now() < end && !signal.aborted && !this.#isComplete; ) {
      await new Promise((resolve) => setTimeout(resolve, EACH_MILLIS));
    }
    return judge(this.#sent, this.#heard);
  }

  /** Leaves nothing behind. */
  async stop() {
    clearInterval(this.#timer);
    await Promise.allSettled([this.#receiver.destroy(), this.#helper.close()]);
  }

  get #isComplete() {
    return new Set(this.#heard.map(({ number }) => number)).size >= this.#sent;
  }

  #send() {
    this.#sent += 1;
    // One that cannot be sent is lost, which the score shows.
    this.#sender.send({ type: 'message', to: this.#receiver.sessionId, number: this.#sent }).catch(() => undefined);
  }
}
