import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scene } from './scene.js';

const LIFETIME_MILLIS = 60_000;
const tell = (/** @type {string} */ credential) => ({
  type: 'ice-servers', session_id: 'a', ice_servers: [{ urls: ['turn:t'], username: 'u', credential }], ice_lifetime_ms: LIFETIME_MILLIS,
});

/** A client with the session `a`, and how often it has asked for ICE servers. */
async function joined() {
  const scene = new Scene();
  const { client, peer, wire } = await scene.joined('a', { heartbeat: { intervalMillis: 1e9 } });
  let asked = 0;
  client.on('sent', ({ frame }) => (asked += frame['type'] === 'ice-servers' ? 1 : 0));
  return { scene, peer, wire, asked: () => asked };
}

test('iceServersAreThoseThatTheServerToldLastAndAreAskedForBeforeTheyRunOut', async () => {
  const { scene, peer, wire, asked } = await joined();
  /** @type {unknown[]} */
  const told = [];
  peer.on('ice-servers', ({ iceServers }) => told.push(iceServers[0]?.credential));
  wire.push(tell('first'));
  await scene.soon();
  assert.equal(peer.iceServers[0]?.credential, 'first');
  await scene.clock.pass(LIFETIME_MILLIS * 0.7);
  assert.equal(asked(), 0);
  await scene.clock.pass(LIFETIME_MILLIS * 0.1);
  assert.equal(asked(), 1);
  wire.push(tell('second'));
  await scene.soon();
  assert.deepEqual(told, ['first', 'second']);
});

test('aSignalOfAnotherPeerTellsNoIceServers', async () => {
  const { scene, peer, wire } = await joined();
  peer.on('signal', () => {});
  wire.push({ ...tell('evil'), type: 'message', from: 'b', seq: 1, source: { epoch: 'e', seq: 1 } });
  await scene.soon();
  assert.deepEqual(peer.iceServers, []);
});
