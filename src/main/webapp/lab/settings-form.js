import { byId, element, write } from '../common/dom.js';
import { seconds } from './history.js';
import { complaintAbout, delaysOf, merge, RANGES } from './settings.js';
import { TEXTS } from './texts.js';

/** @typedef {import('../common/language.js').Speak} Speak */
/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('../common/language.js').Text} Text */
/** @typedef {import('./texts.js').TextKey} TextKey */

/** The label of each setting, in the order of the form. @type {Record<keyof Settings, TextKey>} */
const LABELS = {
  url: 'url',
  session: 'sessionId',
  room: 'roomId',
  maxAttempts: 'maxAttempts',
  initialDelay: 'initialDelay',
  heartbeat: 'heartbeat',
  heartbeatTimeout: 'heartbeatTimeout',
  connectTimeout: 'connectTimeoutMillis',
};

/** The settings as fields; what is wrong with one is said below it, in the place of its hint. */
export class SettingsForm {
  #settings;
  #speak;
  #onChange;
  /** @type {Map<string, { input: HTMLInputElement, hint: HTMLElement }>} */
  #fields = new Map();

  /** @param {Settings} settings @param {Speak} speak @param {(settings: Settings) => void} onChange told of good values only */
  constructor(settings, speak, onChange) {
    this.#settings = settings;
    this.#speak = speak;
    this.#onChange = onChange;
    for (const [name, label] of Object.entries(LABELS)) this.#addField(name, label);
    byId('settings').addEventListener('submit', (event) => event.preventDefault());
    this.set(settings);
  }

  /** Puts values into the fields. @param {Partial<Settings>} values */
  set(values) {
    this.#settings = { ...this.#settings, ...values };
    for (const [name, value] of Object.entries(values)) {
      const field = this.#fields.get(name);
      if (field) field.input.value = String(value);
    }
    this.showHints();
  }

  showHints() {
    for (const name of this.#fields.keys()) this.#showHint(name);
  }

  /** @param {string} name @param {TextKey} label */
  #addField(name, label) {
    const kind = RANGES[name] ? { inputmode: 'numeric' } : {};
    const attributes = { id: `setting-${name}`, name, autocomplete: 'off', spellcheck: 'false', 'aria-describedby': `hint-${name}`, ...kind };
    const input = /** @type {HTMLInputElement} */ (element('input', attributes));
    const hint = element('p', { id: `hint-${name}`, class: 'hint' });
    input.addEventListener('input', () => this.showHints());
    input.addEventListener('change', () => this.#take(name, input.value.trim()));
    this.#fields.set(name, { input, hint });
    byId('settings').append(element('div', { class: `field ${name}` }, element('label', { for: input.id, 'data-text': label }), input, hint));
  }

  /** @param {string} name @param {string} value */
  #take(name, value) {
    if (complaintAbout(name, value)) return;
    this.#settings = merge(this.#settings, { [name]: value });
    this.#onChange(this.#settings);
  }

  /** @param {string} name */
  #showHint(name) {
    const field = this.#fields.get(name);
    if (!field) return;
    const complaint = complaintAbout(name, field.input.value.trim());
    field.input.setAttribute('aria-invalid', String(complaint !== undefined));
    write(field.hint, complaint ? this.#speak(complaint, rangeOf(name)) : this.#hint(name));
  }

  /** @param {string} name */
  #hint(name) {
    if (name === 'url') return this.#speak(TEXTS.urlHint);
    if (name === 'initialDelay') return this.#delays();
    return RANGES[name] ? this.#speak(TEXTS.rangeHint, rangeOf(name)) : this.#speak(TEXTS.idHint);
  }

  /** The delays that the fields make, as they are typed. */
  #delays() {
    const typed = Object.fromEntries(['initialDelay', 'maxAttempts'].map((name) => [name, this.#fields.get(name)?.input.value]));
    const delays = delaysOf(merge(this.#settings, typed)).map(seconds);
    const shown = delays.length > 5 ? [...delays.slice(0, 4), '…', delays.at(-1)] : delays;
    return this.#speak(TEXTS.delaysHint, { delays: shown.join(', ') });
  }
}

/** As it is shown: both languages write 3,600,000. @param {string} name */
const rangeOf = (name) => ({ min: RANGES[name]?.min.toLocaleString('en'), max: RANGES[name]?.max.toLocaleString('en') });
