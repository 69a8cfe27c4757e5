/** Sessions over many connections, on a clock of their own. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Keyring } from '../../../main/webapp/lib/keyring.js';
import { FakeClock, FakeStorage, fakeWorld } from './fake-world.js';
import { outcomeOf, Scene, SOON_MILLIS } from './scene.js';

/** @typedef {import('../../../main/webapp/lib/tokenly.js').Signal} Signal */

/** @param {[string, any][]} events @returns {string[]} */
const names = (events) => events.map(([name]) => name);

describe('a session', () => {
  it('sendsSignalsToOneOrToAll', async () => {
    const scene = new Scene();
    const [a, b, c] = [await scene.joined('a'), await scene.joined('b'), await scene.joined('c')];
    const receipts = [a.peer.send({ type: 'offer', to: 'b', sdp: 'v=0' }), a.peer.send({ type: 'message', text: '안녕' })];
    assert.equal(a.peer.pending, 2);
    await scene.soon();
    assert.deepEqual(await Promise.all(receipts), [{ seq: 1 }, { seq: 2 }]);
    assert.equal(a.peer.pending, 0);
    const message = { type: 'message', from: 'a', text: '안녕', isReplayed: false };
    assert.deepEqual(b.events, [
      ['peer-joined', { peer: 'c' }],
      ['signal', { type: 'offer', from: 'a', to: 'b', sdp: 'v=0', seq: 2, isReplayed: false }],
      ['signal', { ...message, seq: 3 }],
    ]);
    assert.deepEqual(c.events, [['signal', { ...message, seq: 1 }]]);
  });

  it('isMadeAsSoonAsThereIsAConnection', async () => {
    const scene = new Scene();
    scene.server.isUp = false;
    const { client } = scene.client({ delays: [1000] });
    const creating = client.createPeer({ sessionId: 'a', roomId: 'r' });
    await scene.soon();
    assert.equal(await outcomeOf(creating), 'pending');
    scene.server.isUp = true;
    await scene.clock.pass(1000);
    const { sessionId, roomId, isAttached, isEnded } = await creating;
    assert.deepEqual({ sessionId, roomId, isAttached, isEnded }, { sessionId: 'a', roomId: 'r', isAttached: true, isEnded: false });
  });

  it('isTheSameWhenTheAnswerToItsCreationWasLost', async () => {
    const scene = new Scene();
    let losses = 2;
    scene.server.onFrame = (wire, { type }) => type === 'create-peer' && losses-- > 0 && scene.clock.set(() => wire.cut(), 0);
    const { client, errors } = scene.client({ delays: [10] , maxAttempts: 5 });
    const creating = client.createPeer({ sessionId: 'a', roomId: 'r' });
    await scene.soon();
    await creating;
    assert.equal(scene.server.counts['create-peer'], 3);
    const creates = scene.server.wires.flatMap(({ sent }) => sent.filter(({ type }) => type === 'create-peer'));
    assert.deepEqual(creates.map(({ attempt }) => attempt), [1, 2, 3]);
    assert.equal(new Set(creates.map(({ resume_key }) => resume_key)).size, 1);
    assert.deepEqual(errors, []);
  });

  it('isStillOursWhenWeGaveUpBeforeTheAnswer', async () => {
    const scene = new Scene();
    const { client } = await scene.connected({ delays: [10], maxAttempts: 1, storage: null });
    scene.server.onFrame = (wire, { type }) => {
      scene.server.isUp = type !== 'create-peer';
      scene.clock.set(() => wire.cut(), 0);
    };
    const creating = client.createPeer({ sessionId: 'a', roomId: 'r' });
    await Promise.all([assert.rejects(creating, { code: 'gave-up' }), scene.soon()]);
    assert.equal(scene.server.sessions.size, 1);
    Object.assign(scene.server, { isUp: true, onFrame: () => {} });
    client.reconnectNow();
    assert.equal((await scene.join(client, 'a')).peer.isAttached, true);
  });

  it('isRefusedByName', async () => {
    const scene = new Scene();
    await scene.joined('a');
    const { client } = await scene.connected();
    const abort = new AbortController();
    const create = async (/** @type {any} */ wish) => {
      const [outcome] = await Promise.all([outcomeOf(client.createPeer(wish)), scene.soon()]);
      return outcome;
    };
    const theirs = client.createPeer({ sessionId: 'a', roomId: 'r' });
    await Promise.all([assert.rejects(theirs, { code: 'session-in-use', message: 'in use', retryable: true, retryAfterMillis: 60_000 }), scene.soon()]);
    for (const wish of [{ sessionId: '', roomId: 'r' }, { sessionId: 'b', roomId: '__proto__' }, { sessionId: 'b\n', roomId: 'r' }, { sessionId: 'x'.repeat(129), roomId: 'r' }, { sessionId: '\ud800', roomId: 'r' }, { sessionId: 1, roomId: 'r' }]) {
      assert.equal(await create(wish), 'bad-id');
    }
    await scene.join(client, 'b');
    assert.equal(await create({ sessionId: 'b', roomId: 'r' }), 'session-in-use');
    abort.abort();
    assert.equal(await create({ sessionId: 'c', roomId: 'r', signal: abort.signal }), 'aborted');
    assert.equal(scene.server.counts['create-peer'], 3);
  });

  it('isEndedAgainWhenItsCreationIsAborted', async () => {
    const scene = new Scene();
    const { client } = await scene.connected();
    const abort = new AbortController();
    const creating = client.createPeer({ sessionId: 'a', roomId: 'r', signal: abort.signal });
    await scene.clock.pass(0);
    abort.abort();
    await Promise.all([assert.rejects(creating, { code: 'aborted' }), scene.soon()]);
    assert.equal(scene.server.counts['destroy-peer'], 1);
    assert.equal(scene.server.sessions.size, 0);
    await scene.join(client, 'a');
  });

  for (const isLost of [false, true]) {
    it(`hearsNothingBeforeItsListenersAreSet-${isLost ? 'butOverTheNextConnection' : 'thenAll'}`, async () => {
      const scene = new Scene();
      const { client } = await scene.connected({ delays: [10] });
      const { wire } = scene.server;
      /** @param {object} frame */
      const receive = (frame) => wire.onmessage?.({ data: JSON.stringify(frame) });
      const take = scene.server.take.bind(scene.server);
      scene.server.take = (_, frame) => {
        scene.server.take = take;
        wire.push = receive; // all in one piece, before any promise has its turn
        take(wire, frame);
        const session = scene.server.sessions.get('b');
        assert.ok(session);
        session.last = 1;
        session.mailbox = [{ type: 'message', session_id: 'b', seq: 1, from: 'a', source: { epoch: 'e', seq: 1 }, n: 1 }];
        receive(/** @type {object} */ (session.mailbox[0]));
        if (isLost) wire.cut();
      };
      const { events } = await scene.join(client, 'b');
      const signal = { type: 'message', seq: 1, from: 'a', n: 1, isReplayed: isLost };
      assert.deepEqual(events, [...(isLost ? [['resumed', { replayed: 1, resent: 0 }]] : []), ['signal', signal]]);
    });
  }

  it('acknowledgesAllSessionsInOneFrameAfterTheApplicationWasTold', async () => {
    const scene = new Scene();
    const a = await scene.joined('a');
    const { client } = await scene.connected();
    const [b, c] = [await scene.join(client, 'b'), await scene.join(client, 'c')];
    await scene.soon();
    const { wire } = scene.server;
    wire.sent.length = 0;
    let toldAt = 0;
    c.peer.on('signal', () => {
      toldAt = scene.clock.now;
      assert.deepEqual(wire.sent, []);
    });
    void a.peer.send({ type: 'message', n: 1 });
    void a.peer.send({ type: 'message', n: 2 });
    await scene.clock.pass(2);
    assert.notEqual(toldAt, 0);
    await scene.clock.pass(20);
    assert.deepEqual(wire.sent, [{ type: 'ack', received: { b: 3, c: 2 } }]);
    assert.deepEqual(names(b.events), ['peer-joined', 'signal', 'signal']);
  });

  it('knowsTheOthersAndWhetherTheyAreAway', async () => {
    const scene = new Scene();
    const a = await scene.joined('a');
    const b = await scene.joined('b', { delays: [1000] });
    await scene.soon();
    assert.deepEqual([...a.peer.peers], [['b', 'present']]);
    b.wire.cut();
    await scene.soon();
    assert.deepEqual([...a.peer.peers], [['b', 'away']]);
    await scene.clock.pass(1000);
    assert.deepEqual([...a.peer.peers], [['b', 'present']]);
    await Promise.all([b.peer.destroy(), scene.soon()]);
    assert.deepEqual([...a.peer.peers], []);
    assert.deepEqual(a.events, [
      ['peer-joined', { peer: 'b' }], ['peer-away', { peer: 'b' }], ['peer-back', { peer: 'b' }], ['peer-left', { peer: 'b', reason: 'left' }],
    ]);
  });

  it('namesWhatWillNeverArrive', async () => {
    const scene = new Scene();
    const { peer, events } = await scene.joined('a');
    const sending = peer.send({ type: 'message', to: 'nobody' });
    await scene.soon();
    assert.deepEqual(await sending, { seq: 1 });
    assert.deepEqual(events, [['undeliverable', { to: 'nobody', reason: 'unknown-peer', seqs: [1] }]]);
  });

  it('refusesToSendWhatTheServerWouldRefuse', async () => {
    const scene = new Scene();
    const { peer } = await scene.joined('a');
    const circle = /** @type {any} */ ({ type: 'message' });
    circle.self = circle;
    const deep = (/** @type {number} */ levels) => JSON.parse('['.repeat(levels) + '"[{"' + ']'.repeat(levels));
    /** @type {[any, string][]} */
    const wrong = [
      [{ type: 'offer', to: '' }, 'bad-id'], [{ type: 'shout' }, 'unknown-type'], [undefined, 'unknown-type'], [{ type: 'message', from: 'b' }, 'bad-frame'],
      [{ type: 'message', seq: 1 }, 'bad-frame'], [{ type: 'message', big: 1n }, 'bad-frame'], [circle, 'bad-frame'],
      [{ type: 'message', deep: deep(128) }, 'bad-json'], [{ type: 'message', text: 'x'.repeat(65_536) }, 'frame-too-large'],
    ];
    for (const [signal, code] of wrong) assert.equal(await outcomeOf(peer.send(signal)), code);
    assert.equal(await outcomeOf(peer.send({ type: 'message' }, { signal: AbortSignal.abort() })), 'aborted');
    assert.equal(peer.pending, 0);
    void peer.send({ type: 'message', deep: deep(127) });
    assert.equal(peer.pending, 1);
  });
});

