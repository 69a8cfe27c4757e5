/** The client and its connections, on a clock of its own. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { connect } from '../../../main/webapp/lib/client.js';
import { OLD_WELCOME, WELCOME } from './fake-server.js';
import { outcomeOf, Scene, SOON_MILLIS } from './scene.js';

/** The time that the socket takes to open, and the welcome to arrive. */
const UNTIL_WELCOME_MILLIS = 2;

/** The table that server, clients and PROTOCOL.md share. @type {{ code: number, client: string, error?: string, isTimed?: boolean }[]} */
const CLOSE_CODES = Object.entries(JSON.parse(readFileSync(new URL('../../vectors/close-codes.json', import.meta.url), 'utf8')))
  .map(([code, row]) => ({ code: Number(code), ...row }));

/** Knows how many listen. */
class CountingTarget extends EventTarget {
  count = 0;

  /** @param {Parameters<EventTarget['addEventListener']>} args @override */
  addEventListener(...args) {
    this.count += 1;
    super.addEventListener(...args);
  }

  /** @param {Parameters<EventTarget['removeEventListener']>} args @override */
  removeEventListener(...args) {
    this.count -= 1;
    super.removeEventListener(...args);
  }
}

/** @param {{ state: string, attempt: number, delay: number }[]} moves */
const brief = (moves) => moves.map(({ state, attempt, delay }) => (attempt ? `${state} ${attempt} ${delay}` : state));

/** @param {import('../../../main/webapp/lib/tokenly.js').StateEvent[]} moves */
const last = (moves) => /** @type {import('../../../main/webapp/lib/tokenly.js').StateEvent} */ (moves.at(-1));

