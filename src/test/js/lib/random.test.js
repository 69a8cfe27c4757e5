/** Hundreds of random schedules: wherever connections are cut, every signal is processed exactly once and in order. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connect } from '../../../main/webapp/lib/client.js';
import { FakeServer } from './fake-server.js';
import { FakeClock, fakeWorld, seeded } from './fake-world.js';

/** @typedef {import('../../../main/webapp/lib/tokenly.js').Peer} Peer */

const SCHEDULES = 200;
/** Those in which the store goes back. */
const RETURNS = 80;
const STEPS = 60;
/** Longer than any backoff and heartbeat here. */
const CALM_MILLIS = 60_000;
/** Two sessions of one client, and one of each of two others. */
const SESSIONS = [['a1', 'a2'], ['b'], ['c']];

/** One schedule, which its seed decides. */
class Schedule {
  clock = new FakeClock();
  server = new FakeServer(this.clock);
  /** @type {Peer[]} */
  peers = [];
  /** @type {import('../../../main/webapp/lib/tokenly.js').Client[]} */
  clients = [];
  maxAttempts = Infinity;
  /** What each session processed of each other one. @type {Map<string, number[]>} */
  processed = new Map();
  /** What each session sent to each other one. @type {Map<string, number[]>} */
  sent = new Map();
  /** @type {Promise<unknown>[]} */
  receipts = [];
  /** @type {string[]} */
  resets = [];
  /** What the server has acknowledged to each session in its present epoch, by its number there. @type {Map<string, Map<number, number>>} */
  acknowledged = new Map();
  /** What was acknowledged, and is named as lost. @type {Set<number>} */
  lost = new Set();
  /** The last signal before the last reset of each session. @type {Map<string, number>} */
  writtenOff = new Map();
  #count = 0;
  isRough = true;

  /** @param {number} seed */
  constructor(seed) {
    this.random = seeded(seed);
    const { server, random } = this;
    server.ackDelay = () => Math.floor(random() * 20);
    server.isBusy = () => this.isRough && random() < 0.05;
    server.onFrame = (wire) => {
      server.latency = 1 + Math.floor(random() * 30);
      if (this.isRough && random() < 0.05) this.breaks(wire);
    };
  }

  /** @param {import('./fake-server.js').Wire} wire */
  breaks(wire) {
    if (this.random() < 0.2) wire.silence();
    else wire.cut();
  }

