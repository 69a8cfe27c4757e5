/**
 * Tells listeners what happens, in the order in which they came.
 * @template {object} Events what each event carries, by its name
 */
export class Emitter {
  /** @type {Map<keyof Events, Set<{ listener: (event: any) => void }>>} */
  #entries = new Map();
  #added;

  /** @param {(name: keyof Events) => void} [added] a listener was set */
  constructor(added = () => {}) {
    this.#added = added;
  }

  /** @param {keyof Events} name whether anything listens to it */
  has(name) {
    return (this.#entries.get(name)?.size ?? 0) > 0;
  }

  /**
   * @template {keyof Events} K
   * @param {K} name @param {(event: Events[K]) => void} listener @returns {() => void} ends it
   */
  on(name, listener) {
    const entry = { listener };
    const entries = this.#entries.get(name) ?? new Set();
    this.#entries.set(name, entries.add(entry));
    this.#added(name);
    return () => void entries.delete(entry);
  }

  /** A listener that throws does not keep the others from being called: what it threw is an uncaught error of the application. @template {keyof Events} K @param {K} name @param {Events[K]} event */
  emit(name, event) {
    const entries = this.#entries.get(name);
    for (const entry of [...(entries ?? [])]) {
      if (!entries?.has(entry)) continue; // one before it has ended it
      try {
        entry.listener(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