describe('a lost connection', () => {
  it('losesNothing', async () => {
    const scene = new Scene();
    const a = await scene.joined('a');
    const b = await scene.joined('b', { delays: [1000] });
    await scene.soon();
    b.wire.cut();
    const sending = b.peer.send({ type: 'message', n: 1 });
    void a.peer.send({ type: 'message', n: 2 });
    await scene.soon();
    assert.equal(b.peer.isAttached, false);
    await scene.clock.pass(1000);
    assert.deepEqual(await sending, { seq: 1 });
    assert.deepEqual(b.events, [
      ['resumed', { replayed: 1, resent: 1 }],
      ['signal', { type: 'message', n: 2, from: 'a', seq: 1, isReplayed: true }],
    ]);
    assert.deepEqual(names(a.events), ['peer-joined', 'peer-away', 'peer-back', 'signal']);
  });

  it('sendsNothingAgainThatTheServerHas', async () => {
    const scene = new Scene();
    const { peer, events, wire } = await scene.joined('a', { delays: [10] });
    scene.server.ackDelay = () => 1000;
    const sending = peer.send({ type: 'message' });
    await scene.soon();
    wire.cut();
    await scene.soon();
    assert.deepEqual(await outcomeOf(sending), { seq: 1 });
    assert.deepEqual(events, [['resumed', { replayed: 0, resent: 0 }]]);
    assert.equal(scene.server.counts['message'], 1);
  });

  it('isResumedWithAllSessionsInFramesThatFit', async () => {
    const scene = new Scene();
    scene.server.welcome = { ...scene.server.welcome, limits: { frame_bytes: 1500 } };
    const { client } = await scene.connected({ delays: [10] });
    const ids = Array.from({ length: 50 }, (_, k) => `session-${k}`);
    const creating = ids.map((sessionId) => client.createPeer({ sessionId, roomId: sessionId }));
    await scene.soon();
    await Promise.all(creating);
    scene.server.wire.cut();
    await scene.soon();
    const resumes = scene.server.wire.sent.filter(({ type }) => type === 'resume');
    assert.ok(resumes.length > 1);
    for (const resume of resumes) {
      assert.ok(JSON.stringify(resume).length <= 1500);
      assert.equal(resume['attempt'], 2);
    }
    assert.deepEqual(resumes.flatMap(({ sessions }) => sessions.map((/** @type {any} */ { session_id }) => session_id)), ids);
    assert.ok([...scene.server.sessions.values()].every(({ wire }) => wire === scene.server.wire));
  });

  it('isResumedWhereTheServerIsFoundToHaveLostTheSession', async () => {
    const scene = new Scene();
    const { peer, events, wire } = await scene.joined('a', { delays: [10] });
    scene.server.isBusy = () => true;
    const lost = peer.send({ type: 'message' });
    await scene.soon();
    scene.server.isBusy = () => false;
    scene.server.sessions.clear();
    wire.cut();
    await Promise.all([assert.rejects(lost, { code: 'session-lost', retryable: true }), scene.soon()]);
    assert.deepEqual(events, [['reset', { reason: 'gone', lost: undefined }]]);
    const [resume, create] = scene.server.wire.sent;
    assert.deepEqual([resume?.['type'], create?.['type']], ['resume', 'create-peer']);
    assert.equal(create?.['resume_key'], resume?.['sessions'][0].resume_key);
    const again = peer.send({ type: 'message' });
    await scene.soon();
    assert.deepEqual(await again, { seq: 1 });
  });

  it('mayLeadToAReset', async () => {
    const scene = new Scene();
    const { peer, events, wire } = await scene.joined('a', { delays: [10] });
    const b = await scene.joined('b');
    const session = scene.server.sessions.get('a');
    assert.ok(session);
    session.last = 0; // as a server that lost what it had delivered
    session.mailbox = [];
    await scene.soon();
    scene.server.isBusy = () => true;
    const lost = peer.send({ type: 'message' });
    wire.cut();
    await Promise.all([assert.rejects(lost, { code: 'session-reset', retryable: true }), scene.soon()]);
    assert.deepEqual(events, [['peer-joined', { peer: 'b' }], ['reset', { reason: 'store-went-back', lost: undefined }]]);
    assert.deepEqual([...peer.peers.keys()], ['b']);
    assert.equal(peer.isAttached, true);
    scene.server.isBusy = () => false;
    void b.peer.send({ type: 'message', n: 1 });
    await scene.soon();
    assert.deepEqual(events.slice(2), [['signal', { type: 'message', n: 1, from: 'b', seq: 1, isReplayed: false }]]);
  });

  it('tellsWhoIsStillThereAtAReset', async () => {
    const scene = new Scene();
    const { peer, wire } = await scene.joined('a', { delays: [10] });
    await scene.joined('b');
    await scene.joined('c');
    assert.deepEqual([...peer.peers.keys()], ['b', 'c']);
    scene.server.sessions.delete('b');
    scene.server.sessions.delete('a');
    wire.cut();
    await scene.soon();
    assert.deepEqual([...peer.peers.keys()], ['c']);
  });

  it('bringsNoSignalTwiceOverAReset', async () => {
    const scene = new Scene();
    const { events, wire } = await scene.joined('a', { delays: [10] });
    const b = await scene.joined('b');
    void b.peer.send({ type: 'message', n: 1 });
    await scene.soon();
    const session = scene.server.sessions.get('a');
    assert.ok(session);
    session.epoch = 99; // as a server that lost where we were, and what it had from b
    wire.cut();
    await scene.soon();
    const again = { type: 'message', session_id: 'a', from: 'b', source: { epoch: 2, seq: 1 }, n: 1 };
    scene.server.wire.push({ ...again, seq: 1 });
    scene.server.wire.push({ ...again, seq: 2, source: { epoch: 2, seq: 2 }, n: 2 });
    await scene.soon();
    assert.deepEqual(names(events), ['peer-joined', 'signal', 'reset', 'signal']);
    assert.equal(events[3]?.[1].n, 2);
    assert.deepEqual(scene.server.wire.sent.at(-1), { type: 'ack', received: { a: 2 } });
  });

  it('takesItsAcknowledgementsWithIt', async () => {
    const scene = new Scene();
    const { wire } = await scene.joined('a', { delays: [1] });
    const session = scene.server.sessions.get('a');
    assert.ok(session);
    wire.push({ type: 'peer-joined', session_id: 'a', seq: 1, peer: 'b' });
    await scene.clock.pass(2);
    session.epoch = 99;
    scene.server.latency = 3; // so that an ack would leave between the resume and its answer
    wire.cut();
    await scene.soon();
    assert.deepEqual(scene.server.wire.sent.map(({ type }) => type), ['resume'], 'they mean nothing in the new epoch');
  });

  /** `a` has given up: one of its signals arrived without an ack, one was sent in vain, one was never sent. */
  const gaveUp = async () => {
    const scene = new Scene();
    const a = await scene.joined('a', { delays: [10], maxAttempts: 1 });
    const b = await scene.joined('b');
    await scene.soon();
    scene.server.ackDelay = () => 1000;
    const arrived = a.peer.send({ type: 'message', n: 1 });
    await scene.soon();
    scene.server.onFrame = (wire, { type }) => type === 'message' && wire.cut();
    scene.server.isUp = false;
    const inVain = a.peer.send({ type: 'message', n: 2 });
    await scene.clock.pass(5);
    const unsent = a.peer.send({ type: 'message', n: 3 });
    const outcomes = Promise.all([arrived, inVain, unsent].map((sending) => sending.then(() => 'sent', ({ code, retryable }) => `${code} ${retryable}`)));
    await scene.soon();
    assert.equal(a.client.view.state, 'gave-up');
    assert.deepEqual(await outcomeOf(outcomes), ['gave-up true', 'gave-up true', 'gave-up true']);
    Object.assign(scene.server, { isUp: true, onFrame: () => {}, ackDelay: () => 0 });
    return { scene, a, b };
  };

  it('settlesWhatIsWaitedForWhereTheClientGivesUp', async () => {
    const { a } = await gaveUp();
    assert.equal(a.peer.pending, 0);
    assert.equal(await outcomeOf(a.peer.send({ type: 'message' })), 'gave-up');
    assert.equal(await outcomeOf(a.client.createPeer({ sessionId: 'c', roomId: 'r' })), 'gave-up');
    assert.equal(await outcomeOf(a.peer.destroy()), undefined);
    assert.equal(a.peer.isEnded, true);
    assert.deepEqual(a.client.remembered, [{ sessionId: 'a', roomId: 'r' }]);
  });

  it('bringsNoRejectedSignalAfterAReturnAndNoGapInTheNumbers', async () => {
    const { scene, a, b } = await gaveUp();
    a.client.reconnectNow();
    const abort = new AbortController();
    const aborted = a.peer.send({ type: 'message', n: 4 }, { signal: abort.signal });
    const next = a.peer.send({ type: 'message', n: 5 });
    abort.abort();
    assert.equal(await outcomeOf(aborted), 'aborted');
    await scene.soon();
    const resume = scene.server.wire.sent.find(({ type }) => type === 'resume');
    assert.deepEqual([resume?.['sessions'][0].sent, resume?.['sessions'][0].acked], [2, 0]);
    assert.deepEqual(await outcomeOf(next), { seq: 2 });
    assert.deepEqual(await Promise.all([a.peer.send({ type: 'message', n: 6 }), scene.soon()]).then(([receipt]) => receipt), { seq: 3 });
    assert.deepEqual(b.events.filter(([name]) => name === 'signal').map(([, { n }]) => n), [1, 5, 6]);
    assert.deepEqual(names(a.events), ['peer-joined', 'resumed']);
  });

  it('losesNoNumberWhereTheReturnIsLostToo', async () => {
    const { scene, a, b } = await gaveUp();
    scene.server.onFrame = (wire, { type }) => type === 'resume' && wire.cut();
    a.client.reconnectNow();
    const lost = a.peer.send({ type: 'message', n: 4 }).catch(({ code }) => code);
    await scene.soon();
    assert.equal(await outcomeOf(a.peer.send({ type: 'message', n: 5 })), 'gave-up');
    assert.equal(await lost, 'gave-up');
    scene.server.onFrame = () => {};
    a.client.networkChanged();
    await scene.soon();
    assert.deepEqual(await Promise.all([a.peer.send({ type: 'message', n: 6 }), scene.soon()]).then(([receipt]) => receipt), { seq: 2 });
    assert.deepEqual(b.events.filter(([name]) => name === 'signal').map(([, { n }]) => n), [1, 6]);
  });

  for (const [code, name, isRetryable] of /** @type {const} */ ([[4003, 'not-allowed', false], [1000, 'ended-by-server', true]])) {
    it(`settlesWhatIsWaitedForWhereTheClientIsRefused-${name}`, async () => {
      const scene = new Scene();
      const { peer, wire } = await scene.joined('a', { finalCodes: [1000] });
      scene.server.isBusy = () => true;
      const sending = peer.send({ type: 'message' });
      const leaving = peer.destroy();
      wire.cut(code);
      await assert.rejects(sending, { code: name, retryable: isRetryable });
      await leaving;
    });
  }

  it('isNoticedWhereAMessageIsMissing', async () => {
    const scene = new Scene();
    const { wire, errors, events } = await scene.joined('a', { delays: [10] });
    wire.push({ type: 'peer-away', session_id: 'a', seq: 2, peer: 'b' });
    await scene.clock.pass(5);
    assert.deepEqual(errors, ['mailbox-gap']);
    await scene.soon();
    assert.deepEqual(events, [['resumed', { replayed: 0, resent: 0 }]]);
  });
});

