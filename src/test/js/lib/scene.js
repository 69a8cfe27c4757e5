import assert from 'node:assert/strict';
import { connect } from '../../../main/webapp/lib/client.js';
import { FakeServer } from './fake-server.js';
import { FakeClock, fakeWorld } from './fake-world.js';

/** @typedef {import('../../../main/webapp/lib/tokenly.js').ConnectOptions} ConnectOptions */
/** @typedef {import('../../../main/webapp/lib/tokenly.js').StateEvent} StateEvent */

/** Long enough for a few frames to go to and fro, and too short for an attempt or a ping. */
export const SOON_MILLIS = 100;

/** A server on a clock, and its clients. */
export class Scene {
  clock = new FakeClock();
  server = new FakeServer(this.clock);

  /** @param {Partial<ConnectOptions> & { url?: string }} [options] */
  client({ url = 'ws://localhost:3003/rtc', world: changes, ...options } = {}) {
    const world = /** @type {ReturnType<typeof fakeWorld>} */ ({ ...fakeWorld(this.clock, this.server.WebSocket), ...changes });
    const client = connect(url, { ...options, world });
    /** @type {StateEvent[]} */
    const moves = [];
    /** @type {string[]} */
    const errors = [];
    client.on('state', (event) => moves.push(event));
    client.on('error', ({ code }) => errors.push(code));
    return { client, world, moves, errors };
  }

  /** A client that is connected. @param {Partial<ConnectOptions> & { url?: string }} [options] */
  async connected(options) {
    const made = this.client(options);
    await this.soon();
    assert.equal(made.client.view.state, 'connected');
    return made;
  }

  /** A client with one session in the room `r`. @param {string} sessionId @param {Partial<ConnectOptions> & { url?: string }} [options] */
  async joined(sessionId, options) {
    const made = await this.connected(options);
    return { ...made, ...(await this.join(made.client, sessionId)), wire: this.server.wire };
  }

  /** @param {import('../../../main/webapp/lib/tokenly.js').Client} client @param {string} sessionId */
  async join(client, sessionId) {
    const creating = client.createPeer({ sessionId, roomId: 'r' });
    /** @type {[string, any][]} */
    const events = [];
    const joining = creating.then((peer) => {
      for (const name of PEER_EVENTS) peer.on(name, (event) => events.push([name, event]));
      return peer;
    });
    await this.soon();
    return { peer: await joining, events };
  }

  /** A client with a session to which nothing listens. @param {string} sessionId @param {Partial<ConnectOptions> & { url?: string }} [options] */
  async deaf(sessionId, options) {
    const made = await this.connected(options);
    const creating = made.client.createPeer({ sessionId, roomId: 'r' });
    await this.soon();
    return { ...made, peer: await creating, wire: this.server.wire };
  }

  soon() {
    return this.clock.pass(SOON_MILLIS);
  }
}

const PEER_EVENTS = /** @type {const} */ ([
  'signal', 'peer-joined', 'peer-away', 'peer-back', 'peer-restarted', 'peer-left', 'undeliverable', 'resumed', 'reset', 'taken-over', 'ended',
]);

/** What became of a promise, now. @param {Promise<unknown>} promise @returns {Promise<unknown>} its value, its error's code, or `pending` */
export function outcomeOf(promise) {
  return Promise.race([promise.then((value) => value, ({ code }) => code), new Promise((resolve) => setImmediate(resolve, 'pending'))]);
}
