/** Where the server is, and how a handshake with it can fail. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { connect } from '../../../main/webapp/lib/client.js';
import { failureOf, refusalOf } from '../../../main/webapp/lib/handshake.js';
import { FakeStorage } from './fake-world.js';
import { outcomeOf, Scene } from './scene.js';

/** @typedef {import('../../../main/webapp/lib/tokenly.js').AddressSource} AddressSource */

/** @param {AddressSource} source @param {import('../../../main/webapp/lib/tokenly.js').ConnectOptions} [options] */
function clientAt(source, options = {}) {
  const scene = new Scene();
  const made = scene.client({ ...options, url: /** @type {any} */ (source) });
  return { scene, ...made };
}

describe('a function that returns the address', () => {
  for (const [name, wrap] of /** @type {const} */ ([['sync', (/** @type {string} */ url) => url], ['async', async (/** @type {string} */ url) => new URL(url)]])) {
    it(`isAskedBeforeEachAttempt-${name}`, async () => {
      let token = 0;
      const { scene, client } = clientAt(() => wrap(`ws://localhost/rtc?token=${++token}`), { delays: [10] });
      assert.equal(client.url, '');
      await scene.soon();
      scene.server.wire.cut();
      await scene.soon();
      assert.deepEqual(scene.server.wires.map(({ url }) => url), ['ws://localhost/rtc?token=1', 'ws://localhost/rtc?token=2']);
      assert.equal(client.url, 'ws://localhost/rtc?token=2');
    });
  }

  for (const [name, failing] of /** @type {[string, () => any][]} */ ([
    ['throws', () => { throw new Error('no token'); }], ['rejects', () => Promise.reject(new Error('no token'))], ['returnsNone', () => 'nowhere'], ['returnsNoText', () => undefined],
  ])) {
    it(`isAskedAgainWhereIt-${name}`, async () => {
      let failures = 2;
      const { scene, client, errors } = clientAt(() => (failures-- > 0 ? failing() : 'ws://localhost/rtc'), { delays: [10], maxAttempts: Infinity });
      await scene.soon();
      assert.deepEqual(errors, ['address-failed', 'address-failed']);
      assert.equal(client.view.state, 'connected');
    });
  }

  it('isWaitedForNoLongerThanAnAttemptMayTake', async () => {
    let asked = 0;
    const { scene, client, errors } = clientAt(() => new Promise(() => (asked += 1)), { delays: [10], connectTimeoutMillis: 5000 });
    await scene.clock.pass(4999);
    assert.deepEqual([client.view.state, errors], ['connecting', []]);
    await scene.clock.pass(20);
    assert.deepEqual([asked, errors], [2, ['connect-timeout']]);
    void client.close();
    await scene.clock.pass(10_000);
    assert.deepEqual([client.view.state, errors], ['closed', ['connect-timeout']]);
  });

  it('isNotFollowedWhereItTellsTooLate', async () => {
    /** @type {((url: string) => void)[]} */
    const tell = [];
    const { scene, client } = clientAt(() => new Promise((resolve) => tell.push(resolve)));
    await scene.soon();
    client.reconnectNow();
    await scene.clock.pass(0);
    tell[0]?.('ws://localhost/first');
    tell[1]?.('ws://localhost/second');
    await scene.soon();
    assert.deepEqual(scene.server.wires.map(({ url }) => url), ['ws://localhost/second']);
  });

  it('filesTheKeysByTheFirstAddress', async () => {
    const storage = new FakeStorage();
    let n = 0;
    const { scene, client } = clientAt(async () => `ws://user:pass${n}@localhost/rtc${n++ || ''}?token=${n}`, { storage, delays: [10] });
    assert.deepEqual(client.remembered, []);
    const creating = client.createPeer({ sessionId: 'a', roomId: 'r' });
    await scene.soon();
    await creating;
    scene.server.wire.cut();
    await scene.soon();
    assert.deepEqual(Object.keys(JSON.parse(String(storage.getItem('tokenly.sessions')))), ['ws://localhost/rtc']);

    const next = scene.client({ storage, url: /** @type {any} */ (async () => 'ws://localhost/rtc') });
    const again = next.client.createPeer({ sessionId: 'a', roomId: 'r' });
    await scene.soon();
    assert.equal((await again).isAttached, true);
    assert.equal(scene.server.wire.sent[0]?.['type'], 'resume');
  });
});