describe('a server whose store went back', () => {
  /** Five signals of `a` are acknowledged, and processed by `b`; the store is at the moment after the second. */
  const wentBack = async (/** @type {boolean} */ isOld) => {
    const scene = new Scene();
    const { server } = scene;
    server.isOld = isOld;
    const [a, b] = [await scene.joined('a', { delays: [10, 10] }), await scene.joined('b', { delays: [10] })];
    for (const n of [1, 2]) void a.peer.send({ type: 'message', n });
    await scene.soon();
    const snapshot = server.snapshot();
    const receipts = Promise.all([3, 4, 5].map((n) => a.peer.send({ type: 'message', n })));
    await scene.soon();
    assert.deepEqual(await receipts, [{ seq: 3 }, { seq: 4 }, { seq: 5 }]);
    const unknown = outcomeOf(a.peer.send({ type: 'message', n: 6 }));
    a.events.length = b.events.length = 0;
    server.goBack(snapshot);
    return { scene, a, b, unknown };
  };

  for (const isOld of [false, true]) {
    it(`isFoundOut-${isOld ? 'byTheClient' : 'byItself'}`, async () => {
      const { scene, a, b, unknown } = await wentBack(isOld);
      assert.equal(await unknown, 'pending');
      await scene.soon();
      assert.deepEqual(a.events.find(([name]) => name === 'reset'), ['reset', { reason: 'store-went-back', lost: { first: 3, last: 5 } }]);
      assert.deepEqual(b.events.find(([name]) => name === 'reset'), ['reset', { reason: 'store-went-back', lost: undefined }]);
      const again = a.peer.send({ type: 'message', n: 7 });
      await scene.soon();
      assert.deepEqual(await again, { seq: 1 });
      assert.deepEqual(b.events.at(-1), ['signal', { type: 'message', n: 7, from: 'a', seq: b.events.at(-1)?.[1].seq, isReplayed: false }]);
    });
  }

  it('failsWhatItHadNotAcknowledged', async () => {
    const { scene, a } = await wentBack(true);
    const sending = a.peer.send({ type: 'message', n: 7 });
    await Promise.all([assert.rejects(sending, { code: 'session-reset', retryable: true }), scene.soon()]);
    assert.equal(a.peer.pending, 0);
  });

  it('isAskedForANewEpochOverTheNextConnectionToo', async () => {
    const { scene, a } = await wentBack(true);
    let isCut = false;
    scene.server.onFrame = (wire, frame) => {
      const [{ session_id, epoch } = /** @type {any} */ ({})] = frame['sessions'] ?? [];
      if (isCut || session_id !== 'a' || epoch !== '-') return;
      isCut = true;
      wire.cut();
    };
    await scene.soon();
    assert.equal(isCut, true);
    assert.deepEqual(a.events.filter(([name]) => name === 'reset'), [['reset', { reason: 'store-went-back', lost: { first: 3, last: 5 } }]]);
    const again = a.peer.send({ type: 'message', n: 7 });
    await scene.soon();
    assert.deepEqual(await again, { seq: 1 });
  });

  it('keepsWhatIsSentWhileANewEpochIsAskedFor', async () => {
    const { scene, a } = await wentBack(true);
    /** @type {Promise<unknown> | undefined} */
    let sending;
    scene.server.onFrame = (_, frame) => {
      if (frame['type'] === 'resume' && frame['sessions'][0].epoch === '-') sending ??= a.peer.send({ type: 'message', n: 7 });
    };
    await scene.soon();
    assert.deepEqual(await sending, { seq: 1 });
  });

  it('isNotBelievedWhenItAnswersAQuestionOfBefore', async () => {
    const { scene, a } = await wentBack(true);
    scene.server.onFrame = (wire, frame) => {
      const isFirst = frame['type'] === 'resume' && frame['sessions'][0].session_id === 'a' && frame['sessions'][0].epoch !== '-';
      if (isFirst) wire.push({ type: 'resumed', session_id: 'a', outcome: 'resumed', epoch: 1, received: 2, last: 1 }); // and so it answers twice
    };
    await scene.soon();
    assert.deepEqual(names(a.events.filter(([name]) => name === 'resumed' || name === 'reset')), ['reset']);
  });

  for (const [name, frame] of /** @type {const} */ ([['ack', { type: 'ack', received: { a: 1 } }], ['seq-gap', { type: 'error', session_id: 'a', code: 'seq-gap', message: '', received: 1 }]])) {
    it(`isFoundOutByAnAnswer-${name}`, async () => {
      const scene = new Scene();
      const { peer, events, wire } = await scene.joined('a');
      for (const n of [1, 2, 3]) void peer.send({ type: 'message', n });
      await scene.soon();
      wire.push(frame);
      await scene.soon();
      assert.deepEqual(events, [['reset', { reason: 'store-went-back', lost: { first: 2, last: 3 } }]]);
      assert.equal(peer.isAttached, true);
    });
  }

  it('isNotFoundOutByAnAckThatIsOlderThanAResumed', async () => {
    const scene = new Scene();
    const { peer, events, wire } = await scene.joined('a', { delays: [10] });
    scene.server.ackDelay = () => 1000;
    const receipts = Promise.all([1, 2, 3].map((n) => peer.send({ type: 'message', n })));
    await scene.soon();
    wire.cut();
    await scene.soon();
    await receipts;
    scene.server.wire.push({ type: 'ack', received: { a: 1 } });
    await scene.soon();
    assert.deepEqual(names(events), ['resumed']);
  });

  it('mayBeginANewEpochUnasked', async () => {
    const scene = new Scene();
    const { peer, events, wire } = await scene.joined('a');
    const b = await scene.joined('b');
    for (const n of [1, 2, 3]) void peer.send({ type: 'message', n });
    await scene.soon();
    scene.server.isBusy = () => true;
    const unknown = peer.send({ type: 'message', n: 4 });
    await scene.clock.pass(5);
    const session = scene.server.sessions.get('a');
    assert.ok(session);
    session.cursor = 2;
    scene.server.isBusy = () => false;
    scene.server.reset(session, wire, session.instance, 'store-went-back');
    await Promise.all([assert.rejects(unknown, { code: 'session-reset' }), scene.clock.pass(5)]);
    assert.deepEqual(events, [['peer-joined', { peer: 'b' }], ['reset', { reason: 'store-went-back', lost: { first: 3, last: 3 } }]]);
    const again = peer.send({ type: 'message', n: 5 });
    await scene.soon();
    assert.deepEqual(await again, { seq: 1 });
    assert.deepEqual(b.events.slice(-2).map(([name, { n }]) => [name, n]), [['peer-restarted', undefined], ['signal', 5]]);
    assert.equal(scene.server.wires.length, 2, 'no connection was lost');
  });
});