describe('the client', () => {
  it('connectsAfterItsListenersAreSet', async () => {
    const scene = new Scene();
    const { client, moves } = scene.client();
    assert.equal(client.view.state, 'idle');
    assert.equal(scene.server.wires.length, 0);
    await scene.soon();
    assert.deepEqual(brief(moves), ['connecting', 'welcoming', 'connected']);
    assert.deepEqual(moves.map(({ from }) => from), ['idle', 'connecting', 'welcoming']);
    assert.deepEqual(scene.server.wire.asked, ['tokenly.v1.batched', 'tokenly.v1']);
  });

  it('comesBackAsOftenAndAsFastAsTheServerSays', async () => {
    const scene = new Scene();
    const reconnect = { ...WELCOME.reconnect, delays_ms: [10, 20], max_attempts: 2 };
    scene.server.welcome = { ...WELCOME, reconnect };
    const { client, moves } = await scene.connected({ maxAttempts: 'announced' });
    moves.length = 0;
    scene.server.isUp = false;
    const { now } = scene.clock;
    scene.server.wire.cut();
    assert.equal(client.view.dueAt, now + 10);
    await scene.soon();
    assert.deepEqual(brief(moves), ['waiting 1 10', 'connecting 1 10', 'waiting 2 20', 'connecting 2 20', 'gave-up 2 20']);
    assert.deepEqual(last(moves).loss, { code: 1006, reason: '' });
    assert.equal(last(moves).error?.code, 'gave-up');
    assert.equal(client.view.maxAttempts, 2);
    assert.deepEqual(scene.clock.timers, []);
  });

  it('comesBackForAsLongAsItIsNotClosed', async () => {
    const scene = new Scene();
    const { client, moves, wire, peer } = await scene.joined('a');
    scene.server.isUp = false;
    wire.cut();
    await scene.clock.pass(3_600_000);
    assert.equal(client.view.maxAttempts, Infinity);
    assert.ok(client.view.attempt > 200);
    assert.deepEqual(moves.filter(({ state, attempt }) => state === 'waiting' && attempt > 5 && attempt < 9).map(({ delay }) => delay), [16_000, 16_000, 16_000]);
    scene.server.isUp = true;
    await scene.clock.pass(17_000);
    assert.equal(peer.isAttached, true);
    void client.close();
    await scene.soon();
    assert.deepEqual(scene.clock.timers, []);
  });

  it('neverGivesUpWhileEachAttemptSucceedsButPaysTheDelays', async () => {
    const scene = new Scene();
    const { client, moves } = await scene.joined('a', { maxAttempts: 2, delays: [10, 20, 30] });
    for (let loss = 0; loss < 10; loss++) {
      scene.server.wire.cut();
      await scene.clock.pass(1000);
      assert.equal(client.view.state, 'connected');
    }
    assert.deepEqual(moves.filter(({ state }) => state === 'waiting').map(({ delay }) => delay).slice(0, 4), [10, 20, 30, 30]);
  });

  it('countsAnewWhenAConnectionHasLivedLongEnough', async () => {
    const scene = new Scene();
    const { moves } = await scene.connected({ delays: [10, 20, 30] });
    for (const [lifeMillis, attempt] of [[4999, 2], [5001, 1]]) {
      scene.server.wire.cut();
      await scene.clock.pass(last(moves).delay + UNTIL_WELCOME_MILLIS + Number(lifeMillis));
      scene.server.wire.cut();
      assert.equal(last(moves).attempt, attempt);
      await scene.clock.pass(20_000);
    }
  });

  it('countsAnewAtOnceWhereTheServerSaysSo', async () => {
    const scene = new Scene();
    scene.server.welcome = { ...WELCOME, reconnect: { ...WELCOME.reconnect, reset_after_ms: 0 } };
    const { moves, client } = await scene.connected({ delays: [10] });
    scene.server.wire.cut();
    client.on('state', ({ state }) => state === 'connected' && scene.server.wires.length === 2 && scene.server.wire.cut());
    await scene.clock.pass(10 + UNTIL_WELCOME_MILLIS);
    assert.deepEqual(brief(moves).slice(-2), ['connected', 'waiting 1 10']);
  });

  it('comesBackByHandFromWhereverItIs', async () => {
    const scene = new Scene();
    const { client, moves } = await scene.connected({ delays: [60_000], maxAttempts: 1 });
    client.reconnectNow();
    assert.deepEqual(moves.slice(-1).map(({ state, loss }) => [state, loss]), [['connecting', { code: 3000, reason: 'manual reconnect' }]]);
    client.reconnectNow();
    assert.deepEqual(last(moves).loss, { code: 1006, reason: '' }, 'an attempt has no close code');
    await scene.soon();
    scene.server.wire.cut();
    client.reconnectNow();
    assert.equal(last(moves).loss, undefined);
    await scene.soon();
    assert.equal(client.view.state, 'connected');
    assert.equal(scene.server.wires.length, 4);

    scene.server.isUp = false;
    scene.server.wire.cut();
    await scene.clock.pass(61_000);
    assert.equal(client.view.state, 'gave-up');
    scene.server.isUp = true;
    client.reconnectNow();
    await scene.soon();
    assert.equal(client.view.state, 'connected');
    assert.equal(client.view.error, undefined);
  });

  it('countsAnewWhenItIsBroughtBackByHand', async () => {
    const scene = new Scene();
    scene.server.isUp = false;
    const { client, moves } = scene.client({ delays: [10, 60_000] });
    await scene.soon();
    assert.equal(last(moves).attempt, 2);
    client.reconnectNow();
    assert.deepEqual(brief(moves).at(-1), 'connecting');
    await scene.clock.pass(5);
    assert.deepEqual(brief(moves).at(-1), 'waiting 1 10');
  });

  for (const { code, error: name } of [...CLOSE_CODES.filter(({ client }) => client === 'stop'), { code: 3007, error: 'ended-by-server' }]) {
    it(`doesNotComeBackAfter-${code}`, async () => {
      const scene = new Scene();
      const { client, moves } = await scene.connected({ finalCodes: [3007] });
      scene.server.wire.cut(code, 'why');
      assert.deepEqual([last(moves).state, last(moves).error?.code, last(moves).error?.message], ['refused', name, 'why']);
      await scene.clock.pass(100_000);
      assert.equal(scene.server.wires.length, 1);
      assert.equal(await outcomeOf(client.createPeer({ sessionId: 'a', roomId: 'r' })), name);
    });
  }

  for (const { code, client: act, isTimed } of CLOSE_CODES.filter(({ client }) => client.startsWith('retry'))) {
    it(`comesBackAfter-${code}`, async () => {
      const scene = new Scene();
      const { moves } = await scene.connected({ delays: [10, 20] });
      scene.server.wire.cut(code, 'retry_after_ms=7');
      assert.equal(brief(moves).at(-1), `waiting 1 ${act === 'retry-at-once' ? 0 : isTimed ? 7 : 10}`);
    });
  }

  for (const { code } of CLOSE_CODES.filter(({ client }) => client === 'rest')) {
    it(`restsAfter-${code}-untilASessionIsWanted`, async () => {
      const scene = new Scene();
      const { client, moves } = await scene.connected();
      scene.server.wire.cut(code, 'unused');
      assert.deepEqual([last(moves).state, last(moves).loss?.code], ['resting', code]);
      await scene.clock.pass(100_000);
      assert.equal(scene.server.wires.length, 1);
      const peer = client.createPeer({ sessionId: 'a', roomId: 'r' });
      await scene.soon();
      assert.equal((await peer).sessionId, 'a');
      assert.equal(client.view.state, 'connected');
    });

    it(`comesBackAfter-${code}-whereItHoldsASession`, async () => {
      const scene = new Scene();
      const { moves } = await scene.joined('a');
      scene.server.wire.cut(code, 'unused');
      assert.equal(last(moves).state, 'waiting');
    });
  }

  it('waitsAsLongAsADrainSays', async () => {
    const scene = new Scene();
    const { moves } = await scene.connected();
    scene.server.wire.push({ type: 'drain', retry_after_ms: 1234 });
    scene.server.wire.end(1012);
    await scene.soon();
    assert.equal(last(moves).delay, 1234);
    await scene.clock.pass(2000);
    scene.server.wire.cut(1012);
    assert.equal(last(moves).delay, 2000, 'only once');
  });

  it('givesUpAnAttemptWithoutAWelcome', async () => {
    const scene = new Scene();
    scene.server.accept = (wire) => wire.open('tokenly.v1');
    const { client, errors } = scene.client({ connectTimeoutMillis: 5000 });
    await scene.clock.pass(4999);
    assert.equal(client.view.state, 'welcoming');
    await scene.clock.pass(1);
    assert.equal(client.view.state, 'waiting');
    assert.deepEqual(errors, ['connect-timeout']);
    assert.equal(scene.server.wire.closed?.code, 3002);
  });

  it('takesSeveralMessagesInOneFrame', async () => {
    const scene = new Scene();
    const { client } = await scene.connected();
    /** @type {unknown[]} */
    const received = [];
    client.on('received', ({ data, frame }) => received.push([data, frame?.['id']]));
    scene.server.wire.push({ type: 'pong', id: 1 }, { type: 'pong', id: 2 });
    await scene.soon();
    assert.deepEqual(received, [['{"type":"pong","id":1}', 1], ['{"type":"pong","id":2}', 2]]);
  });

  it('takesNothingFromAFrameAfterTheMessageThatEndsIt', async () => {
    const scene = new Scene();
    const { client } = await scene.connected();
    let count = 0;
    client.on('received', () => (count += 1, client.fail()));
    scene.server.wire.push({ type: 'pong', id: 1 }, { type: 'pong', id: 2 });
    await scene.soon();
    assert.equal(count, 1);
  });

  it('connectsToAServerThatDoesNotBatch', async () => {
    const scene = new Scene();
    scene.server.accept = (wire) => (wire.open('tokenly.v1'), wire.push(WELCOME));
    const { client } = await scene.connected();
    assert.equal(client.view.state, 'connected');
  });

  it('saysThatTheServerIsNotResumable', async () => {
    const scene = new Scene();
    scene.server.accept = (wire) => wire.open('');
    const { client, moves } = scene.client();
    const creating = client.createPeer({ sessionId: 'a', roomId: 'r' });
    await Promise.all([assert.rejects(creating, { code: 'not-resumable' }), scene.soon()]);
    assert.deepEqual([last(moves).state, last(moves).error?.code], ['refused', 'not-resumable']);

    scene.server.accept = (wire) => wire.onerror?.({ message: 'Server sent no subprotocol', error: new Error() });
    client.reconnectNow();
    await scene.soon();
    assert.equal(client.view.error?.code, 'not-resumable', 'as ws says it');
  });

  it('goesOnWhereTheBrowserForbidsASocket', async () => {
    const scene = new Scene();
    let isForbidden = true;
    const { server } = scene;
    class WebSocket extends server.WebSocket {
      /** @param {string} url @param {string[]} protocols */
      constructor(url, protocols) {
        if (isForbidden) throw new Error('not from here');
        super(url, protocols);
      }
    }
    const { client, moves, errors } = scene.client({ WebSocket, delays: [10] });
    await scene.clock.pass(1);
    assert.deepEqual(brief(moves), ['connecting', 'waiting 1 10']);
    assert.deepEqual(errors, ['connection-failed']);
    isForbidden = false;
    await scene.soon();
    assert.equal(client.view.state, 'connected');
  });

  it('needsAWebSocket', () => {
    const { WebSocket } = globalThis;
    // @ts-expect-error: as in Node 20
    delete globalThis.WebSocket;
    try {
      assert.throws(() => connect('ws://localhost/rtc'), { code: 'no-websocket' });
    } finally {
      if (WebSocket) globalThis.WebSocket = WebSocket;
    }
  });

  for (const [name, welcome, word] of /** @type {const} */ ([['now', WELCOME, 'leave'], ['before', OLD_WELCOME, 'destroy-peer']])) it(`leavesAndClosesWith1000-aServerOf-${name}`, async () => {
    const scene = new Scene();
    scene.server.welcome = welcome;
    /** @type {(number | undefined)[]} */
    const closedAt = [];
    scene.server.onFrame = (wire, { type }) => type === word && closedAt.push(wire.closed?.code);
    const { client, peer, moves, events, wire } = await scene.joined('a');
    scene.server.isBusy = () => true;
    const sending = peer.send({ type: 'message' });
    await scene.soon();
    const closing = client.close();
    await Promise.all([assert.rejects(sending, { code: 'closed' }), scene.soon()]);
    assert.deepEqual(await closing, { code: 1000, reason: '' });
    assert.equal(wire.closed?.code, 1000);
    assert.deepEqual(wire.sent.at(-1)?.['type'], word);
    assert.equal(last(moves).state, 'closed');
    assert.deepEqual(events, [['ended', { reason: 'closed' }]]);
    assert.equal(scene.server.sessions.size, 0);
    assert.deepEqual(closedAt, [undefined], 'first it leaves');
    assert.deepEqual(client.remembered, []);
    assert.deepEqual(scene.clock.timers, []);
    client.reconnectNow();
    assert.equal(await outcomeOf(client.createPeer({ sessionId: 'b', roomId: 'r' })), 'closed');
    assert.equal(await outcomeOf(peer.send({ type: 'message' })), 'peer-ended');
    assert.deepEqual(await client.close(), { code: 1000, reason: '' }, 'the same end');
    assert.equal(scene.server.wires.length, 1);
  });

  it('keepsItsSessionsForWhomeverComesNextWhereNobodyConfirmsTheEnd', async () => {
    const scene = new Scene();
    const { client, wire } = await scene.joined('a');
    scene.server.take = () => {};
    const closing = client.close();
    await scene.clock.pass(999);
    assert.equal(await outcomeOf(closing), 'pending');
    await scene.clock.pass(1);
    assert.deepEqual(await outcomeOf(closing), { code: 1006, reason: '' });
    await scene.soon();
    assert.equal(wire.closed?.code, 1000);
    assert.deepEqual(client.remembered, [{ sessionId: 'a', roomId: 'r' }]);
  });

  it('keepsItsSessionsWhereItIsClosedWithoutAConnection', async () => {
    const scene = new Scene();
    const { client, wire } = await scene.joined('a');
    wire.cut();
    assert.deepEqual(await client.close(), { code: 1006, reason: '' });
    assert.deepEqual(client.remembered, [{ sessionId: 'a', roomId: 'r' }]);
  });

  it('waitsForADeafServerNoLongerThanASecond', async () => {
    const scene = new Scene();
    const { client } = await scene.connected();
    scene.server.wire.silence();
    const closing = client.close();
    await scene.clock.pass(999);
    assert.equal(await outcomeOf(closing), 'pending');
    await scene.clock.pass(1);
    assert.deepEqual(await outcomeOf(closing), { code: 1006, reason: '' });
  });

  it('isClosedByItsSignal', async () => {
    const scene = new Scene();
    const abort = new AbortController();
    const { client } = await scene.connected({ signal: abort.signal });
    abort.abort();
    assert.equal(client.view.state, 'closed');
    const { client: never } = scene.client({ signal: abort.signal });
    await scene.soon();
    assert.equal(never.view.state, 'closed');
    assert.equal(scene.server.wires.length, 1);
  });

  it('losesItsConnectionForATestTool', async () => {
    const scene = new Scene();
    const { client, moves } = await scene.connected();
    const { wire } = scene.server;
    assert.equal(client.fail(), true);
    assert.deepEqual([last(moves).state, last(moves).loss], ['waiting', { code: 1006, reason: '' }]);
    assert.equal(wire.closed?.code, 3001, 'where there is no terminate()');
    assert.equal(client.fail(), false);
  });

  it('toleratesAListenerThatThrowsOrActs', async () => {
    const scene = new Scene();
    const { client } = scene.client();
    /** @type {unknown[]} */
    const uncaught = [];
    const keep = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException').on('uncaughtException', (error) => uncaught.push(error));
    const stop = client.on('state', () => {
      throw new Error('of the application');
    });
    let acts = 1;
    client.on('state', ({ state }) => state === 'connecting' && acts-- > 0 && client.reconnectNow());
    await scene.soon();
    await new Promise((resolve) => setImmediate(resolve));
    process.removeAllListeners('uncaughtException');
    for (const listener of keep) process.on('uncaughtException', listener);
    stop();
    assert.equal(client.view.state, 'connected');
    assert.equal(scene.server.wires.length, 1);
    assert.equal(uncaught.length, 4);
  });

  it('letsAListenerOfItsTroublesActAtOnce', async () => {
    const scene = new Scene();
    const { client, moves } = await scene.connected({ heartbeat: { intervalMillis: 1000, timeoutMillis: 500 } });
    client.on('error', () => client.reconnectNow());
    scene.server.wire.silence();
    await scene.clock.pass(3000);
    assert.deepEqual(brief(moves).slice(3), ['connecting', 'welcoming', 'connected']);
    assert.equal(scene.server.wires.length, 2);
  });

  it('letsAListenerOfATakeOverActAtOnce', async () => {
    const scene = new Scene();
    const { client, peer, wire } = await scene.joined('a');
    peer.on('ended', () => void client.close());
    wire.cut(4010);
    assert.equal(client.view.state, 'closed');
  });

  it('tellsTheLogEachFrameButNoKey', async () => {
    const scene = new Scene();
    const { client } = scene.client({ delays: [10] });
    /** @type {string[]} */
    const texts = [];
    /** @type {any[]} */
    const received = [];
    client.on('sent', ({ text, frame }) => texts.push(text, JSON.stringify(frame)));
    client.on('received', ({ frame, data }) => received.push(frame ?? data));
    void client.createPeer({ sessionId: 'a', roomId: 'r' });
    await scene.soon();
    scene.server.wire.onmessage?.({ data: 'no JSON' });
    scene.server.wire.cut();
    await scene.soon();
    assert.deepEqual(texts.filter((_, index) => index % 2 === 0), texts.filter((_, index) => index % 2 === 1));
    const frames = texts.filter((_, index) => index % 2 === 0).map((text) => JSON.parse(text));
    const { instance } = frames[0];
    assert.match(instance, /^[\w-]{22}$/);
    assert.deepEqual(frames, [
      { type: 'create-peer', session_id: 'a', room_id: 'r', instance, attempt: 1 },
      { type: 'resume', instance, attempt: 2, sessions: [{ session_id: 'a', epoch: 1, received: 0, sent: 0, acked: 0 }] },
    ]);
    assert.match(scene.server.wires[0]?.sent[0]?.['resume_key'], /^[\w-]{43}$/);
    assert.deepEqual(received.map((frame) => frame.type ?? frame), ['welcome', 'peer-created', 'no JSON', 'welcome', 'resumed']);
  });
});

