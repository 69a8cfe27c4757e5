/** Signals wait, unacknowledged, until something takes them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Scene } from './scene.js';

/** `b`, to which nothing listens, and `a`, which has sent so many. @param {number} count @param {import('../../../main/webapp/lib/tokenly.js').ConnectOptions} [options] of `b` */
async function sent(count, options) {
  const scene = new Scene();
  const a = await scene.joined('a');
  const b = await scene.deaf('b', options);
  /** @type {number[]} */
  const got = [];
  for (let n = 1; n <= count; n++) void a.peer.send({ type: 'message', n });
  await scene.soon();
  /** What the server keeps for `b`. */
  const kept = () => scene.server.sessions.get('b')?.mailbox.map(({ n, type }) => n ?? type);
  return { scene, a, b, got, kept, take: (/** @type {any} */ { n }) => void got.push(n) };
}

describe('a signal without a listener', () => {
  it('waitsForOneAndIsAcknowledgedThen', async () => {
    const { scene, a, b, got, kept, take } = await sent(3);
    assert.equal(a.peer.pending, 0);
    assert.deepEqual(kept(), [1, 2, 3]);
    const stop = b.peer.on('signal', take);
    assert.deepEqual(got, [], 'first the code that sets it runs to its end');
    await scene.soon();
    assert.deepEqual([got, kept()], [[1, 2, 3], []]);
    stop();
    void a.peer.send({ type: 'message', n: 4 });
    await scene.soon();
    assert.deepEqual([got, kept()], [[1, 2, 3], [4]]);
    b.peer.on('signal', take);
    await scene.soon();
    assert.deepEqual([got, kept()], [[1, 2, 3, 4], []]);
  });

  it('keepsNoOtherEventBack', async () => {
    const { scene, b, kept, got, take } = await sent(1);
    /** @type {string[]} */
    const joined = [];
    b.peer.on('peer-joined', ({ peer }) => joined.push(peer));
    await scene.joined('c');
    assert.deepEqual([joined, [...b.peer.peers.keys()]], [['c'], ['a', 'c']]);
    assert.deepEqual(kept(), [1, 'peer-joined'], 'an ack would cover the signal');
    b.peer.on('signal', take);
    await scene.soon();
    assert.deepEqual([got, kept()], [[1], []]);
  });

  it('isThereOnceAfterALossOfTheConnection', async () => {
    const { scene, a, b, got, kept, take } = await sent(2, { delays: [10] });
    b.wire.cut();
    void a.peer.send({ type: 'message', n: 3 });
    await scene.soon();
    assert.equal(scene.server.wire.sent.find(({ type }) => type === 'resume')?.['sessions'][0].received, 0);
    b.peer.on('signal', take);
    await scene.soon();
    assert.deepEqual([got, kept()], [[1, 2, 3], []]);
  });

  it('comesToItsListenerWithoutAConnectionToo', async () => {
    const { scene, b, got, take } = await sent(2, { delays: [1000] });
    b.wire.cut();
    b.peer.on('signal', take);
    await scene.soon();
    assert.deepEqual(got, [1, 2]);
    await scene.clock.pass(1000);
    assert.equal(scene.server.wire.sent.find(({ type }) => type === 'resume')?.['sessions'][0].received, 2);
    assert.deepEqual(got, [1, 2]);
  });

  it('isDroppedWithItsEpochAndWithItsSession', async () => {
    const { scene, a, b, got, take } = await sent(2, { delays: [10] });
    const session = scene.server.sessions.get('b');
    assert.ok(session);
    scene.server.reset(session, b.wire, session.instance, 'store-went-back');
    void a.peer.send({ type: 'message', n: 3 });
    await scene.soon();
    b.peer.on('signal', take);
    await scene.soon();
    assert.deepEqual(got, [3]);

    const other = await sent(1);
    void other.b.client.close();
    other.b.peer.on('signal', other.take);
    await other.scene.soon();
    assert.deepEqual(other.got, []);
  });

  it('waitsForEachStepOfAnIteration', async () => {
    const { scene, a, b, got, kept } = await sent(3);
    for await (const { ['n']: n } of b.peer) {
      got.push(n);
      if (n === 2) break;
    }
    await scene.soon();
    assert.deepEqual([got, kept()], [[1, 2], [3]], 'what the loop did not take is there for the next one');
    const iterator = b.peer[Symbol.asyncIterator]();
    await scene.soon();
    assert.deepEqual(kept(), [3]);
    assert.equal((await iterator.next()).value?.['n'], 3);
    const next = iterator.next();
    void a.peer.send({ type: 'message', n: 4 });
    await scene.soon();
    assert.deepEqual([(await next).value?.['n'], kept()], [4, []]);
  });

  it('waitsForASlowIterationHoweverManyThereAre', async () => {
    const { scene, b, got, kept } = await sent(20, { backlog: 2 });
    const reading = (async () => {
      for await (const { ['n']: n } of b.peer) if (got.push(n) === 20) break;
    })();
    await scene.soon();
    await reading;
    assert.deepEqual([got, kept()], [Array.from({ length: 20 }, (_, k) => k + 1), []]);
  });
});

describe('the listeners of a wish', () => {
  it('areThereBeforeAnythingCanArrive', async () => {
    const scene = new Scene();
    const a = await scene.joined('a');
    a.peer.on('peer-joined', ({ peer }) => void a.peer.send({ type: 'offer', to: peer }));
    const b = await scene.connected();
    /** @type {string[]} */
    const heard = [];
    const on = { signal: (/** @type {any} */ { type }) => heard.push(type), 'peer-joined': (/** @type {any} */ { peer }) => heard.push(peer), ended: undefined };
    const creating = b.client.createPeer({ sessionId: 'b', roomId: 'r', on });
    await scene.soon();
    await creating;
    await scene.joined('c');
    assert.deepEqual(heard, ['offer', 'c']);
    assert.deepEqual(scene.server.sessions.get('b')?.mailbox, []);
  });
});