describe('a server that cannot now', () => {
  it('getsItAgainAfterAPauseThatGrows', async () => {
    const scene = new Scene();
    const { peer, errors } = await scene.joined('a');
    const b = await scene.joined('b');
    let refusals = 3;
    scene.server.isBusy = () => refusals-- > 0;
    const receipts = Promise.all([1, 2].map((n) => peer.send({ type: 'message', n })));
    await scene.clock.pass(100 + 200 + 400);
    assert.equal(await outcomeOf(receipts), 'pending');
    await scene.clock.pass(20);
    assert.deepEqual(await outcomeOf(receipts), [{ seq: 1 }, { seq: 2 }]);
    assert.deepEqual(b.events.map(([, { n }]) => n), [1, 2]);
    assert.equal(errors.filter((code) => code === 'busy').length, 3);
  });

  it('isGivenOnePauseForAWholeFlightThatItRefuses', async () => {
    const scene = new Scene();
    const { peer } = await scene.joined('a');
    let refusals = 1;
    scene.server.isBusy = () => refusals-- > 0;
    const receipts = Array.from({ length: 20 }, (_, n) => peer.send({ type: 'message', n }));
    await scene.clock.pass(150);
    assert.deepEqual(await outcomeOf(Promise.all(receipts)), Array.from({ length: 20 }, (_, k) => ({ seq: k + 1 })));
    assert.equal(scene.server.counts['message'], 40);
    assert.equal(peer.pending, 0);
  });

  for (const code of ['busy', 'store-failed']) {
    it(`isAskedAgainForASession-${code}`, async () => {
      const scene = new Scene();
      const { client } = await scene.connected();
      const { wire } = scene.server;
      const take = scene.server.take.bind(scene.server);
      const error = { code, message: 'later' };
      scene.server.take = (_, frame) => {
        scene.server.take = take;
        if (code === 'busy') wire.push({ type: 'error', session_id: frame['session_id'], ...error });
        else wire.push({ type: 'peer-created', session_id: frame['session_id'], success: false, error });
      };
      const creating = client.createPeer({ sessionId: 'a', roomId: 'r' });
      await scene.clock.pass(50);
      assert.equal(await outcomeOf(creating), 'pending');
      await scene.clock.pass(100);
      assert.equal((await creating).isAttached, true);
    });
  }

  for (const code of ['rate-limited', 'quota-exceeded']) {
    it(`getsItAgainWhenItHasSaid-${code}`, async () => {
      const scene = new Scene();
      const { peer, wire } = await scene.joined('a');
      const take = scene.server.take.bind(scene.server);
      let refusals = 2;
      scene.server.take = (next, frame) => {
        if (frame['type'] !== 'message' || refusals-- <= 0) return take(next, frame);
        if (refusals === 1) next.push({ type: 'error', session_id: 'a', code, message: 'later', retry_after_ms: 700 }); // once for both
      };
      const receipts = Promise.all([1, 2].map((n) => peer.send({ type: 'message', n })));
      const sent = wire.sent.length;
      await scene.clock.pass(701);
      assert.equal(wire.sent.length, sent);
      await scene.clock.pass(20);
      assert.deepEqual(await outcomeOf(receipts), [{ seq: 1 }, { seq: 2 }]);
    });
  }

  it('isNotSentMoreThanAWindowAtOnce', async () => {
    const scene = new Scene();
    const { peer, wire } = await scene.joined('a');
    scene.server.ackDelay = () => 50;
    const receipts = Promise.all(Array.from({ length: 600 }, (_, n) => peer.send({ type: 'message', n })));
    const signals = () => wire.sent.filter(({ type }) => type === 'message').map(({ seq }) => seq);
    assert.equal(signals().length, 256);
    await scene.clock.pass(1000);
    assert.equal((await receipts).at(-1)?.seq, 600);
    assert.deepEqual(signals(), Array.from({ length: 600 }, (_, k) => k + 1));
  });

  it('isWaitedForAsLongAsTheLastRefusalSays', async () => {
    const scene = new Scene();
    const { peer, wire } = await scene.joined('a');
    scene.server.isBusy = () => true;
    const sending = peer.send({ type: 'message' });
    await scene.clock.pass(5);
    for (const retry_after_ms of [900, 300]) wire.push({ type: 'error', session_id: 'a', code: 'rate-limited', message: 'later', retry_after_ms });
    await scene.clock.pass(5);
    scene.server.isBusy = () => false;
    await scene.clock.pass(890);
    assert.equal(await outcomeOf(sending), 'pending');
    await scene.clock.pass(20);
    assert.deepEqual(await outcomeOf(sending), { seq: 1 });
  });

  it('getsAllAgainWhereItCannotSayWhatItHasNotTaken', async () => {
    const scene = new Scene();
    const a = await scene.joined('a');
    const { client } = await scene.connected();
    await Promise.all([scene.join(client, 'b'), scene.join(client, 'c')]);
    const { wire } = scene.server;
    const take = scene.server.take.bind(scene.server);
    scene.server.take = (next, frame) => next !== wire && take(next, frame);
    void a.peer.send({ type: 'message' });
    await scene.soon();
    assert.ok((scene.server.sessions.get('b')?.mailbox.length ?? 0) > 0);
    scene.server.take = take;
    wire.push({ type: 'error', code: 'rate-limited', message: 'later', retry_after_ms: 500 });
    await scene.clock.pass(600);
    assert.deepEqual(['b', 'c'].map((id) => scene.server.sessions.get(id)?.mailbox), [[], []]);
  });

  it('isAskedAgainForASessionWhenItHasSaid', async () => {
    const scene = new Scene();
    const { client } = await scene.connected();
    const take = scene.server.take.bind(scene.server);
    scene.server.take = (wire, { session_id }) => {
      scene.server.take = take;
      wire.push({ type: 'peer-created', session_id, success: false, error: { code: 'rate-limited', message: 'later', retry_after_ms: 1500 } });
    };
    const creating = client.createPeer({ sessionId: 'a', roomId: 'r' });
    await scene.clock.pass(1500);
    assert.equal(await outcomeOf(creating), 'pending');
    await scene.clock.pass(100);
    assert.equal((await creating).isAttached, true);
  });

  it('isNotAskedAgainForASessionBeyondItsQuota', async () => {
    const scene = new Scene();
    const { client } = await scene.connected();
    scene.server.take = (wire, { session_id }) => {
      wire.push({ type: 'peer-created', session_id, success: false, error: { code: 'quota-exceeded', message: 'too many', retry_after_ms: 1500 } });
    };
    const creating = client.createPeer({ sessionId: 'a', roomId: 'r' });
    await Promise.all([assert.rejects(creating, { code: 'quota-exceeded', retryable: true, retryAfterMillis: 1500 }), scene.clock.pass(5000)]);
    assert.equal(scene.server.wire.sent.length, 1);
  });

  it('isAskedAgainToResume', async () => {
    const scene = new Scene();
    const { events, wire } = await scene.joined('a', { delays: [10] });
    const take = scene.server.take.bind(scene.server);
    scene.server.take = (next, { type }) => {
      scene.server.take = take;
      assert.equal(type, 'resume');
      next.push({ type: 'error', session_id: 'a', code: 'busy', message: 'later' });
    };
    wire.cut();
    await scene.clock.pass(200);
    assert.deepEqual(names(events), ['resumed']);
  });

  it('isAskedAgainForASessionItDoesNotHold', async () => {
    const scene = new Scene();
    const { peer, events, wire } = await scene.joined('a');
    const session = scene.server.sessions.get('a');
    assert.ok(session);
    session.wire = undefined;
    const sending = peer.send({ type: 'message' });
    await scene.soon();
    assert.deepEqual(await sending, { seq: 1 });
    assert.deepEqual(names(events), ['resumed']);
    assert.equal(wire, scene.server.wire);
  });
});

