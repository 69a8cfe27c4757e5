/** What we send: tracks, each with the stream that groups it for the others. The connections follow. */
export class Tracks {
  /** @type {Map<MediaStreamTrack, MediaStream>} */
  #streams = new Map();

  /** @param {MediaStream} [stream] */
  constructor(stream) {
    for (const track of stream?.getTracks() ?? []) this.#streams.set(track, /** @type {MediaStream} */ (stream));
  }

  /** @param {MediaStreamTrack} track @param {MediaStream} stream @returns {boolean} whether it is news */
  add(track, stream) {
    if (this.#streams.has(track)) return false;
    this.#streams.set(track, stream);
    return true;
  }

  /** @param {MediaStreamTrack} track */
  remove(track) {
    return this.#streams.delete(track);
  }

  /** The next one in its place, with its stream. @param {MediaStreamTrack} track @param {MediaStreamTrack} next @throws {TypeError} where `track` is not sent */
  replace(track, next) {
    const stream = this.#streams.get(track);
    if (!stream) throw new TypeError('this track is not sent');
    this.#streams.delete(track);
    this.#streams.set(next, stream);
  }

  /** @param {RTCPeerConnection} connection that is new */
  sendOver(connection) {
    for (const [track, stream] of this.#streams) connection.addTrack(track, stream);
  }
}
