import { byId, element, write } from '../common/dom.js';
import { pause, play, proxyOf } from './faults.js';
import { Probe } from './probe.js';
import { ScoreCard } from './score-card.js';
import { onClick } from './speech.js';

/** @typedef {import('./conversation.js').Conversation} Conversation */
/** @typedef {import('./faults.js').FaultName} FaultName */
/** @typedef {import('./texts.js').TextKey} TextKey */

/** @type {Record<FaultName, TextKey>} */
const NAMES = { wifi: 'faultWifi', tunnel: 'faultTunnel', server: 'faultServer' };
/** How long messages flow before a fault, and after it. */
const CALM_MILLIS = 1000;
/** How long a return may take. */
const RETURN_MILLIS = 45_000;
const LOOK_MILLIS = 50;
const MOST_CARDS = 3;

/** The panel that breaks the network, and counts what that did. */
export class BadNetwork {
  #speak;
  #conversation;
  #proxy = proxyOf(location.href);
  /** @type {AbortController | undefined} */
  #playing;
  /** @type {{ key: TextKey, values?: Record<string, unknown> }} */
  #step = { key: 'faultPreparing' };
  /** @type {ScoreCard[]} */
  #cards = [];

  /** @param {import('./texts.js').Speak} speak @param {() => Conversation | undefined} conversation that there is now */
  constructor(speak, conversation) {
    this.#speak = speak;
    this.#conversation = conversation;
    for (const name of /** @type {FaultName[]} */ (Object.keys(NAMES))) this.#button(name).addEventListener('click', () => void this.#run(name));
    this.#button('server').hidden = this.#proxy === undefined;
    onClick('fault-stop', () => this.stop());
  }

  /** Mends the network at once. */
  stop() {
    this.#playing?.abort();
  }

  retell() {
    write(byId('fault-step'), this.#speak(this.#step.key, this.#step.values));
    for (const card of this.#cards) card.retell();
  }

  /** @param {FaultName} name */
  async #run(name) {
    const conversation = this.#conversation();
    if (!conversation?.call || this.#playing) return;
    const playing = new AbortController();
    this.#begin(playing);
    try {
      await this.#measure(name, conversation, playing.signal);
      this.#end(playing.signal.aborted ? { key: 'faultStopped' } : undefined);
    } catch {
      this.#end({ key: 'faultUnreachable', values: { address: this.#proxy } }); // no other step rejects
    }
  }

  /** @param {FaultName} name @param {Conversation} conversation @param {AbortSignal} signal @throws {TypeError} where the proxy does not answer */
  async #measure(name, conversation, signal) {
    const { client, tunnel, call } = conversation;
    /** @type {Error | undefined} */
    let reason;
    const probe = await Probe.start(client, conversation.helper(), call?.roomId ?? '', signal).catch((error) => { reason = error; });
    const back = backOf(client);
    try {
      await pause(CALM_MILLIS, signal);
      if (signal.aborted) return;
      this.#say('faultPlaying');
      if (probe) probe.backAt = 0;
      await play(name, { client, tunnel, proxy: this.#proxy ?? '' }, signal);
      const goodAt = performance.now();
      this.#say('faultReturning');
      await until(() => (probe ? probe.backAt > 0 : back.isBack()), RETURN_MILLIS, signal);
      const backMillis = Math.max(0, (probe?.backAt || performance.now()) - goodAt);
      await pause(CALM_MILLIS, signal);
      const score = await probe?.finish(signal);
      if (!signal.aborted) this.#add(new ScoreCard(this.#speak, NAMES[name], score ? { score, backMillis } : { reason: reason?.message ?? '' }));
    } finally {
      back.stop();
      tunnel.isClosed = false;
      await probe?.stop();
    }
  }

  /** @param {AbortController} playing */
  #begin(playing) {
    this.#playing = playing;
    this.#say('faultPreparing');
    this.#show(true);
  }

  /** @param {{ key: TextKey, values?: Record<string, unknown> } | undefined} news */
  #end(news) {
    this.#playing = undefined;
    this.#show(false);
    if (!news) return;
    const note = element('p', { class: 'muted' }, this.#speak(news.key, news.values));
    byId('scores').prepend(note);
    setTimeout(() => note.remove(), 5000);
  }

  /** @param {boolean} isPlaying */
  #show(isPlaying) {
    byId('fault-progress').hidden = !isPlaying;
    for (const name of /** @type {FaultName[]} */ (Object.keys(NAMES))) this.#button(name).toggleAttribute('disabled', isPlaying);
  }

  /** @param {ScoreCard} card */
  #add(card) {
    this.#cards.unshift(card);
    byId('scores').prepend(card.element);
    for (const old of this.#cards.splice(MOST_CARDS)) old.element.remove();
  }

  /** @param {TextKey} key */
  #say(key) {
    this.#step = { key };
    this.retell();
  }

  /** @param {FaultName} name */
  #button(name) {
    return /** @type {HTMLButtonElement} */ (byId('faults').querySelector(`[data-fault="${name}"]`));
  }
}

/** Whether a client was lost and is connected again, from now on. @param {import('../lib/tokenly.js').Client<any>} client */
function backOf(client) {
  let wasLost = false;
  const stop = client.on('state', ({ state }) => { wasLost ||= state !== 'connected'; });
  return { isBack: () => wasLost && client.view.state === 'connected', stop };
}

/** @param {() => boolean} isSo @param {number} millis at most @param {AbortSignal} signal */
async function until(isSo, millis, signal) {
  for (const end = performance.now() + millis; performance.now() < end && !signal.aborted && !isSo(); ) await pause(LOOK_MILLIS, signal);
}
