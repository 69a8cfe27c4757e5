import { Memory } from '../common/memory.js';

const text = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : '');

/** What a tab keeps over a reload; the name is kept for later tabs, too. */
export class Tab {
  #own = new Memory(() => sessionStorage, 'tokenly-call');
  #all = new Memory(() => localStorage, 'tokenly-call');

  get room() {
    return text(this.#own.values['room']);
  }

  get name() {
    return text(this.#own.values['name']) || text(this.#all.values['name']);
  }

  /** The place in the room that it had; empty for none. */
  get session() {
    return text(this.#own.values['session']);
  }

  /** Whether it is in a call, and comes back into it. */
  get isInCall() {
    return this.#own.values['isInCall'] === true;
  }

  /** Which devices are wanted. */
  get wishes() {
    return { audio: this.#own.values['isMuted'] !== true, video: this.#own.values['isCameraOff'] !== true };
  }

  /** @param {{ room?: string, name?: string, session?: string, isInCall?: boolean, isMuted?: boolean, isCameraOff?: boolean }} values */
  keep(values) {
    this.#own.keep(values);
    if (values.name) this.#all.keep({ name: values.name });
  }
}