describe('an end', () => {
  it('isForGoodWhereTheSessionIsDestroyed', async () => {
    const scene = new Scene();
    const { client, peer, events } = await scene.joined('a');
    const ending = peer.destroy();
    assert.equal(await outcomeOf(peer.send({ type: 'message' })), 'peer-ended');
    await scene.soon();
    await Promise.all([ending, peer.destroy()]);
    assert.deepEqual(events, [['ended', { reason: 'left' }]]);
    assert.equal(peer.isEnded, true);
    assert.deepEqual(client.remembered, []);
    await scene.join(client, 'a');
  });

  it('comesWithTheNextConnectionWhereThereIsNone', async () => {
    const scene = new Scene();
    const { peer, wire } = await scene.joined('a', { delays: [1000] });
    wire.cut();
    const sending = peer.send({ type: 'message' });
    const ending = peer.destroy();
    await scene.soon();
    assert.equal(await outcomeOf(ending), 'pending');
    await scene.clock.pass(1000);
    await ending;
    assert.deepEqual(await sending, { seq: 1 });
    assert.equal(scene.server.sessions.size, 0);
  });

  it('isTheEndOfItsIterations', async () => {
    const scene = new Scene();
    const a = await scene.joined('a');
    const b = await scene.joined('b');
    /** @type {unknown[]} */
    const read = [];
    const reading = (async () => {
      for await (const { n } of /** @type {AsyncIterable<Signal>} */ (b.peer)) read.push(n);
    })();
    for (const n of [1, 2, 3]) void a.peer.send({ type: 'message', n });
    await scene.soon();
    assert.deepEqual(read, [1, 2, 3]);
    void b.peer.destroy();
    await scene.soon();
    await reading;
    for await (const signal of b.peer) assert.fail(`${signal.type} after the end`);
  });

  it('ofAnIterationIsItsLag', async () => {
    const scene = new Scene();
    const a = await scene.joined('a');
    const b = await scene.joined('b', { backlog: 2 });
    const slow = b.peer[Symbol.asyncIterator]();
    for (const n of [1, 2, 3]) void a.peer.send({ type: 'message', n });
    await scene.soon();
    assert.deepEqual([(await slow.next()).value?.['n'], (await slow.next()).value?.['n']], [1, 2]);
    await assert.rejects(slow.next(), { code: 'reader-too-slow' });
    assert.deepEqual(await slow.next(), { value: undefined, done: true });
  });

  it('isTheTakeOverByACopiedTab', async () => {
    const scene = new Scene();
    const storage = new FakeStorage();
    const a = await scene.joined('a', { storage });
    const copy = new FakeStorage();
    copy.values = new Map(storage.values);
    const tab = await scene.joined('a', { storage: copy });
    assert.deepEqual(tab.events, [['reset', { reason: 'new-instance', lost: undefined }]]);
    assert.deepEqual(a.events, [['taken-over', { sessionId: 'a' }], ['ended', { reason: 'taken-over' }]]);
    assert.deepEqual([a.client.view.state, a.client.view.error?.code], ['refused', 'taken-over']);
    assert.deepEqual([a.client.remembered, tab.client.view.state], [[], 'connected']);
    await scene.clock.pass(100_000);
    assert.equal(scene.server.wires.length, 2, 'it does not fight back');
  });

  it('isThatOfASessionThatBelongsToSomebodyElse', async () => {
    const scene = new Scene();
    const { peer, events, wire } = await scene.joined('a', { delays: [10] });
    const session = scene.server.sessions.get('a');
    assert.ok(session);
    session.key = 'another';
    const lost = peer.send({ type: 'message' });
    wire.cut();
    await Promise.all([assert.rejects(lost, { code: 'session-lost' }), scene.soon()]);
    assert.deepEqual(events, [['ended', { reason: 'session-in-use' }]]);
  });
});