  async start() {
    const creating = SESSIONS.flatMap((ids) => {
      const world = fakeWorld(this.clock, this.server.WebSocket, this.random);
      const client = connect('ws://localhost/rtc', { world, maxAttempts: this.maxAttempts, delays: [50, 100, 200] });
      this.clients.push(client);
      return ids.map((sessionId) => client.createPeer({ sessionId, roomId: 'r' }).then((peer) => this.#listen(peer)));
    });
    await this.clock.pass(CALM_MILLIS);
    await Promise.all(creating);
  }

  async step() {
    const wire = this.server.wires[Math.floor(this.random() * this.server.wires.length)];
    if (wire && !wire.isCut && this.random() < 0.1) this.breaks(wire);
    if (this.random() < 0.6) this.#send();
    await this.clock.pass(Math.floor(this.random() ** 3 * 2000));
  }

  async calm() {
    this.isRough = false;
    await this.clock.pass(CALM_MILLIS);
  }

  #send() {
    const from = /** @type {Peer} */ (this.peers[Math.floor(this.random() * this.peers.length)]);
    const others = this.peers.filter((peer) => peer !== from);
    const to = this.random() < 0.5 ? others[Math.floor(this.random() * others.length)] : undefined;
    const n = ++this.#count;
    for (const { sessionId } of to ? [to] : others) listOf(this.sent, `${from.sessionId}>${sessionId}`).push(n);
    const receipt = from.send({ type: 'message', n, ...(to && { to: to.sessionId }) });
    this.receipts.push(receipt);
    receipt.then(({ seq }) => this.#acknowledgedTo(from.sessionId).set(seq, n), () => {});
  }

  /** @param {string} sessionId */
  #acknowledgedTo(sessionId) {
    const numbers = this.acknowledged.get(sessionId) ?? new Map();
    this.acknowledged.set(sessionId, numbers);
    return numbers;
  }

  /** @param {string} sessionId @param {import('../../../main/webapp/lib/tokenly.js').PeerEvents['reset']} reset */
  #reset(sessionId, { reason, lost }) {
    this.resets.push(reason);
    this.writtenOff.set(sessionId, this.#count);
    for (let seq = lost?.first ?? 1; seq <= (lost?.last ?? 0); seq++) this.lost.add(Number(this.#acknowledgedTo(sessionId).get(seq)));
    this.acknowledged.delete(sessionId);
  }

  /** What was acknowledged, is neither processed nor named, and is not of before a reset of its addressee. @returns {Promise<string[]>} */
  async missing() {
    const isAcknowledged = new Set();
    await Promise.all(this.receipts.map((receipt, k) => receipt.then(() => isAcknowledged.add(k + 1), () => {})));
    return [...this.sent].flatMap(([names, numbers]) => {
      const processed = new Set(this.processed.get(names));
      const writtenOff = this.writtenOff.get(String(names.split('>')[1])) ?? 0;
      return numbers.filter((n) => isAcknowledged.has(n) && n > writtenOff && !processed.has(n) && !this.lost.has(n)).map((n) => `${names} ${n}`);
    });
  }

  /** @param {Peer} peer */
  #listen(peer) {
    this.peers.push(peer);
    peer.on('signal', ({ from, ['n']: n }) => listOf(this.processed, `${from}>${peer.sessionId}`).push(n));
    peer.on('reset', (reset) => this.#reset(peer.sessionId, reset));
  }
}

/** @param {Map<string, number[]>} lists @param {string} name */
function listOf(lists, name) {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  return list;
}

describe('any schedule', () => {
  it('processesEverySignalExactlyOnceAndInOrder', async () => {
    let connections = 0;
    for (let seed = 1; seed <= SCHEDULES; seed++) {
      const schedule = new Schedule(seed);
      await schedule.start();
      for (let step = 0; step < STEPS; step++) await schedule.step();
      await schedule.calm();
      await Promise.all(schedule.receipts);
      assert.deepEqual([...schedule.processed].sort(), [...schedule.sent].sort(), `seed ${seed}`);
      assert.deepEqual(schedule.resets, [], `seed ${seed}`);
      for (const { sessionId, peers } of schedule.peers) {
        const others = SESSIONS.flat().filter((id) => id !== sessionId);
        assert.deepEqual([...peers].sort(), others.map((id) => [id, 'present']), `seed ${seed}, ${sessionId}`);
      }
      connections += schedule.server.wires.length;
    }
    assert.ok(connections > 5 * SCHEDULES, `only ${connections} connections`);
  });

  it('processesEachAcknowledgedSignalOnceAndNoneTwiceWhereClientsGiveUpAndReturn', async () => {
    let rejected = 0;
    for (let seed = 1; seed <= SCHEDULES; seed++) {
      const schedule = new Schedule(seed);
      schedule.maxAttempts = 2;
      await schedule.start();
      for (const client of schedule.clients) client.on('state', ({ state }) => state === 'gave-up' && schedule.clock.set(() => client.networkChanged(), Math.floor(schedule.random() * 3000)));
      for (let step = 0; step < STEPS; step++) {
        if (schedule.random() < 0.2) schedule.server.isUp = !schedule.server.isUp;
        await schedule.step();
      }
      schedule.server.isUp = true;
      await schedule.calm();
      const isSent = await Promise.all(schedule.receipts.map((receipt) => receipt.then(() => true, ({ code }) => assert.equal(code, 'gave-up'))));
      for (const [names, numbers] of schedule.sent) {
        const processed = schedule.processed.get(names) ?? [];
        assert.deepEqual(processed, numbers.filter((n) => processed.includes(n)), `seed ${seed}, ${names}`);
        assert.deepEqual(numbers.filter((n) => isSent[n - 1] && !processed.includes(n)), [], `seed ${seed}, ${names}`);
      }
      assert.deepEqual(schedule.resets, [], `seed ${seed}`);
      rejected += isSent.filter((sent) => !sent).length;
    }
    assert.ok(rejected > SCHEDULES, `only ${rejected} were rejected`);
  });

  it('processesNoSignalTwiceWhereTheServerIsKilled', async () => {
    let resets = 0;
    for (let seed = 1; seed <= SCHEDULES; seed++) {
      const schedule = new Schedule(seed);
      await schedule.start();
      for (let step = 0; step < STEPS; step++) {
        if (schedule.random() < 0.05) schedule.server.restart();
        await schedule.step();
      }
      await schedule.calm();
      const codes = await Promise.all(schedule.receipts.map((receipt) => receipt.then(() => 'sent', ({ code }) => code)));
      assert.deepEqual(codes.filter((code) => !['sent', 'session-lost', 'session-reset'].includes(code)), [], `seed ${seed}`);
      for (const [names, numbers] of schedule.processed) {
        const expected = (schedule.sent.get(names) ?? []).filter((n) => numbers.includes(n));
        assert.deepEqual(numbers, expected, `seed ${seed}, ${names}`);
      }
      resets += schedule.resets.length;
    }
    assert.ok(resets > SCHEDULES, `only ${resets} resets`);
  });

  for (const isOld of [false, true]) {
    it(`namesWhatAStoreThatWentBackHasLost-${isOld ? 'toAnOldServer' : 'andTheServerFindsOut'}`, async () => {
      let lost = 0;
      for (let seed = 1; seed <= RETURNS; seed++) {
        const schedule = new Schedule(seed);
        schedule.server.isOld = isOld;
        await schedule.start();
        let snapshot = schedule.server.snapshot();
        for (let step = 0; step < STEPS; step++) {
          if (schedule.random() < 0.05) snapshot = schedule.server.snapshot();
          if (schedule.random() < 0.03) schedule.server.goBack(snapshot);
          await schedule.step();
        }
        await schedule.calm();
        const codes = await Promise.all(schedule.receipts.map((receipt) => receipt.then(() => 'sent', ({ code }) => code)));
        assert.deepEqual(codes.filter((code) => !['sent', 'session-lost', 'session-reset'].includes(code)), [], `seed ${seed}`);
        assert.deepEqual(schedule.peers.filter(({ isAttached, pending }) => !isAttached || pending > 0), [], `seed ${seed}`);
        for (const [names, numbers] of schedule.processed) {
          const expected = (schedule.sent.get(names) ?? []).filter((n) => numbers.includes(n));
          assert.deepEqual(numbers, expected, `seed ${seed}, ${names}`);
        }
        if (!isOld) assert.deepEqual(await schedule.missing(), [], `seed ${seed}`);
        lost += schedule.lost.size;
      }
      assert.ok(lost > RETURNS, `only ${lost} were lost`);
    });
  }
});
