/** The token of a client: when it is asked for and shown, and what becomes of a client without a good one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WELCOME } from './fake-server.js';
import { outcomeOf, Scene } from './scene.js';

/** @typedef {import('./fake-server.js').Wire} Wire */

/** That of a server that asks for tokens. */
const ASKING = Object.freeze({ ...WELCOME, token: 'required' });
const EXPIRING = Object.freeze({ type: 'token-expiring', expires_in_ms: 16_000 });

/** A server that asks for tokens, and clients of it. */
function asking() {
  const scene = new Scene();
  scene.server.welcome = ASKING;
  return scene;
}

/** A function that returns another token each time. */
function counting() {
  let count = 0;
  return () => `jwt-${++count}`;
}

/** @param {Wire} wire */
const tokensAt = ({ sent }) => sent.filter(({ type }) => type === 'auth').map(({ token }) => token);

/** @param {Wire} wire */
const typesAt = ({ sent }) => sent.map(({ type }) => type);

describe('a token', () => {
  const next = counting();
  for (const [name, token, wanted] of /** @type {const} */ ([['text', 'jwt', ['jwt', 'jwt']], ['function', counting(), ['jwt-1', 'jwt-2']], ['promise', async () => next(), ['jwt-1', 'jwt-2']]])) {
    it(`isShownFirstOnEachConnection-${name}`, async () => {
      const scene = asking();
      const { peer } = await scene.joined('a', { token, delays: [10] });
      scene.server.wire.cut();
      await scene.soon();
      assert.deepEqual(scene.server.wires.map(typesAt), [['auth', 'create-peer'], ['auth', 'resume']]);
      assert.deepEqual(scene.server.wires.flatMap(tokensAt), wanted);
      assert.equal(peer.isAttached, true);
    });
  }

  it('isNotWaitedForToBeAuthenticated', async () => {
    const scene = asking();
    scene.server.latency = 20;
    const { client } = scene.client({ token: 'jwt' });
    void client.createPeer({ sessionId: 'a', roomId: 'r' });
    await scene.clock.pass(41); // open, and welcome
    assert.deepEqual(typesAt(scene.server.wire), ['auth', 'create-peer']);
  });

  it('isAskedForWhileTheConnectionOpens', async () => {
    const scene = asking();
    scene.server.latency = 20;
    const { client } = scene.client({ token: () => new Promise((resolve) => scene.clock.set(() => resolve('jwt'), 39)) });
    await scene.clock.pass(41);
    assert.equal(client.view.state, 'connected');
  });

  it('isWaitedForWhereItComesLater', async () => {
    const scene = asking();
    const { client } = scene.client({ token: () => new Promise((resolve) => scene.clock.set(() => resolve('jwt'), 5000)) });
    void client.createPeer({ sessionId: 'a', roomId: 'r' });
    await scene.clock.pass(4999);
    assert.deepEqual([client.view.state, typesAt(scene.server.wire)], ['welcoming', []]);
    await scene.soon();
    assert.deepEqual([client.view.state, typesAt(scene.server.wire)], ['connected', ['auth', 'create-peer']]);
  });

  it('isNotShownToAnOlderServerNorWaitedFor', async () => {
    const scene = new Scene();
    scene.server.welcome = { ...WELCOME, features: ['leave'] };
    const { errors } = await scene.joined('a', { token: () => new Promise(() => {}) });
    await scene.joined('b', { token: 'jwt' });
    await scene.clock.pass(30_000);
    assert.deepEqual([scene.server.counts['auth'], errors], [undefined, []]);
  });

  it('isThatOfItsOwnConnection', async () => {
    const scene = asking();
    const { client } = scene.client({ token: 'jwt' });
    client.on('state', ({ state }) => state === 'connected' && scene.server.wires.length === 1 && client.reconnectNow());
    await scene.soon();
    assert.deepEqual(scene.server.wires.map(tokensAt), [[], ['jwt']]);
  });

  it('isInNoEventAndInNoStorage', async () => {
    const scene = asking();
    const { client, world } = scene.client({ token: 'secret', delays: [10] });
    /** @type {unknown[]} */
    const told = [];
    for (const name of /** @type {const} */ (['state', 'sent', 'received', 'error'])) client.on(name, (event) => told.push(event));
    void client.createPeer({ sessionId: 'a', roomId: 'r' });
    await scene.soon();
    scene.server.wire.push(EXPIRING);
    scene.server.wire.end(4001, 'expired');
    await scene.soon();
    assert.ok(told.some((event) => /** @type {any} */ (event).text === '{"type":"auth"}'));
    assert.ok(!JSON.stringify([told, client.url, client.view, [...world.storage.values]]).includes('secret'));
  });

  it('isTextOrAFunction', () => {
    for (const token of ['', 7, null, {}]) assert.throws(() => new Scene().client({ token: /** @type {any} */ (token) }), TypeError);
  });
});

