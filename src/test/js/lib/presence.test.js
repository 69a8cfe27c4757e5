/** Who is in the room, and which owner of its name each one is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Peers } from '../../../main/webapp/lib/peers.js';
import { Scene } from './scene.js';

/** @param {import('../../../main/webapp/lib/peers.js').Change[]} changes @returns {string[]} */
const brief = (changes) => changes.map(([name, event]) => [name, ...Object.values(event)].join(' '));

/** `b` present, `c` away. */
const made = () => {
  const peers = new Peers();
  peers.restart({ peers: ['b', 'c'], incarnations: ['b1', 'c1'], away: ['c'] });
  return peers;
};

describe('the peers of a room', () => {
  it('areKnownAtOnceWithThoseThatAreAway', () => {
    const peers = made();
    assert.deepEqual([...peers.presences], [['b', 'present'], ['c', 'away']]);
    assert.deepEqual([peers.incarnationOf('b'), peers.incarnationOf('x')], ['b1', undefined]);
    peers.restart({ peers: ['x'] });
    assert.deepEqual([[...peers.presences], peers.incarnationOf('b')], [[['x', 'present']], undefined]);
  });

  it('changeNothingWhereAllIsKnown', () => {
    const peers = made();
    for (const message of [
      { type: 'peer-joined', peer: 'b', incarnation: 'b1' }, { type: 'peer-back', peer: 'b', incarnation: 'b1' }, { type: 'peer-away', peer: 'c', incarnation: 'c1' },
      { type: 'peer-left', peer: 'x', reason: 'left' }, { type: 'peer-painted', peer: 'b' },
    ]) assert.deepEqual(peers.take(message), [], message.type);
    assert.deepEqual([...peers.presences], [['b', 'present'], ['c', 'away']]);
  });

  it('areToldOfWhereTheyChange', () => {
    const peers = made();
    const take = (/** @type {object} */ message) => brief(peers.take(message));
    assert.deepEqual(take({ type: 'peer-away', peer: 'b', incarnation: 'b1' }), ['peer-away b b1']);
    assert.deepEqual(take({ type: 'peer-back', peer: 'c', incarnation: 'c1' }), ['peer-back c c1']);
    assert.deepEqual(take({ type: 'peer-restarted', peer: 'c', incarnation: 'c1', reason: 'epoch' }), ['peer-restarted c c1 epoch']);
    assert.deepEqual(take({ type: 'peer-left', peer: 'b', reason: 'expired' }), ['peer-left b b1 expired']);
    assert.deepEqual(take({ type: 'peer-joined', peer: 'b', incarnation: 'b2' }), ['peer-joined b b2']);
    assert.deepEqual(take({ type: 'peer-joined', peer: 'c', incarnation: 'c2' }), ['peer-left c c1 replaced', 'peer-joined c c2']);
    assert.deepEqual(take({ type: 'peer-away', peer: 'c', incarnation: 'c3' }), ['peer-left c c2 replaced', 'peer-joined c c3', 'peer-away c c3']);
  });

  it('areToldAsBeforeByAnOlderServer', () => {
    const peers = new Peers();
    peers.restart({ peers: ['b'] });
    assert.deepEqual(brief(peers.take({ type: 'peer-joined', peer: 'b' })), ['peer-joined b']);
    assert.deepEqual(brief(peers.take({ type: 'peer-left', peer: 'b', reason: 'left' })), ['peer-left b left']);
    assert.deepEqual(brief(peers.take({ type: 'peer-joined', peer: 'b' })), ['peer-joined b']);
  });

  it('areComparedWithASnapshot', () => {
    const peers = made();
    peers.take({ type: 'peer-joined', peer: 'd', incarnation: 'd1' });
    const changes = peers.compare({ peers: ['c', 'd', 'e', 'f'], incarnations: ['c1', 'd2', 'e1', 'f1'], away: ['d', 'f'] });
    assert.deepEqual(brief(changes), [
      'peer-left b b1 unknown', 'peer-back c c1', 'peer-left d d1 replaced', 'peer-joined d d2', 'peer-away d d2', 'peer-joined e e1', 'peer-joined f f1', 'peer-away f f1',
    ]);
    assert.deepEqual([...peers.presences].sort(), [['c', 'present'], ['d', 'away'], ['e', 'present'], ['f', 'away']]);
  });

  it('areToldOfAnotherThatBeganAnewBeforeASnapshotOnlyIfItIsThere', () => {
    const peers = made();
    peers.compare({ peers: ['b', 'c'], incarnations: ['b2', 'c1'], away: ['c'] });
    const take = (/** @type {object} */ message) => brief(peers.takeOlder({ type: 'peer-restarted', reason: 'overflow', ...message }));
    assert.deepEqual(take({ peer: 'x', incarnation: 'x1' }), []);
    assert.deepEqual(take({ peer: 'b', incarnation: 'b1' }), [], 'it was the owner before');
    assert.deepEqual(take({ peer: 'c', incarnation: 'c1' }), ['peer-restarted c c1 overflow']);
    assert.deepEqual([...peers.presences], [['c', 'away'], ['b', 'present']]);
  });
});