describe('an address that asks for the subprotocol', () => {
  it('needsNoHeader', async () => {
    const { scene, client } = clientAt('ws://localhost/rtc?protocol=tokenly.v1.batched&token=x');
    scene.server.accept = (wire) => (wire.open(''), wire.push(scene.server.welcome));
    await scene.soon();
    assert.equal(client.view.state, 'connected');
    assert.deepEqual(scene.server.wire.asked, [], 'a browser fails where it asks and gets no answer');
  });

  for (const address of ['ws://localhost/rtc', 'ws://localhost/rtc?protocol=tokenly.v2', 'ws://localhost/rtc?xprotocol=tokenly.v1']) {
    it(`isToldAboutWhereTheHeaderIsLost-${address}`, async () => {
      const { scene, client } = clientAt(address);
      scene.server.accept = (wire) => wire.open('');
      await scene.soon();
      assert.equal(client.view.error?.code, 'not-resumable');
      assert.match(String(client.view.error?.message), /\?protocol=tokenly\.v1/);
    });
  }
});

describe('a handshake that is refused', () => {
  it('isNamedWithItsStatusAndWaitedFor', async (t) => {
    const server = http.createServer().on('upgrade', (_, socket) => {
      socket.end('HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 3\r\n\r\nno!');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    t.after(() => server.close());
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const client = connect(`ws://127.0.0.1:${port}/rtc`, { WebSocket });
    t.after(() => client.close());
    const error = await new Promise((resolve) => client.on('error', resolve));
    const { code, status, retryable, retryAfterMillis, message } = error;
    assert.deepEqual({ code, status, retryable, retryAfterMillis }, { code: 'handshake-refused', status: 429, retryable: true, retryAfterMillis: 7000 });
    assert.match(message, /HTTP 429 Too Many Requests/);
    assert.deepEqual([client.view.state, client.view.delay], ['waiting', 7000]);
  });

  it('isKnownByWhatItsPlatformSays', () => {
    /** @type {[string, number | undefined][]} */
    const texts = [
      ['Unexpected server response: 403', 403], ["Expected HTTP 101 response but was '401 Unauthorized'", 401], ['Received bad response code from server: 503.', 503],
      ['NetworkError: failed to connect to WebSocket: Invalid status code: 404', 404], ['connect ECONNREFUSED 127.0.0.1:443', undefined], ['', undefined],
      ['Received network error or non-101 status code.', undefined],
    ];
    for (const [message, status] of texts) {
      const error = failureOf({ message });
      assert.deepEqual([error.code, error.status], [status ? 'handshake-refused' : 'connection-failed', status], message);
    }
  });

  it('isWaitedForOnlyWhereASecondsCountIsGiven', () => {
    const millisOf = (/** @type {string | undefined} */ value) => refusalOf({ statusCode: 503, headers: { 'retry-after': value }, resume() {} }).retryAfterMillis;
    assert.deepEqual([undefined, 'Wed, 21 Oct 2026 07:28:00 GMT', '-1', '1', '999999999'].map(millisOf), [undefined, undefined, undefined, 1000, 86_400_000]);
  });
});

describe('the limit of a frame', () => {
  it('isTheServersAndIsNamed', async () => {
    const scene = new Scene();
    scene.server.welcome = { ...scene.server.welcome, limits: { frame_bytes: 200_000 } };
    const { client } = scene.client();
    const creating = client.createPeer({ sessionId: 'a', roomId: 'r' });
    await scene.soon();
    const peer = await creating;
    const sending = peer.send({ type: 'message', text: 'x'.repeat(190_000) });
    await scene.soon();
    assert.deepEqual(await outcomeOf(sending), { seq: 1 });
    await assert.rejects(peer.send({ type: 'message', text: 'x'.repeat(200_000) }), { code: 'frame-too-large', message: /200053 bytes.* 200000$/ });
  });
});
