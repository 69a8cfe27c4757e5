/** The parts of the page of a call that need no browser. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { say } from '../../main/webapp/common/language.js';
import { proxyOf } from '../../main/webapp/call/faults.js';
import { focus, GAP, grid } from '../../main/webapp/call/layout.js';
import { LIFE_MILLIS, linkOf, MoveCode, moveOf } from '../../main/webapp/call/move-code.js';
import { takePlace } from '../../main/webapp/call/place.js';
import { modulesOf } from '../../main/webapp/call/qr.js';
import { isPerfect, judge } from '../../main/webapp/call/score.js';
import { TEXTS } from '../../main/webapp/call/texts.js';
import { deviceTrouble, joinTrouble } from '../../main/webapp/call/troubles.js';
import { Tunnel } from '../../main/webapp/call/tunnel.js';

/** @typedef {import('../../main/webapp/call/layout.js').Box} Box */

const WEBAPP = new URL('../../main/webapp/', import.meta.url);
const SPACES = [{ width: 1424, height: 780 }, { width: 344, height: 620 }, { width: 800, height: 800 }, { width: 1424, height: 120 }];
/** For the rounding of numbers. */
const NEARLY = 0.001;

/** @param {Box[]} boxes @param {{ width: number, height: number }} space @param {string} what */
function assertFit(boxes, space, what) {
  for (const [index, { x, y, width, height }] of boxes.entries()) {
    assert.ok(width > 0 && height > 0 && x >= -NEARLY && y >= -NEARLY, what);
    assert.ok(x + width <= space.width + NEARLY && y + height <= space.height + NEARLY, what);
    for (const other of boxes.slice(index + 1)) {
      const isApart = x + width <= other.x + NEARLY || other.x + other.width <= x + NEARLY || y + height <= other.y + NEARLY || other.y + other.height <= y + NEARLY;
      assert.ok(isApart, `${what}: two tiles overlap`);
    }
  }
}

test('tiles of any number stand inside the space, side by side, and of one size', () => {
  for (const space of SPACES) {
    for (let count = 1; count <= 20; count += 1) {
      const boxes = grid(space, count);
      assert.equal(boxes.length, count);
      assertFit(boxes, space, `${count} in ${space.width} x ${space.height}`);
      assert.ok(boxes.every(({ width }) => Math.abs(width - /** @type {Box} */ (boxes[0]).width) < NEARLY));
    }
  }
});

test('two people stand side by side where it is wide, and one above the other where it is tall', () => {
  const [left, right] = grid({ width: 1424, height: 780 }, 2);
  assert.equal(left?.y, right?.y);
  assert.equal(left?.width, (1424 - GAP) / 2);
  const [upper, lower] = grid({ width: 344, height: 620 }, 2);
  assert.equal(upper?.x, lower?.x);
  assert.equal(upper?.width, 344);
});

test('a last row that is not full stands in the middle', () => {
  const boxes = grid({ width: 1424, height: 780 }, 5);
  const last = boxes.slice(3);
  const left = Math.min(...last.map(({ x }) => x));
  const right = 1424 - Math.max(...last.map(({ x, width }) => x + width));
  assert.ok(Math.abs(left - right) < NEARLY);
  assert.ok(left > Math.min(...boxes.map(({ x }) => x)));
});

test('no one needs no tile', () => assert.deepEqual(grid({ width: 100, height: 100 }, 0), []));

test('a shared screen has most of the space, and the others a strip of it', () => {
  for (const space of SPACES.slice(0, 3)) {
    for (const count of [0, 1, 4]) {
      const boxes = focus(space, count);
      assert.equal(boxes.length, count + 1);
      assertFit(boxes, space, `${count} beside a screen`);
      const [main] = /** @type {[Box]} */ (boxes);
      assert.ok(main.width * main.height >= 0.6 * space.width * space.height);
    }
  }
});

test('a code that moves a call is 128 bits of chance, good once', () => {
  const code = new MoveCode(() => 0);
  assert.match(code.text, /^[0-9a-f]{32}$/);
  assert.notEqual(code.text, new MoveCode(() => 0).text);
  for (const wrong of ['', undefined, code.text.slice(1), { toString: () => code.text }]) assert.equal(code.use(wrong), false);
  assert.equal(code.use(code.text), true);
  assert.equal(code.use(code.text), false);
  assert.equal(code.rest, 0);
});

test('a code that moves a call is good for ten minutes and not a moment longer', () => {
  let now = 5000;
  const late = new MoveCode(() => now);
  const soon = new MoveCode(() => now);
  now += LIFE_MILLIS - 1;
  assert.equal(soon.use(soon.text), true);
  now += 1;
  assert.equal(late.use(late.text), false);
});

test('the link of a move says what it is read for', () => {
  const link = linkOf('https://a.example/x/call.html?room=old&faults=b#c', { room: '회의 & co', from: 'call-1', code: 'ff' });
  assert.deepEqual(moveOf(link), { from: 'call-1', code: 'ff' });
  assert.equal(new URL(link).search, `?${new URLSearchParams({ room: '회의 & co' })}`, 'the server is told the room alone');
  assert.equal(new URL(link).pathname, '/x/call.html');
  assert.equal(moveOf('https://a.example/call.html?room=r'), undefined);
});