describe('the heartbeat', () => {
  it('losesAConnectionThatFallsSilent', async () => {
    const scene = new Scene();
    const { moves, errors } = await scene.connected({ heartbeat: { intervalMillis: 1000, timeoutMillis: 500 }, delays: [60_000] });
    await scene.clock.pass(1000 - SOON_MILLIS);
    scene.server.wire.silence();
    await scene.clock.pass(2 * 1000 - 50);
    assert.equal(last(moves).state, 'waiting');
    assert.deepEqual(errors, ['heartbeat-timeout']);
  });

  it('livesOnWhateverItHears', async () => {
    const scene = new Scene();
    const { client, moves } = await scene.connected({ heartbeat: { intervalMillis: 1000, timeoutMillis: 500 } });
    /** @type {number[]} */
    const latencies = [];
    client.on('latency', ({ millis }) => latencies.push(millis));
    await scene.clock.pass(10_000);
    assert.equal(last(moves).state, 'connected');
    assert.deepEqual(latencies, Array(latencies.length).fill(2));
    assert.ok(latencies.length >= 9);
  });

  it('hasThoseLimitsToTheMillisecond', async () => {
    const scene = new Scene();
    scene.server.latency = 0;
    const { client } = await scene.connected({ heartbeat: { intervalMillis: 1000, timeoutMillis: 500 } });
    scene.server.wire.silence();
    client.probe();
    await scene.clock.pass(499);
    assert.equal(client.view.state, 'connected');
    await scene.clock.pass(1);
    assert.equal(client.view.state, 'waiting');
  });

  /** @type {[string, (made: Awaited<ReturnType<Scene['connected']>>) => void][]} */
  const wakings = [
    ['probe', ({ client }) => client.probe()],
    ['online', ({ world }) => world.window?.dispatchEvent(new Event('online'))],
    ['pageshow', ({ world }) => world.window?.dispatchEvent(new Event('pageshow'))],
    ['visibilitychange', ({ world }) => world.document?.dispatchEvent(new Event('visibilitychange'))],
    ['connection', ({ world }) => world.connection?.dispatchEvent(new Event('change'))],
    ['networkChanged', ({ client }) => client.networkChanged()],
  ];
  for (const [name, wake] of wakings) {
    it(`findsOutWithinTwoSeconds-${name}`, async () => {
      const scene = new Scene();
      const made = await scene.connected();
      scene.server.wire.silence();
      wake(made);
      await scene.clock.pass(1999);
      assert.equal(made.client.view.state, 'connected');
      await scene.clock.pass(1);
      assert.equal(made.client.view.state, 'waiting');
    });
  }

  it('livesWhileItsOwnBytesGetFewer', async () => {
    const scene = new Scene();
    const { client, errors } = await scene.connected({ heartbeat: { intervalMillis: 1000, timeoutMillis: 500 }, delays: [60_000] });
    const { wire } = scene.server;
    wire.silence();
    wire.bufferedAmount = 24_000;
    for (let seconds = 0; seconds < 60; seconds++) {
      await scene.clock.pass(1000);
      wire.bufferedAmount -= 300;
      assert.equal(client.view.state, 'connected', `after ${seconds} s`);
    }
    await scene.clock.pass(20_000);
    assert.equal(client.view.state, 'waiting');
    assert.deepEqual(errors, ['heartbeat-timeout']);
  });

  for (const [bytes, millis] of /** @type {const} */ ([[0, 2000], [2400, 3000], [65_536, 29_307]])) {
    it(`allowsTheSlowestLinkItsTimeToTheMillisecond-${bytes}`, async () => {
      const scene = new Scene();
      scene.server.latency = 0;
      const { client } = await scene.connected({ heartbeat: { intervalMillis: 3_600_000, timeoutMillis: 10_000 } });
      scene.server.wire.silence();
      scene.server.wire.bufferedAmount = bytes;
      client.probe();
      await scene.clock.pass(millis - 1);
      assert.equal(client.view.state, 'connected');
      await scene.clock.pass(1);
      assert.equal(client.view.state, 'waiting');
    });
  }

  it('givesTheLargestFrameItsTimeOnceAConnectionFellSilent', async () => {
    const scene = new Scene();
    const { client } = await scene.connected({ heartbeat: { intervalMillis: 1000, timeoutMillis: 500 }, delays: [10] });
    scene.server.wire.silence();
    await scene.clock.pass(1600);
    assert.deepEqual([client.view.state, scene.server.wires.length], ['connected', 2]);
    scene.server.wire.silence();
    await scene.clock.pass(27_000);
    assert.deepEqual([client.view.state, scene.server.wires.length], ['connected', 2], '65,536 bytes at 2,400 bytes/s');
    await scene.clock.pass(3000);
    assert.equal(scene.server.wires.length, 3);
    scene.server.wire.push({ type: 'pong', id: 1 });
    await scene.clock.pass(5000);
    scene.server.wire.silence();
    await scene.clock.pass(30_000);
    assert.equal(scene.server.wires.length, 4);
    scene.server.wire.silence();
    await scene.clock.pass(1600);
    assert.equal(scene.server.wires.length, 4, 'that one was silent, too');
  });

  it('measuresTheRoundTripByAClockThatNobodySets', async () => {
    const scene = new Scene();
    scene.server.latency = 20;
    const { client } = await scene.connected();
    /** @type {number[]} */
    const latencies = [];
    client.on('latency', ({ millis }) => latencies.push(millis));
    client.probe();
    scene.clock.shift = -3_600_000;
    await scene.soon();
    assert.deepEqual(latencies, [40]);
    scene.clock.shift = 3_600_000;
    await scene.clock.pass(60_000);
    assert.equal(client.view.state, 'connected');
  });

  it('connectsWhereTheWindowIsNoEventTarget', async () => {
    const window = /** @type {any} */ ({});
    const scene = new Scene();
    const { client } = await scene.connected({ world: { window } });
    void client.close();
    await scene.soon();
    assert.equal(client.view.state, 'closed');
  });

  it('findsOutAfterASleep', async () => {
    const scene = new Scene();
    const { client } = await scene.connected();
    scene.server.wire.silence();
    scene.clock.sleep(3_600_000);
    await scene.clock.pass(2000);
    assert.equal(client.view.state, 'waiting');
  });

  it('trustsNoLimitThatPassedInASleep', async () => {
    const scene = new Scene();
    const { client } = await scene.connected({ heartbeat: { intervalMillis: 10_000, timeoutMillis: 5000 } });
    scene.server.latency = 3000; // so the answer is under way when the limit passes
    await scene.clock.pass(10_000);
    scene.clock.sleep(3_600_000);
    await scene.clock.pass(1900);
    assert.equal(client.view.state, 'connected');
    scene.server.wire.silence();
    await scene.clock.pass(20_000);
    assert.ok(scene.server.wires.length > 1, 'it is lost all the same where no answer follows');
  });

  it('isNotPutOffByAnotherProbe', async () => {
    const scene = new Scene();
    const { client } = await scene.connected();
    scene.server.wire.silence();
    client.probe();
    await scene.clock.pass(1500);
    client.probe();
    await scene.clock.pass(500);
    assert.equal(client.view.state, 'waiting');
  });

  it('tellsAHiddenPageNothing', async () => {
    const scene = new Scene();
    const { world } = await scene.connected();
    Object.assign(/** @type {object} */ (world.document), { visibilityState: 'hidden' });
    world.document?.dispatchEvent(new Event('visibilitychange'));
    await scene.soon();
    assert.equal(scene.server.counts['ping'], undefined);
  });

  for (const [name, wake] of wakings.slice(1)) {
    it(`triesAtOnceWhereItWaits-${name}`, async () => {
      const scene = new Scene();
      const made = await scene.connected({ delays: [60_000] });
      scene.server.wire.cut();
      assert.equal(made.client.view.state, 'waiting');
      wake(made);
      await scene.soon();
      assert.deepEqual(brief(made.moves).slice(-4), ['waiting 1 60000', 'connecting 1 60000', 'welcoming 1 60000', 'connected']);
      await scene.clock.pass(60_000);
      assert.equal(scene.server.wires.length, 2);
    });

    it(`triesAtOnceWhereItGaveUp-${name}`, async () => {
      const scene = new Scene();
      const made = await scene.joined('a', { delays: [10], maxAttempts: 1 });
      scene.server.isUp = false;
      scene.server.wire.cut();
      await scene.soon();
      assert.equal(made.client.view.state, 'gave-up');
      wake(made);
      await scene.soon();
      assert.deepEqual(brief(made.moves).slice(-4), ['connecting', 'waiting 1 10', 'connecting 1 10', 'gave-up 1 10']);
      scene.server.isUp = true;
      wake(made);
      await scene.soon();
      assert.equal(made.peer.isAttached, true);
    });
  }

  it('leavesAnAttemptOfTheNetworkOfBefore', async () => {
    const scene = new Scene();
    const { client, world, moves } = scene.client();
    await scene.clock.pass(0);
    scene.server.wire.silence();
    await scene.clock.pass(2100);
    world.document.dispatchEvent(new Event('visibilitychange'));
    assert.equal(scene.server.wires.length, 1, 'the network is the same');
    client.networkChanged();
    await scene.soon();
    assert.deepEqual([scene.server.wires.length, last(moves).state, scene.server.wires[0]?.closed?.code], [2, 'connected', 3002]);
  });

  it('leavesNoListenerBehindOnceTheClientIsClosed', async () => {
    const scene = new Scene();
    const window = new CountingTarget();
    const document = Object.assign(new CountingTarget(), { visibilityState: 'visible' });
    const connection = new CountingTarget();
    const { client } = await scene.connected({ world: { window, document, connection } });
    assert.deepEqual([window.count, document.count, connection.count], [2, 1, 1]);
    void client.close();
    assert.deepEqual([window.count, document.count, connection.count], [0, 0, 0]);
  });
});
