/** The client against a server in memory, on a clock of its own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connect } from '../../../main/webapp/lib/client.js';
import { FakeServer } from './fake-server.js';
import { FakeClock, fakeWorld, turns } from './fake-world.js';

/** @typedef {import('../../../main/webapp/lib/tokenly.js').ConnectOptions} ConnectOptions */

const URL = 'ws://localhost:3003/rtc';

/** A clock and a server on it. */
class Scene {
  clock = new FakeClock();
  server = new FakeServer(this.clock);

  /** @param {ConnectOptions} [options] */
  client(options = {}) {
    const world = fakeWorld(this.clock, this.server.WebSocket);
    const client = connect(URL, { ...options, world: { ...world, ...options.world } });
    /** @type {string[]} */
    const states = [];
    client.on('state', ({ state }) => states.push(state));
    return { client, world, states };
  }

  /** @param {string} sessionId @param {ConnectOptions} [options] */
  async joined(sessionId, options = {}) {
    const made = this.client(options);
    const creating = made.client.createPeer({ sessionId, roomId: 'r' });
    await this.clock.pass(100);
    const peer = await creating;
    /** @type {any[]} */
    const signals = [];
    peer.on('signal', (signal) => signals.push(signal));
    return { ...made, peer, signals };
  }
}

describe('the client', () => {
  it('sendsAndReceives', async () => {
    const scene = new Scene();
    const a = await scene.joined('a');
    const b = await scene.joined('b');
    await scene.clock.pass(100);
    assert.deepEqual([...a.peer.peers], [['b', 'present']]);
    const sent = a.peer.send({ type: 'offer', to: 'b', sdp: 'x' });
    await scene.clock.pass(100);
    assert.deepEqual(await sent, { seq: 1 });
    assert.deepEqual(b.signals, [{ type: 'offer', to: 'b', from: 'a', seq: 1, sdp: 'x', isReplayed: false }]);
    assert.deepEqual(a.states, ['connecting', 'welcoming', 'connected']);
    await turns();
  });

  it('resumes', async () => {
    const scene = new Scene();
    const a = await scene.joined('a');
    const b = await scene.joined('b');
    /** @type {any[]} */
    const resumed = [];
    b.peer.on('resumed', (event) => resumed.push(event));
    await scene.clock.pass(100);
    scene.server.wires[1]?.cut();
    const early = b.peer.send({ type: 'message', n: 1 });
    void a.peer.send({ type: 'message', n: 2 });
    await scene.clock.pass(1100);
    assert.deepEqual(await early, { seq: 1 });
    assert.equal(b.signals.length, 1);
    assert.equal(b.signals[0].isReplayed, true);
    assert.equal(a.signals.length, 1);
    assert.deepEqual(resumed, [{ replayed: 1, resent: 1 }]);
  });
});