describe('a function that returns the token', () => {
  for (const [name, failing] of /** @type {[string, () => any][]} */ ([
    ['throws', () => { throw new Error('secret'); }], ['rejects', () => Promise.reject(new Error('secret'))], ['returnsNone', () => ''], ['returnsNoText', () => ({ secret: 1 })],
  ])) {
    it(`isAskedAgainWhereIt-${name}`, async () => {
      const scene = asking();
      let failures = 2;
      const { client, errors, moves } = scene.client({ token: () => (failures-- > 0 ? failing() : 'jwt'), delays: [10, 20] });
      let told = '';
      client.on('error', (error) => (told += `${error} ${error.help}`));
      await scene.soon();
      assert.ok(!told.includes('secret'), told);
      assert.deepEqual(errors, ['token-failed', 'token-failed']);
      assert.deepEqual(moves.filter(({ state }) => state === 'waiting').map(({ delay, loss }) => [delay, loss?.code]), [[10, 1006], [20, 1006]]);
      assert.equal(client.view.state, 'connected');
    });
  }

  it('isWaitedForNoLongerThanAnAttemptMayTake', async () => {
    const scene = asking();
    let asked = 0;
    const { client, errors } = scene.client({ token: () => new Promise(() => (asked += 1)), delays: [10], connectTimeoutMillis: 5000 });
    await scene.clock.pass(4999);
    assert.deepEqual([client.view.state, errors], ['welcoming', []]);
    await scene.clock.pass(20);
    assert.deepEqual([asked, errors], [2, ['token-failed']]);
    assert.equal(scene.server.wires[0]?.closed?.code, 3002, 'the connection of the attempt ends with it');
    void client.close();
    await scene.clock.pass(10_000);
    assert.deepEqual([client.view.state, errors, scene.clock.timers], ['closed', ['token-failed'], []]);
  });

  it('isNotFollowedWhereItTellsTooLate', async () => {
    const scene = asking();
    /** @type {((token: string) => void)[]} */
    const tell = [];
    const { client } = scene.client({ token: () => new Promise((resolve) => tell.push(resolve)) });
    await scene.soon();
    client.reconnectNow();
    await scene.soon();
    tell[0]?.('first');
    tell[1]?.('second');
    await scene.soon();
    assert.deepEqual(scene.server.wires.map(tokensAt), [[], ['second']]);
  });

  it('mayCloseTheClient', async () => {
    const scene = asking();
    const { client } = scene.client({ token: () => (void client.close(), 'jwt') });
    await scene.clock.pass(5000);
    assert.deepEqual([client.view.state, scene.clock.timers], ['closed', []]);
  });
});

describe('a token that expires', () => {
  it('isRenewedOnItsConnection', async () => {
    const scene = asking();
    const { wire, client, errors } = await scene.joined('a', { token: counting() });
    wire.push(EXPIRING);
    await scene.soon();
    assert.deepEqual(tokensAt(wire), ['jwt-1', 'jwt-2']);
    assert.deepEqual([client.view.state, scene.server.wires.length, errors], ['connected', 1, []]);
  });

  it('isAskedForUntilTheExpiry', async () => {
    const scene = asking();
    /** @type {number[]} */
    const asked = [];
    let isFailing = false;
    const token = () => {
      if (isFailing) asked.push(scene.clock.now);
      if (isFailing) throw new Error('no');
      return 'jwt';
    };
    const { wire, errors } = await scene.joined('a', { token });
    isFailing = true;
    wire.push(EXPIRING);
    await scene.clock.pass(60_000);
    assert.deepEqual(asked.map((at) => at - Number(asked[0])), [0, 1000, 3000, 7000, 15_000]);
    assert.deepEqual(errors, asked.map(() => 'token-failed'));
    wire.push(EXPIRING);
    await scene.soon();
    isFailing = false;
    await scene.clock.pass(1000);
    assert.deepEqual(tokensAt(wire), ['jwt', 'jwt'], 'a later one is taken');
  });

  it('isNotAskedForOnceTheConnectionIsLost', async () => {
    const scene = asking();
    let asked = 0;
    const { wire } = await scene.joined('a', { token: () => (++asked === 1 ? 'jwt' : new Promise(() => {})), delays: [60_000] });
    wire.push(EXPIRING);
    await scene.soon();
    wire.cut();
    await scene.clock.pass(30_000);
    assert.equal(asked, 2);
  });

  it('isNamedOnceWhereItIsFixed', async () => {
    const scene = asking();
    const { wire, errors } = await scene.joined('a', { token: 'jwt' });
    wire.push(EXPIRING, EXPIRING);
    wire.end(4001, 'expired');
    await scene.soon();
    assert.deepEqual([errors, tokensAt(wire)], [['token-not-renewable'], ['jwt']]);

    const late = await scene.joined('b', { token: 'jwt' });
    late.wire.end(4001, 'expired');
    await scene.soon();
    assert.deepEqual([late.errors, late.client.view.state], [['token-not-renewable'], 'connected']);
  });

  it('isReplacedAtOnceAndThenByThePolicy', async () => {
    const scene = asking();
    const { wire, moves } = await scene.joined('a', { token: counting(), delays: [10, 20] });
    wire.cut(4001, 'expired');
    await scene.clock.pass(5);
    scene.server.wire.cut(4001, 'expired');
    await scene.soon();
    assert.deepEqual(moves.filter(({ state }) => state === 'waiting').map(({ delay }) => delay), [0, 20]);
    assert.deepEqual(scene.server.wires.flatMap(tokensAt), ['jwt-1', 'jwt-2', 'jwt-3']);
  });
});

