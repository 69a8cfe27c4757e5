import { deviceTrouble } from './troubles.js';

/** @typedef {'audio' | 'video'} Kind */
/** @typedef {import('./troubles.js').Trouble} Trouble */

/**
 * What is told of our devices.
 * @typedef {object} Owner
 * @property {() => void} changed what is on, or which devices there are
 * @property {(trouble: Trouble) => void} troubled
 * @property {(track: MediaStreamTrack) => void} added to the stream
 * @property {(track: MediaStreamTrack, next: MediaStreamTrack) => Promise<void>} replaced in the stream
 */

/** @type {Record<Kind, MediaTrackConstraints>} */
const WISHES = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: { width: { ideal: 1280 }, height: { ideal: 720 } },
};

/** The camera and the microphone, as one stream. A camera that is off is really off: a black picture is sent in its place. */
export class Devices {
  /** @type {MediaStream} */
  stream = new MediaStream();
  #owner;
  /** What is wished for, whether or not there is a device. @type {Record<Kind, boolean>} */
  #isOn = { audio: true, video: true };
  /** @type {Record<Kind, string>} */
  #chosen = { audio: '', video: '' };

  /** @param {Owner} owner */
  constructor(owner) {
    this.#owner = owner;
    navigator.mediaDevices?.addEventListener('devicechange', () => owner.changed());
  }

  /** Which of them are wanted, whether or not there is a device. @returns {Record<Kind, boolean>} */
  get wishes() {
    return { ...this.#isOn };
  }

  /** @param {Kind} kind whether it is heard or seen */
  isOn(kind) {
    const track = this.#track(kind);
    return this.#isOn[kind] && track?.readyState === 'live' && !standIns.has(track);
  }

  /** @param {Kind} kind */
  chosen(kind) {
    return this.#track(kind)?.getSettings().deviceId || this.#chosen[kind];
  }

  /** Begins with both, or with what there is. @param {Record<Kind, boolean>} wishes which of them are wanted */
  async start(wishes) {
    this.#isOn = { ...wishes };
    if (!navigator.mediaDevices) return this.#owner.troubled({ key: 'insecurePage' });
    const kinds = /** @type {Kind[]} */ (['audio', 'video']).filter((kind) => wishes[kind]);
    if (kinds.length === 0) return;
    try {
      await this.#open(kinds);
    } catch (error) {
      const troubles = kinds.length > 1 && deviceTrouble(error).key !== 'permissionRefused' ? await this.#openEach(kinds) : [deviceTrouble(error)];
      for (const trouble of troubles) this.#owner.troubled(trouble);
    }
    this.#owner.changed();
  }

  /** @param {Kind} kind @param {boolean} isOn */
  async turn(kind, isOn) {
    this.#isOn[kind] = isOn;
    const track = this.#track(kind);
    if (kind === 'audio' && track?.readyState === 'live') track.enabled = isOn;
    else if (isOn) await this.#reopen(kind);
    else if (track) await this.#put(blackTrack()).catch((error) => this.#owner.troubled(deviceTrouble(error)));
    this.#owner.changed();
  }

  /** Another device. @param {Kind} kind @param {string} deviceId */
  async choose(kind, deviceId) {
    this.#chosen[kind] = deviceId;
    if (this.#isOn[kind]) await this.#reopen(kind);
    this.#owner.changed();
  }

  /** Those that the browser names. @param {Kind} kind @returns {Promise<MediaDeviceInfo[]>} */
  async list(kind) {
    const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return all.filter((device) => device.kind === `${kind}input` && device.deviceId !== '');
  }

  /** Gives camera and microphone back. */
  stop() {
    for (const track of this.stream.getTracks()) track.stop();
    this.stream = new MediaStream();
  }

  /** @param {Kind} kind */
  #track(kind) {
    return (kind === 'audio' ? this.stream.getAudioTracks() : this.stream.getVideoTracks())[0];
  }

  /** @param {Kind} kind */
  async #reopen(kind) {
    if (!navigator.mediaDevices) return this.#owner.troubled({ key: 'insecurePage' });
    try {
      await this.#open([kind]);
    } catch (error) {
      const track = this.#track(kind);
      this.#isOn[kind] &&= track?.readyState === 'live' && !standIns.has(track); // the one before goes on, where there is one
      if (/** @type {Error} */ (error).name === 'OverconstrainedError') this.#chosen[kind] = ''; // that device is not there any more
      this.#owner.troubled(deviceTrouble(error));
    }
  }

  /** @param {Kind[]} kinds @throws {DOMException} */
  async #open(kinds) {
    const wishes = kinds.map((kind) => [kind, { ...WISHES[kind], ...(this.#chosen[kind] && { deviceId: { exact: this.#chosen[kind] } }) }]);
    const { stream } = this;
    const opened = await navigator.mediaDevices.getUserMedia(Object.fromEntries(wishes));
    if (this.stream !== stream) return opened.getTracks().forEach((track) => track.stop()); // given back meanwhile
    for (const track of opened.getTracks()) {
      if (track.kind === 'audio') track.enabled = this.#isOn.audio; // it may have been turned off meanwhile
      else if (!this.#isOn.video) {
        track.stop();
        continue;
      }
      track.addEventListener('ended', () => this.#ended(track));
      await this.#put(track);
    }
  }

  /** @param {Kind[]} kinds @returns {Promise<Trouble[]>} */
  async #openEach(kinds) {
    /** @type {{ kind: Kind, trouble: Trouble }[]} */
    const failed = [];
    for (const kind of kinds) await this.#open([kind]).catch((error) => failed.push({ kind, trouble: deviceTrouble(error) }));
    for (const { kind } of failed) this.#isOn[kind] = false;
    if (failed.length === kinds.length) return failed.slice(0, 1).map(({ trouble }) => trouble);
    return failed.map(({ kind, trouble }) => (trouble.key === 'noDevice' ? { key: kind === 'audio' ? 'noMicrophone' : 'noCamera' } : trouble));
  }

  /** Into the stream, in place of the one of its kind. @param {MediaStreamTrack} next */
  async #put(next) {
    const kind = /** @type {Kind} */ (next.kind);
    const track = this.#track(kind);
    if (track) {
      this.stream.removeTrack(track);
      track.stop();
    }
    this.stream.addTrack(next);
    if (track) await this.#owner.replaced(track, next);
    else this.#owner.added(next);
  }

  /** By itself, as where it was unplugged. @param {MediaStreamTrack} track */
  #ended(track) {
    if (!this.stream.getTracks().includes(track)) return;
    this.#owner.troubled({ key: 'deviceGone' });
    this.#owner.changed();
  }
}

/** @type {WeakSet<MediaStreamTrack>} */
const standIns = new WeakSet();

/** A picture that costs nothing to send. */
function blackTrack() {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d')?.fillRect(0, 0, canvas.width, canvas.height);
  const track = /** @type {MediaStreamTrack} */ (canvas.captureStream(0).getVideoTracks()[0]);
  standIns.add(track);
  return track;
}
