/** The front page without a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { say } from '../../main/webapp/common/language.js';
import { callAddress } from '../../main/webapp/common/call-address.js';
import { roomOf } from '../../main/webapp/start/call-form.js';
import { askInfo, missingOf } from '../../main/webapp/start/missing.js';
import { sampleOf } from '../../main/webapp/start/sample.js';
import { faceOf } from '../../main/webapp/start/status-door.js';
import { TEXTS } from '../../main/webapp/start/texts.js';

/** @type {import('../../main/webapp/common/language.js').Speak} */
const speak = (text, values) => say('en', text, values);

test('a room is proposed in three groups of letters and digits that cannot be confused', () => {
  assert.equal(roomOf(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255)), 'abcd-efgh-ijk9');
  assert.ok(!/[l01o]/.test(roomOf(Uint8Array.from({ length: 256 }, (_, i) => i))));
});

test('any name of a room can stand in the address of its call', () => {
  for (const room of ['tea', 'a&b=c#d', '차 방', '?x']) assert.equal(callAddress('http://h/x/', room).searchParams.get('room'), room);
});

test('the code is for the server that the page came from', () => {
  assert.ok(sampleOf('http://localhost:3003/').includes('connect(`ws://${location.host}/rtc`)'));
  assert.ok(sampleOf('https://example.org/tokenly/index.html').includes('connect(`wss://${location.host}/tokenly/rtc`)'));
});

test('only what a server says is missing is named', () => {
  assert.deepEqual(missingOf({ turn: false, stun: true, token: true }), [TEXTS.noTurn, TEXTS.asksForTokens]);
  for (const info of [{}, { turn: true, token: false }]) assert.deepEqual(missingOf(info), []);
});

test('a server that does not answer /info says nothing by that', async () => {
  const answers = [async () => new Response('', { status: 404 }), async () => new Response('<html>'), async () => Response.json(null), async () => { throw new TypeError('no network'); }];
  for (const answer of answers) assert.deepEqual(await askInfo(answer, 'http://h/info'), {});
  assert.deepEqual(await askInfo(async () => Response.json({ turn: false }), 'http://h/info'), { turn: false });
});

test('the status is shown in the server\'s word, with what it means', () => {
  const status = { state: 'reconnecting', active_sessions: 3, reconnect_attempts: 1, max_attempts: 5, next_delay_seconds: 1, last_attempt: null };
  assert.deepEqual(faceOf(status, undefined, speak), { kind: 'reconnecting', word: 'reconnecting', meaning: speak(TEXTS.reconnecting), sessions: '3' });
  assert.equal(faceOf({ ...status, state: '__proto__' }, undefined, speak).meaning, '');
  for (const code of [401, 403]) assert.equal(faceOf(undefined, code, speak).kind, 'closed');
  for (const cause of [undefined, 503]) assert.equal(faceOf(undefined, cause, speak).kind, 'unreachable');
});