describe('a server that asks for tokens', () => {
  it('isLeftAloneWhereThereIsNone', async () => {
    const scene = asking();
    const { client } = scene.client();
    const creating = client.createPeer({ sessionId: 'a', roomId: 'r' });
    void creating.catch(() => {});
    await scene.clock.pass(100_000);
    const { state, error } = client.view;
    assert.deepEqual([state, error?.code, error?.retryable, await outcomeOf(creating)], ['refused', 'unauthorized', false, 'unauthorized']);
    assert.match(String(error?.help), /connect\(url, \{ token \}\)/);
    assert.deepEqual([scene.server.wires.length, typesAt(scene.server.wire)], [1, []]);
  });

  it('mayHaveBeenShownOneByTheAddress', async () => {
    const scene = asking();
    await scene.joined('a', { url: 'ws://localhost/rtc?room=r&access_token=jwt' });
    assert.equal(scene.server.counts['auth'], undefined);
  });

  it('saysWhyATokenIsNotGood', async () => {
    const scene = asking();
    const { client, moves } = await scene.connected({ token: counting() });
    scene.server.wire.end(4003, 'the token is revoked');
    await scene.clock.pass(100_000);
    const { code, message, help } = /** @type {import('../../../main/webapp/lib/tokenly.js').TokenlyError} */ (moves.at(-1)?.error);
    assert.deepEqual([moves.at(-1)?.state, code, message], ['refused', 'not-allowed', 'the token is revoked']);
    assert.match(help, /reconnectNow\(\)/);
    client.reconnectNow();
    await scene.soon();
    assert.deepEqual(scene.server.wires.flatMap(tokensAt), ['jwt-1', 'jwt-2']);
  });

  it('refusesASessionOnce', async () => {
    const scene = asking();
    scene.server.onFrame = (wire, { type, session_id }) => {
      if (type === 'create-peer') wire.push({ type: 'peer-created', session_id, success: false, error: { code: 'not-allowed', message: 'the token does not grant it' } });
    };
    const { client } = await scene.connected({ token: 'jwt' });
    const creating = client.createPeer({ sessionId: 'a', roomId: 'r' });
    const refusal = assert.rejects(creating, { code: 'not-allowed', message: 'the token does not grant it', retryable: false, help: /grant/ });
    await scene.clock.pass(60_000);
    await refusal;
    assert.deepEqual([scene.server.counts['create-peer'], client.view.state], [1, 'connected']);
  });

  it('namesASignalThatIsNotAllowed', async () => {
    const scene = asking();
    const { wire, events } = await scene.joined('a', { token: 'jwt' });
    wire.push({ type: 'undeliverable', session_id: 'a', seq: 1, reason: 'not-allowed', seqs: [1] }, { type: 'undeliverable', session_id: 'a', seq: 2, to: 'b', reason: 'not-allowed', seqs: [2] });
    await scene.soon();
    assert.deepEqual(events, [['undeliverable', { reason: 'not-allowed', seqs: [1] }], ['undeliverable', { to: 'b', reason: 'not-allowed', seqs: [2] }]]);
  });
});
