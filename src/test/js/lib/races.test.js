/** What comes at the worst moment: an end, an abort, another network, a new epoch. */
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it } from 'node:test';
import { Emitter } from '../../../main/webapp/lib/emitter.js';
import { refusalOf } from '../../../main/webapp/lib/handshake.js';
import { FakeStorage } from './fake-world.js';
import { outcomeOf, Scene, SOON_MILLIS } from './scene.js';

const WISH = Object.freeze({ sessionId: 'a', roomId: 'r' });

describe('a race', () => {
  it('keepsTheKeyOfASessionThatIsDestroyedWhileTheAnswerToItsCreationIsLost', async () => {
    const scene = new Scene();
    const { client } = await scene.connected();
    const abort = new AbortController();
    const creating = client.createPeer({ ...WISH, signal: abort.signal });
    scene.server.onFrame = (wire, { type }) => void (type === 'create-peer' && scene.clock.set(() => wire.cut(), 0));
    await scene.clock.pass(2);
    scene.server.onFrame = () => {};
    assert.deepEqual([scene.server.sessions.size, client.view.state], [1, 'waiting']);
    abort.abort();
    assert.equal(await outcomeOf(creating), 'aborted');
    const again = client.createPeer(WISH);
    await scene.clock.pass(2000);
    assert.equal(/** @type {any} */ (await outcomeOf(again)).sessionId, 'a');
  });

  it('forgetsTheKeyOfASessionThatWasNeverAskedFor', async () => {
    const scene = new Scene();
    const { client, world } = scene.client();
    const abort = new AbortController();
    const creating = client.createPeer({ ...WISH, signal: abort.signal });
    abort.abort();
    assert.equal(await outcomeOf(creating), 'aborted');
    await scene.soon();
    assert.deepEqual([scene.server.sessions.size, world.storage.values.size, client.remembered], [0, 0, []]);
  });

  it('ofANewEpochWithTheApplicationsFirstTurnTakesNoMessageOfBefore', async () => {
    const scene = new Scene();
    const a = await scene.joined('a');
    // The page is hidden: its timers come late, the one that gives the application its turn too.
    const b = await scene.connected({ world: { setTimeout: (act, millis) => scene.clock.set(act, millis + 500) } });
    const bWire = scene.server.wire;
    /** @type {number[]} */
    const got = [];
    const creating = b.client.createPeer({ sessionId: 'b', roomId: 'r', on: { signal: ({ n }) => got.push(n) } });
    await scene.clock.pass(5);
    await creating;
    void a.peer.send({ type: 'message', n: 1 });
    await scene.clock.pass(5);
    const session = /** @type {import('./fake-server.js').Session} */ (scene.server.sessions.get('b'));
    scene.server.reset(session, bWire, session.instance, 'store-went-back');
    void a.peer.send({ type: 'message', n: 2 });
    await scene.clock.pass(5);
    assert.deepEqual(got, []);
    await scene.clock.pass(2000);
    assert.deepEqual(got, [2], 'the first is of the epoch before, and its sender was told');
    assert.deepEqual(session.mailbox, []);
  });

  it('withAYoungAttemptLeavesItAfterTwoSecondsWhereTheNetworkIsAnotherOne', async () => {
    const scene = new Scene();
    const { client, moves } = scene.client();
    await scene.clock.pass(0);
    scene.server.wire.silence();
    await scene.clock.pass(1500);
    client.networkChanged();
    client.networkChanged();
    await scene.clock.pass(499);
    assert.deepEqual([scene.server.wires.length, client.view.state], [1, 'connecting'], 'it may still be answered');
    await scene.clock.pass(1 + SOON_MILLIS);
    assert.deepEqual([scene.server.wires.length, client.view.state], [2, 'connected']);
    assert.equal(moves.some(({ state }) => state === 'waiting'), false);
  });

  it('withAnAttemptThatSucceedsLeavesNoTimer', async () => {
    const scene = new Scene();
    const { client } = scene.client();
    await scene.clock.pass(0);
    client.networkChanged();
    await scene.soon();
    client.networkChanged();
    void client.close();
    await scene.soon();
    assert.deepEqual([scene.server.wires.length, scene.clock.timers], [1, []]);
  });

  it('withAListenerThatAbortsAnotherSessionHarmsNoThird', async () => {
    const scene = new Scene();
    const { client } = scene.client();
    const abort = new AbortController();
    const [first, second, third] = ['a', 'b', 'c'].map((sessionId) => client.createPeer({ sessionId, roomId: 'r', ...(sessionId === 'b' && { signal: abort.signal }) }));
    client.on('sent', () => abort.abort());
    await scene.soon();
    const outcomes = await Promise.all([first, second, third].map((each) => outcomeOf(/** @type {Promise<any>} */ (each))));
    assert.deepEqual(outcomes.map((each) => /** @type {any} */ (each).sessionId ?? each), ['a', 'aborted', 'c']);
  });

  it('withTheEndOfTheSameNameCanBeAborted', async () => {
    const scene = new Scene();
    const { client, peer } = await scene.joined('a');
    scene.server.isUp = false;
    scene.server.wire.cut();
    void peer.destroy();
    const abort = new AbortController();
    const again = client.createPeer({ ...WISH, signal: abort.signal });
    await scene.soon();
    assert.equal(await outcomeOf(again), 'pending');
    abort.abort();
    assert.equal(await outcomeOf(again), 'aborted');
    scene.server.isUp = true;
    await scene.clock.pass(20_000);
    assert.equal(scene.server.sessions.size, 0);
    assert.equal(/** @type {any} */ (await outcomeOf((await scene.join(client, 'a')).peer.send({ type: 'message' }))), 'pending');
  });

  it('ofTwoClosesEndsBothWhenTheServerHasConfirmed', async () => {
    const scene = new Scene();
    const { client } = await scene.joined('a');
    const first = client.close();
    const second = client.close();
    assert.equal(await outcomeOf(second), 'pending');
    await scene.soon();
    assert.deepEqual([await outcomeOf(first), await outcomeOf(second)], [{ code: 1000, reason: '' }, { code: 1000, reason: '' }]);
  });

  for (const [name, act, state] of /** @type {[string, (client: import('../../../main/webapp/lib/tokenly.js').Client) => void, string][]} */ ([
    ['Reconnects', (client) => client.reconnectNow(), 'connected'],
    ['Closes', (client) => void client.close(), 'closed'],
  ])) {
    it(`withAListenerThat${name}WhileTheClientGivesUpEndsAsThatSays`, async () => {
      const scene = new Scene();
      scene.server.isUp = false;
      const { client } = scene.client({ delays: [10] });
      const creating = client.createPeer({ ...WISH, on: { ended: () => act(client) } });
      client.on('state', ({ attempt, from }) => (scene.server.isUp = attempt === 0 && from !== 'idle')); // from then on, by hand
      await scene.soon();
      assert.equal(await outcomeOf(creating), 'gave-up');
      assert.equal(client.view.state, state);
    });
  }

  it('withAListenerThatLosesTheConnectionWhileASessionIsResumedTellsOfOneReturn', async () => {
    const scene = new Scene();
    scene.server.hasIncarnations = scene.server.hasSnapshots = true;
    const { client, peer, events } = await scene.joined('a');
    const other = await scene.joined('b');
    client.fail();
    void other.client.close();
    void peer.send({ type: 'message', n: 1 });
    const stop = peer.on('peer-left', () => client.fail());
    await scene.clock.pass(1000 + SOON_MILLIS);
    stop();
    assert.deepEqual([client.view.state, peer.isAttached, events.filter(([name]) => name === 'resumed').length], ['waiting', false, 0]);
    await scene.clock.pass(5000);
    assert.deepEqual([peer.pending, events.filter(([name]) => name === 'resumed').map(([, { resent }]) => resent)], [0, [1]]);
  });

  it('ofAClientWithItsEndLeavesNoListenerAtItsSignal', async () => {
    const scene = new Scene();
    const { signal } = new AbortController();
    const { client } = await scene.connected({ signal });
    void client.close();
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('ofAnEventWithTheEndOfAListenerTellsItNothing', () => {
    /** @type {Emitter<{ x: {} }>} */
    const emitter = new Emitter();
    /** @type {string[]} */
    const told = [];
    emitter.on('x', () => stop());
    const stop = emitter.on('x', () => told.push('the one that was ended'));
    emitter.on('x', () => told.push('the last'));
    emitter.emit('x', {});
    assert.deepEqual(told, ['the last']);
  });
});

describe('what comes from elsewhere', () => {
  it('isNoKeyWhereTheServerWouldNotTakeIt', async () => {
    const scene = new Scene();
    const storage = new FakeStorage();
    storage.setItem('tokenly.sessions', JSON.stringify({ 'ws://localhost:3003/rtc': { a: { roomId: 'r', resumeKey: 'spoilt', epoch: 'e' }, b: { roomId: 'r', resumeKey: 'A'.repeat(43), epoch: null } } }));
    const { client } = scene.client({ world: { storage } });
    for (const sessionId of ['a', 'b']) await scene.join(client, sessionId);
    assert.deepEqual(scene.server.wire.sent.map(({ type, resume_key }) => [type, /^[\w-]{43}$/.test(resume_key)]).slice(0, 2), [['create-peer', true], ['create-peer', true]]);
  });

  it('isNoWaitWhereItIsNone', () => {
    const response = { statusCode: 503, headers: { 'retry-after': '0' }, resume: () => {} };
    assert.equal(refusalOf(response).retryAfterMillis, undefined, 'else it would be asked again without any delay');
  });
});