describe('a newcomer', () => {
  it('seesWhoIsAwayAsSoonAsItIsThere', async () => {
    const scene = new Scene();
    scene.server.hasIncarnations = true;
    const b = await scene.joined('b', { delays: [60_000] });
    b.wire.cut();
    await scene.joined('c');
    const { client } = await scene.connected();
    /** @type {unknown} */
    let seen;
    /** @type {unknown[]} */
    const told = [];
    const creating = client.createPeer({ sessionId: 'a', roomId: 'r', on: { 'peer-away': (event) => told.push(event) } }).then((peer) => (seen = [...peer.peers]));
    await scene.soon();
    await creating;
    assert.deepEqual(seen, [['b', 'away'], ['c', 'present']]);
    assert.deepEqual(told, [], 'the peer-away that follows says nothing new');
  });
});

describe('a signal to a peer', () => {
  it('isForTheOwnerThatTheNameHadWhenItWasSent', async () => {
    const scene = new Scene();
    scene.server.hasIncarnations = true;
    const b = await scene.joined('b');
    const a = await scene.joined('a', { delays: [1000] });
    const first = a.peer.incarnationOf('b');
    a.wire.cut();
    const sending = a.peer.send({ type: 'offer', to: 'b', sdp: 'x' });
    await Promise.all([b.client.close(), scene.soon()]);
    const stranger = await scene.joined('b', { delays: [60_000] });
    await scene.clock.pass(1000);
    await sending;
    assert.deepEqual(a.events.find(([name]) => name === 'undeliverable'), ['undeliverable', { to: 'b', reason: 'replaced', seqs: [1] }]);
    assert.deepEqual(stranger.events.filter(([name]) => name === 'signal'), []);
    assert.notEqual(a.peer.incarnationOf('b'), first);
    void a.peer.send({ type: 'offer', to: 'b', sdp: 'y' });
    void a.peer.send({ type: 'offer', to: 'b', sdp: 'z', to_incarnation: String(first) });
    await scene.soon();
    assert.deepEqual(stranger.events.filter(([name]) => name === 'signal').map(([, { sdp, to_incarnation }]) => [sdp, to_incarnation]), [['y', undefined]]);
    assert.deepEqual(a.events.at(-1), ['undeliverable', { to: 'b', reason: 'replaced', seqs: [3] }]);
  });

  it('namesNoOwnerWhereNoneIsKnown', async () => {
    const scene = new Scene();
    await scene.joined('b');
    const { peer, wire } = await scene.joined('a');
    void peer.send({ type: 'offer', to: 'b' });
    void peer.send({ type: 'message' });
    await scene.soon();
    assert.ok(wire.sent.every((frame) => !('to_incarnation' in frame)));
  });
});

describe('a room after a restart of the server', () => {
  it('isComparedBeforeTheMailboxWhoseOlderNewsSayNothing', async () => {
    const scene = new Scene();
    scene.server.hasIncarnations = scene.server.hasSnapshots = true;
    const a = await scene.joined('a', { delays: [1000] });
    const b = await scene.joined('b', { delays: [60_000] });
    const c = await scene.joined('c', { delays: [60_000] });
    await scene.soon();
    a.events.length = 0;
    a.wire.cut();
    void b.peer.send({ type: 'message', n: 1 });
    await scene.soon();
    await Promise.all([b.client.close(), c.client.close(), scene.soon()]); // peer-left of both stands in the mailbox
    await scene.joined('b'); // as does that it has joined
    await scene.clock.pass(1000);
    assert.deepEqual(a.events.map(([name, { peer, reason, n }]) => [name, peer ?? n, reason]), [
      ['peer-left', 'c', 'unknown'], ['peer-left', 'b', 'replaced'], ['peer-joined', 'b', undefined], ['resumed', undefined, undefined], ['signal', 1, undefined],
    ]);
    assert.deepEqual([...a.peer.peers], [['b', 'present']]);
  });
});
