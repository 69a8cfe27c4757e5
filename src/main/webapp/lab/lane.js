/**
 * A stretch of time in which one thing was so.
 * @typedef {object} Span
 * @property {string} kind
 * @property {number} from ms since 1970
 * @property {number} to ms since 1970; grows while the span is the last one and open
 */

/**
 * Something that happened at one moment.
 * @typedef {object} Mark
 * @property {'attempt' | 'due' | 'lost' | 'back' | 'gaveUp' | 'reset' | 'messageLost'} kind
 * @property {number} at ms since 1970
 * @property {string} label
 */

/** A lane keeps no more spans and marks than this; the oldest go first. */
const MAX_KEPT = 400;

/** What was so and what happened lately, in the order of time. */
export class Lane {
  /** @type {Span[]} */
  spans = [];
  /** @type {Mark[]} */
  marks = [];
  #keptMillis;
  #isOpen = false;

  /** @param {number} keptMillis how far back it reaches */
  constructor(keptMillis) {
    this.#keptMillis = keptMillis;
  }

  /** From now on it is so. @param {string} kind @param {number} at */
  enter(kind, at) {
    this.extend(at);
    const last = this.spans.at(-1);
    if (this.#isOpen && last?.kind === kind) return;
    this.spans.push({ kind, from: at, to: at });
    this.#isOpen = true;
    this.#trim(at);
  }

  /** It is still so. @param {number} at */
  extend(at) {
    const last = this.spans.at(-1);
    if (this.#isOpen && last) last.to = Math.max(last.to, at);
  }

  /** Nobody looks from now on. */
  pause() {
    this.#isOpen = false;
  }

  /** @param {Mark} mark */
  mark(mark) {
    this.marks.push(mark);
    this.#trim(mark.at);
  }

  get current() {
    return this.#isOpen ? this.spans.at(-1)?.kind : undefined;
  }

  /** @param {number} now */
  #trim(now) {
    const oldest = now - this.#keptMillis;
    this.spans = this.spans.filter(({ to }) => to >= oldest).slice(-MAX_KEPT);
    this.marks = this.marks.filter(({ at }) => at >= oldest).slice(-MAX_KEPT);
  }
}
