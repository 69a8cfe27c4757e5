/** Values under one name in a storage of the browser, which may be full or forbidden: then they last as long as the page. */
export class Memory {
  #storage;
  #name;
  /** @type {Record<string, unknown>} */
  #values;

  /** @param {() => Storage} storage @param {string} name */
  constructor(storage, name) {
    this.#storage = storage;
    this.#name = name;
    this.#values = this.#read();
  }

  get values() {
    return this.#values;
  }

  /** @param {Record<string, unknown>} values */
  keep(values) {
    this.#values = { ...this.#values, ...values };
    try {
      this.#storage().setItem(this.#name, JSON.stringify(this.#values));
    } catch {
      // the values above are all that is left
    }
  }

  /** @returns {Record<string, unknown>} */
  #read() {
    try {
      const values = JSON.parse(this.#storage().getItem(this.#name) ?? '{}');
      return values !== null && typeof values === 'object' ? values : {};
    } catch {
      return {};
    }
  }
}
