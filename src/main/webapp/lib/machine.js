/**
 * One state, and where each step leads from it.
 * @template {string} State
 * @template {string} Step
 */
export class Machine {
  #table;
  #state;

  /** @param {Record<State, Partial<Record<Step, State>>>} table @param {State} first */
  constructor(table, first) {
    this.#table = table;
    this.#state = first;
  }

  get state() {
    return this.#state;
  }

  /** @param {Step} step whether it can happen now */
  can(step) {
    return this.#table[this.#state][step] !== undefined;
  }

  /** @param {Step} step @returns {State} the one it leads to @throws where it cannot happen now: our bug */
  move(step) {
    const next = this.#table[this.#state][step];
    if (next === undefined) throw new Error(`${step} cannot happen while ${this.#state}`);
    this.#state = next;
    return next;
  }
}