test('the judge counts what is lost, twice and out of order', () => {
  const heard = (/** @type {number[]} */ ...numbers) => numbers.map((number) => ({ number, isLate: false }));
  assert.deepEqual(judge(3, heard(1, 2, 3)), { sent: 3, lost: 0, twice: 0, outOfOrder: 0, late: 0 });
  assert.deepEqual(judge(4, heard(1, 2, 4)), { sent: 4, lost: 1, twice: 0, outOfOrder: 0, late: 0 });
  assert.deepEqual(judge(3, heard(1, 2, 2, 3)), { sent: 3, lost: 0, twice: 1, outOfOrder: 0, late: 0 });
  assert.deepEqual(judge(3, heard(1, 3, 2)), { sent: 3, lost: 0, twice: 0, outOfOrder: 1, late: 0 });
  assert.equal(judge(2, [{ number: 1, isLate: false }, { number: 2, isLate: true }]).late, 1);
  assert.ok(isPerfect(judge(1, heard(1))));
  for (const bad of [heard(1), heard(1, 2, 2), heard(2, 1)]) assert.ok(!isPerfect(judge(2, bad)));
});

test('every text stands in both languages, with the same values', () => {
  const values = (/** @type {string} */ text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const [key, [korean, english]] of Object.entries(TEXTS)) {
    assert.ok(korean.trim() && english.trim(), key);
    assert.deepEqual(values(korean), values(english), key);
    assert.doesNotMatch(english, /[ㄱ-힣]/, key);
  }
});

test('every text that the page names is there', () => {
  const page = readFileSync(new URL('call.html', WEBAPP), 'utf8');
  const keys = [...page.matchAll(/data-(?:text|label)="(\w+)"/g)].map(([, key]) => String(key));
  assert.ok(keys.length > 30);
  assert.deepEqual(keys.filter((key) => !Object.hasOwn(TEXTS, key)), []);
});

test('what is in the way has a sentence that says what to do', () => {
  for (const name of ['NotAllowedError', 'NotFoundError', 'NotReadableError']) {
    assert.notEqual(deviceTrouble(Object.assign(new Error('x'), { name })).key, 'deviceFailed');
  }
  for (const code of ['call-full', 'room-full', 'unauthorized', 'not-allowed']) {
    assert.notEqual(joinTrouble(Object.assign(new Error('x'), { code })).key, 'joinFailed');
  }
  const { key, values } = joinTrouble(new Error('the reason'));
  assert.match(say('en', TEXTS[key], values), /the reason/);
});

test('a reloaded tab has its place again; a copied one, whose place a live tab has, gets another', async () => {
  const locks = new FakeLocks();
  const first = await takePlace(undefined, locks);
  assert.equal(first.isCopy, false);
  locks.release(first.session);
  assert.deepEqual(await takePlace(first.session, locks), { session: first.session, isCopy: false });
  const copy = await takePlace(first.session, locks);
  assert.equal(copy.isCopy, true);
  assert.notEqual(copy.session, first.session);
  assert.deepEqual(await takePlace('old', undefined), { session: 'old', isCopy: false });
});

/** Locks that are held until they are released; one that is asked for meanwhile is refused at once. */
class FakeLocks {
  /** @type {Set<string>} */
  #held = new Set();

  /** @param {string} session */
  release(session) {
    this.#held.delete(`tokenly-${session}`);
  }

  /** @type {any} */
  request = async (/** @type {string} */ name, /** @type {unknown} */ _, /** @type {() => Promise<void>} */ act) => {
    if (this.#held.has(name)) throw new Error('held');
    this.#held.add(name);
    return act();
  };
}

test('there is no address in the tunnel', () => {
  const tunnel = new Tunnel('ws://a/rtc');
  assert.equal(tunnel.address(), 'ws://a/rtc');
  tunnel.isClosed = true;
  assert.throws(() => tunnel.address());
});

test('a proxy of faults is used on this machine only', () => {
  const of = (/** @type {string} */ faults) => proxyOf(`http://localhost:3004/call.html?faults=${encodeURIComponent(faults)}`);
  assert.equal(of('http://127.0.0.1:4000/'), 'http://127.0.0.1:4000');
  assert.equal(of('http://localhost:4000'), 'http://localhost:4000');
  for (const bad of ['http://a.example', 'http://localhost.a.example', 'file:///x', 'x', '']) assert.equal(of(bad), undefined);
});

test('a QR code has its three finders, and holds a long link', () => {
  const rows = modulesOf(linkOf('https://signaling.example/call.html', { room: '회의실 하나', from: 'call-00000000-0000-4000-8000-000000000000', code: 'f'.repeat(32) }));
  const last = rows.length - 1;
  assert.equal(rows.length % 4, 1);
  for (const [y, x] of [[0, 0], [0, last - 6], [last - 6, 0]]) {
    for (let index = 0; index < 7; index += 1) assert.ok(rows[Number(y)]?.[Number(x) + index] && rows[Number(y) + index]?.[Number(x)]);
  }
});

test('the QR library is as it was published', () => {
  const file = readFileSync(new URL('vendor/qrcode-generator/qrcode.js', WEBAPP));
  assert.equal(createHash('sha256').update(file).digest('hex'), 'ea91d7118a5395289170da848b7c6758b996163bfbccf312591ab65a4911b7c0');
});
