import { DeviceChoices } from './device-choices.js';
import { Devices } from './devices.js';
import { ScreenShare } from './screen-share.js';
import { SelfView } from './self-view.js';
import { Switches } from './switches.js';

/** @typedef {import('../lib/call.js').Call} Call */
/** @typedef {import('./texts.js').TextKey} TextKey */

/**
 * What the page knows of us.
 * @typedef {object} Owner
 * @property {() => Call | undefined} call that is on
 * @property {() => string} name
 * @property {import('./message.js').Message} message
 * @property {import('./lobby.js').Lobby} lobby
 */

/** What we send: microphone, camera and screen. It is told to the call, and shown to us. */
export class OwnMedia {
  devices;
  switches;
  screen;
  #owner;
  #speak;
  #choices;
  #self = new SelfView();
  /** @type {MediaStreamTrack[]} */
  #offered = [];

  /** @param {import('./texts.js').Speak} speak @param {Owner} owner */
  constructor(speak, owner) {
    this.#speak = speak;
    this.#owner = owner;
    this.devices = new Devices({
      changed: () => this.show(),
      troubled: ({ key, values }) => owner.message.show(key, { values }),
      added: (track) => owner.call()?.addTrack(track, this.devices.stream),
      replaced: async (track, next) => owner.call()?.replaceTrack(track, next),
    });
    this.switches = new Switches(this.devices, speak);
    this.#choices = new DeviceChoices(this.devices, speak);
    this.screen = new ScreenShare({
      started: (stream) => this.#share(stream),
      stopped: (stream) => this.#unshare(stream),
      failed: ({ message: cause }) => owner.message.show('screenFailed', { values: { cause } }),
    }, speak);
  }

  /** What is told to the others of us. @returns {{ name: string, isMuted: boolean, isCameraOff: boolean, screen: string | null }} */
  get info() {
    return { name: this.#owner.name(), isMuted: !this.devices.isOn('audio'), isCameraOff: !this.devices.isOn('video'), screen: this.screen.stream?.id ?? null };
  }

  /** For a call that is being joined. @returns {MediaStream} */
  offer() {
    this.#offered = this.devices.stream.getTracks();
    return this.devices.stream;
  }

  /** Gives the call what changed while it was being joined. */
  catchUp() {
    const { stream } = this.devices;
    const tracks = stream.getTracks();
    for (const track of this.#offered) if (!tracks.includes(track)) this.#owner.call()?.removeTrack(track);
    for (const track of tracks) if (!this.#offered.includes(track)) this.#owner.call()?.addTrack(track, stream);
    this.show();
  }

  stop() {
    this.screen.stop();
    this.devices.stop();
  }

  show() {
    const { name, isMuted, isCameraOff } = this.info;
    this.#owner.lobby.preview(this.devices.stream, !isCameraOff);
    this.#self.show({ stream: this.devices.stream, name, isSeen: !isCameraOff, isHeard: !isMuted, you: this.#speak('you') });
    this.switches.show();
    this.screen.show();
    void this.#choices.show();
    this.#describe();
  }

  #describe() {
    this.#owner.call()?.describe(this.info);
  }

  /** @param {MediaStream} stream */
  #share(stream) {
    for (const track of stream.getTracks()) this.#owner.call()?.addTrack(track, stream);
    this.#owner.message.show('sharing');
    this.#describe();
  }

  /** @param {MediaStream} stream */
  #unshare(stream) {
    for (const track of stream.getTracks()) this.#owner.call()?.removeTrack(track);
    this.#owner.message.hide('sharing');
    this.#describe();
  }
}