describe('a promise of send', () => {
  it('isAnErrorEventWhereNobodyHoldsIt', async () => {
    const scene = new Scene();
    const { client, peer, errors } = await scene.joined('a');
    peer.send({ type: 'message' });
    void client.close();
    await scene.soon();
    assert.deepEqual(errors, ['closed']);
  });

  it('isNoneWhereSomebodyDoes', async () => {
    const scene = new Scene();
    const { client, peer, errors } = await scene.joined('a');
    const sending = peer.send({ type: 'message' });
    void client.close();
    await assert.rejects(sending, { code: 'closed' });
    await scene.soon();
    assert.deepEqual(errors, []);
  });
});

describe('a reloaded page', () => {
  it('takesItsSessionAgain', async () => {
    const scene = new Scene();
    const storage = new FakeStorage();
    const b = await scene.joined('b');
    const before = await scene.joined('a', { storage });
    before.wire.cut(1001);
    const { client } = await scene.connected({ storage });
    assert.deepEqual(client.remembered, [{ sessionId: 'a', roomId: 'r' }]);
    const { peer, events } = await scene.join(client, 'a');
    assert.deepEqual(client.remembered, []);
    assert.deepEqual(events, [['reset', { reason: 'new-instance', lost: undefined }]]);
    assert.deepEqual([...peer.peers], [['b', 'present']]);
    assert.deepEqual(names(b.events), ['peer-joined', 'peer-away', 'peer-back', 'peer-restarted']);
    assert.deepEqual([...b.peer.peers], [['a', 'present']]);
    const sending = peer.send({ type: 'message' });
    await scene.soon();
    assert.deepEqual(await sending, { seq: 1 });
  });

  it('takesItsSessionAgainWithAnotherTokenInTheAddress', async () => {
    const scene = new Scene();
    const storage = new FakeStorage();
    const before = await scene.joined('a', { storage, url: 'ws://localhost:3003/rtc?access_token=aaa' });
    before.wire.cut(1001);
    const { client } = await scene.connected({ storage, url: 'ws://localhost:3003/rtc?access_token=bbb' });
    const { events } = await scene.join(client, 'a');
    assert.deepEqual(events, [['reset', { reason: 'new-instance', lost: undefined }]]);
  });

  it('takesItsSessionAgainAfterACloseThatNobodyAnswered', async () => {
    const scene = new Scene();
    const storage = new FakeStorage();
    const before = await scene.joined('a', { storage });
    scene.server.wire.silence();
    const closing = before.client.close();
    await scene.clock.pass(1000);
    assert.equal((await closing).code, 1006);
    const { client } = await scene.connected({ storage });
    assert.deepEqual(client.remembered, [{ sessionId: 'a', roomId: 'r' }]);
    const { events } = await scene.join(client, 'a');
    assert.deepEqual(events, [['reset', { reason: 'new-instance', lost: undefined }]]);
  });

  for (const latency of [1, 3]) {
    for (let wait = 0; wait <= 12; wait++) {
      for (const isMadeFirst of [true, false]) {
        it(`isMountedUnmountedAndMounted-${latency}-${wait}-${isMadeFirst}`, async () => {
          const scene = new Scene();
          scene.server.latency = latency;
          const storage = new FakeStorage();
          const first = await scene.connected({ storage });
          const creating = outcomeOf(first.client.createPeer({ sessionId: 'a', roomId: 'r' }));
          await scene.clock.pass(isMadeFirst ? 50 : wait);
          const second = await (isMadeFirst ? scene.connected({ storage }) : scene.client({ storage }));
          const closing = first.client.close();
          if (isMadeFirst) await scene.clock.pass(wait);
          const { peer } = await scene.join(second.client, 'a');
          await Promise.all([creating, closing, scene.clock.pass(2000)]);
          assert.equal(peer.isAttached, true);
          const sessions = [...scene.server.sessions.values()];
          assert.deepEqual(sessions.map(({ id, wire }) => [id, wire === scene.server.wires.at(-1)]), [['a', true]]);
          assert.deepEqual(scene.client({ storage }).client.remembered, [{ sessionId: 'a', roomId: 'r' }]);
        });
      }
    }
  }

  it('isMountedAgainWhereItsPeerIsStillOnItsWayOut', async () => {
    const scene = new Scene();
    const { client, peer } = await scene.joined('a');
    const leaving = peer.destroy();
    const { peer: next } = await scene.join(client, 'a');
    await leaving;
    assert.deepEqual([peer.isEnded, next.isAttached], [true, true]);
  });

  it('keepsTheKeyThoughTheClientBeforeHearsLateThatItsSessionIsTaken', () => {
    const storage = new FakeStorage();
    const world = { ...fakeWorld(new FakeClock(), /** @type {any} */ (undefined)), storage };
    const before = new Keyring(world, 'ws://localhost:3003/rtc').claim('a', 'r');
    before.epoch = 'e1';
    before.keep();
    const next = new Keyring(world, 'ws://localhost:3003/rtc').claim('a', 'r');
    next.epoch = 'e2';
    next.keep();
    before.forget();
    assert.deepEqual(new Keyring(world, 'ws://localhost:3003/rtc').list(), [{ sessionId: 'a', roomId: 'r' }]);
    next.forget();
    assert.deepEqual(new Keyring(world, 'ws://localhost:3003/rtc').list(), []);
  });

  it('makesItAnewInAnotherRoom', async () => {
    const scene = new Scene();
    const storage = new FakeStorage();
    const before = await scene.joined('a', { storage });
    before.wire.cut(1001);
    const { client } = await scene.connected({ storage });
    void client.createPeer({ sessionId: 'a', roomId: 'another' });
    await scene.soon();
    const [{ type, resume_key } = {}] = scene.server.wire.sent;
    assert.equal(type, 'create-peer');
    assert.equal(resume_key, before.wire.sent[0]?.['resume_key']);
  });

  it('findsTheSessionsOfItsServerOnly', async () => {
    const scene = new Scene();
    const storage = new FakeStorage();
    storage.setItem('tokenly.sessions', '{"ws://elsewhere/rtc":{"x":{"roomId":"r","resumeKey":"k"}}}');
    const { client } = await scene.joined('a', { storage });
    assert.deepEqual(client.remembered, []);
    assert.deepEqual(Object.keys(JSON.parse(String(storage.getItem('tokenly.sessions')))).sort(), ['ws://elsewhere/rtc', 'ws://localhost:3003/rtc']);
  });

  it('makesItAnewWhereItIsGone', async () => {
    const scene = new Scene();
    const storage = new FakeStorage();
    await scene.joined('a', { storage });
    scene.server.restart();
    const { events, peer } = await scene.joined('a', { storage });
    assert.deepEqual([events, peer.isAttached], [[], true]);
  });

  it('findsNothingOfWhatItHasLeft', async () => {
    const scene = new Scene();
    const storage = new FakeStorage();
    const { client } = await scene.joined('a', { storage });
    void client.close();
    await scene.soon();
    assert.deepEqual(scene.client({ storage }).client.remembered, []);
  });

  it('worksWithoutAStorage', async () => {
    const scene = new Scene();
    const forbidden = { getItem: () => assert.fail('no'), setItem: () => assert.fail('no') };
    await scene.joined('a', { storage: forbidden });
    await scene.joined('b', { storage: null });
    const odd = new FakeStorage();
    odd.setItem('tokenly.sessions', '{"ws://localhost:3003/rtc":{"c":{"roomId":1}}}');
    assert.deepEqual((await scene.joined('c', { storage: odd })).client.remembered, []);
  });
});

