import { byId } from '../common/dom.js';
import { label, onClick, setIcon } from './speech.js';

/** @typedef {import('./devices.js').Devices} Devices */
/** @typedef {import('./devices.js').Kind} Kind */
/** @typedef {import('./texts.js').TextKey} TextKey */

/** @type {Record<Kind, { buttons: string[], icon: string, on: TextKey, off: TextKey }>} */
const SWITCHES = {
  audio: { buttons: ['mic', 'lobby-mic'], icon: 'mic', on: 'microphoneOn', off: 'microphoneOff' },
  video: { buttons: ['camera', 'lobby-camera'], icon: 'camera', on: 'cameraOn', off: 'cameraOff' },
};
const KINDS = /** @type {Kind[]} */ (['audio', 'video']);

/** The buttons of microphone and camera, in the lobby and in the call. A name that changes tells the state, so none is pressed. */
export class Switches {
  #devices;
  #speak;
  /** Each waits for the one before of its kind. */
  #last = { audio: Promise.resolve(), video: Promise.resolve() };

  /** @param {Devices} devices @param {import('./texts.js').Speak} speak */
  constructor(devices, speak) {
    this.#devices = devices;
    this.#speak = speak;
    for (const kind of KINDS) for (const id of SWITCHES[kind].buttons) onClick(id, () => this.flip(kind));
  }

  /** @param {Kind} kind */
  flip(kind) {
    this.#last[kind] = this.#last[kind].then(() => this.#devices.turn(kind, !this.#devices.isOn(kind)));
  }

  show() {
    for (const kind of KINDS) {
      const { buttons, icon, on, off } = SWITCHES[kind];
      const isOn = this.#devices.isOn(kind);
      for (const button of buttons.map(byId)) {
        label(button, this.#speak(isOn ? off : on));
        button.classList.toggle('off', !isOn);
        setIcon(button, isOn ? icon : `${icon}-off`);
      }
    }
  }
}
