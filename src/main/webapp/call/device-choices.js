import { byId, element } from '../common/dom.js';

/** @typedef {import('./devices.js').Devices} Devices */
/** @typedef {import('./devices.js').Kind} Kind */

/** @type {readonly (readonly [Kind, import('./texts.js').TextKey])[]} */
const KINDS = [['audio', 'microphone'], ['video', 'camera']];

/** Which microphone and camera; nothing is shown where the browser names none. */
export class DeviceChoices {
  #devices;
  #speak;

  /** @param {Devices} devices @param {import('./texts.js').Speak} speak */
  constructor(devices, speak) {
    this.#devices = devices;
    this.#speak = speak;
  }

  async show() {
    const lists = await Promise.all(KINDS.map(([kind]) => this.#devices.list(kind)));
    for (const id of ['lobby-devices', 'call-devices']) {
      const fields = KINDS.flatMap(([kind, key], index) => this.#field(`${id}-${kind}`, kind, this.#speak(key), lists[index] ?? []));
      if (!byId(id).contains(document.activeElement)) byId(id).replaceChildren(...fields);
    }
  }

  /** @param {string} id @param {Kind} kind @param {string} name @param {MediaDeviceInfo[]} list */
  #field(id, kind, name, list) {
    if (list.length === 0) return [];
    const options = list.map(({ deviceId, label }, index) => element('option', { value: deviceId }, label || this.#speak('unnamedDevice', { number: index + 1 })));
    const select = /** @type {HTMLSelectElement} */ (element('select', { id }, ...options));
    select.value = this.#devices.chosen(kind) || (list[0]?.deviceId ?? '');
    select.addEventListener('change', () => void this.#devices.choose(kind, select.value));
    return [element('div', { class: 'field' }, element('label', { for: id }, name), select)];
  }
}