describe('the frames of the server', () => {
  it('areThoseOfTheVectors', async () => {
    const vectors = JSON.parse(readFileSync(new URL('../../vectors/server-frames.json', import.meta.url), 'utf8'));
    const scene = new Scene();
    scene.server.accept = (wire) => (wire.open('tokenly.v1'), wire.push(vectors.welcome));
    scene.server.take = () => {};
    const { client, errors } = await scene.connected();
    const { wire } = scene.server;
    const creating = client.createPeer({ sessionId: 'b', roomId: 'r' });
    wire.push(vectors['peer-created']);
    await scene.soon();
    const peer = await creating;
    assert.deepEqual([...peer.peers], [['a', 'present'], ['c', 'away']]);
    /** @type {any[]} */
    const events = [];
    for (const name of /** @type {const} */ (['signal', 'peer-joined', 'peer-away', 'peer-back', 'peer-restarted', 'peer-left', 'undeliverable'])) {
      peer.on(name, (event) => events.push(event));
    }
    for (const seq of [1, 2]) wire.push({ ...vectors['peer-away'], seq }); // which is known
    for (const name of ['offer', 'message without fields', 'peer-joined', 'peer-away', 'peer-back', 'peer-restarted', 'peer-left', 'undeliverable']) wire.push(vectors[name]);
    wire.push(vectors.busy);
    await scene.clock.pass(SOON_MILLIS);
    assert.deepEqual(events, [
      { type: 'offer', from: 'a', seq: 3, to: 'b', sdp: 'v=0', isReplayed: false },
      { type: 'message', from: 'a', seq: 4, isReplayed: false },
      { peer: 'c', incarnation: 'i-c' }, // is back; that it has joined and is away is known
      { peer: 'c', incarnation: 'i-c', reason: 'new-instance' }, { peer: 'c', incarnation: 'i-c', reason: 'expired' },
      { to: 'c', reason: 'overflow', seqs: [1, 2, 9007199254740991] },
    ]);
    assert.deepEqual(wire.sent.at(-1), { type: 'ack', received: { b: 10 } });
    assert.deepEqual(errors, ['busy']);
  });
});
