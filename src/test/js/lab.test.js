/** The reconnect lab without a browser: its connection, its time line and its words, on a made-up clock. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { MESSAGES } from '../../../test_client.js';
import { Backoff, delaysOf } from '../../main/webapp/lab/backoff.js';
import { Client } from '../../main/webapp/lab/client.js';
import { faceOf, History } from '../../main/webapp/lab/history.js';
import { Lane } from '../../main/webapp/lab/lane.js';
import { Memory } from '../../main/webapp/lab/memory.js';
import { Peers } from '../../main/webapp/lab/peers.js';
import { StatusSource } from '../../main/webapp/lab/server-status.js';
import { complaintAbout, defaultSettings, merge, statusUrl } from '../../main/webapp/lab/settings.js';
import { ADVICE, chooseLanguage, OTHER_ADVICE, REFUSALS, say, TEXTS } from '../../main/webapp/lab/texts.js';

/** @typedef {import('../../main/webapp/lab/client.js').Step} Step */
/** @typedef {import('../../main/webapp/lab/texts.js').Text} Text */

const SETTINGS = Object.freeze({ ...defaultSettings('http://localhost:3003/', 1), session: 'a' });

/** A socket whose far side is the test. As a real one it opens once, ends once, and hears nothing after its end. */
class FakeSocket {
  /** @type {((event: any) => void) | null} */ onopen = null;
  /** @type {((event: any) => void) | null} */ onmessage = null;
  /** @type {((event: any) => void) | null} */ onclose = null;
  /** @type {any[]} */ sent = [];
  /** @type {[number | undefined, string | undefined][]} */ closes = [];
  isOpen = false;
  isOver = false;

  /** @param {string} url */
  constructor(url) {
    this.url = url;
  }

  /** Neither side has ended it. */
  get isLive() {
    return !this.isOver && this.closes.length === 0;
  }

  /** @param {string} text */
  send(text) {
    if (!this.isOpen) throw new Error('InvalidStateError');
    this.sent.push(JSON.parse(text));
  }

  /** @param {number} [code] @param {string} [reason] */
  close(code, reason) {
    this.closes.push([code, reason]);
  }

  open() {
    if (this.isOpen || this.isOver) return;
    this.isOpen = true;
    this.onopen?.({});
  }

  /** @param {object | string} frame */
  receive(frame) {
    if (this.isOpen && !this.isOver) this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
  }

  join() {
    this.open();
    this.receive({ type: 'peer-created', session_id: 'a', success: true, room_id: 'test-room-001', peers: [] });
  }

  /** @param {number} [code] @param {string} [reason] */
  lose(code = 1006, reason = '') {
    if (this.isOver) return;
    this.isOver = true;
    this.onclose?.({ code, reason });
  }
}

/** A client with its made-up surroundings, and what it said and did. */
class Scene {
  now = 1_000_000;
  /** @type {FakeSocket[]} */ sockets = [];
  /** @type {string[]} */ lines = [];
  /** @type {Step[]} */ steps = [];
  /** @type {number[]} */ roundTrips = [];
  history = new History();
  /** @type {{ at: number, act: () => void }[]} */ #timers = [];

  /** @param {Partial<import('../../main/webapp/lab/settings.js').Settings>} [settings] @param {boolean} [isForbidden] */
  constructor(settings = {}, isForbidden = false) {
    const { sockets } = this;
    class WebSocket extends FakeSocket {
      /** @param {string} url */
      constructor(url) {
        if (isForbidden) throw new Error('not from here');
        super(url);
        sockets.push(this);
      }
    }
    const world = {
      WebSocket,
      now: () => this.now,
      setTimeout: (/** @type {() => void} */ act, /** @type {number} */ millis) => {
        const timer = { at: this.now + millis, act };
        this.#timers.push(timer);
        return timer;
      },
      clearTimeout: (/** @type {any} */ timer) => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      },
    };
    this.client = new Client(world, { ...SETTINGS, ...settings }, {
      said: (key, values) => this.lines.push(say('ko', TEXTS[key], values)),
      moved: (step, view, from) => {
        this.steps.push(step);
        this.history.moved(step, view, from, this.now);
      },
      sent: () => {},
      received: () => {},
      answered: (millis) => this.roundTrips.push(millis),
    });
  }

  get socket() {
    return /** @type {FakeSocket} */ (this.sockets.at(-1));
  }

  get state() {
    return this.client.view.state;
  }

  get timers() {
    return this.#timers.length;
  }

  /** @param {number} millis */
  pass(millis) {
    const end = this.now + millis;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.now = next.at;
      next.act();
    }
    this.now = end;
  }

  connect() {
    this.client.connect();
    this.socket.join();
    return this;
  }
}

test('a connection is opened, joins the room and says so in the words of the guide', () => {
  const scene = new Scene().connect();
  assert.equal(scene.state, 'connected');
  assert.deepEqual(scene.socket.sent, [{ type: 'create-peer', session_id: 'a', room_id: 'test-room-001' }]);
  assert.deepEqual(scene.lines, ['WebSocket 연결 시도: ws://localhost:3003/rtc', '✅ WebSocket 연결 성공']);
  assert.deepEqual(scene.steps, ['connect', 'opened', 'joined']);
});

test('five attempts come after 1, 2, 4, 8 and 16 s, and then it gives up', () => {
  const scene = new Scene().connect();
  scene.socket.lose();
  for (const delay of [1000, 2000, 4000, 8000, 16_000]) {
    const before = scene.sockets.length;
    scene.pass(delay - 1);
    assert.equal(scene.sockets.length, before, `not before ${delay} ms`);
    scene.pass(1);
    assert.equal(scene.sockets.length, before + 1, `after ${delay} ms`);
    scene.socket.lose();
  }
  assert.equal(scene.state, 'gaveUp');
  assert.equal(scene.lines.at(-1), '🛑 재연결 시도 5/5 실패 - 재연결을 포기합니다. 다시 시도하려면 ‘지금 재연결’을 누르세요.');
  assert.ok(scene.lines.includes('🔄 재연결 시도 3/5 - 4000ms 후 시도'));
  assert.equal(scene.timers, 0);
});

test('the count starts anew when a connection opens', () => {
  const scene = new Scene().connect();
  scene.socket.lose();
  scene.pass(1000);
  scene.socket.lose();
  scene.pass(2000);
  scene.socket.join();
  scene.socket.lose();
  assert.equal(scene.lines.at(-1), '🔄 재연결 시도 1/5 - 1000ms 후 시도');
});

test('reconnecting by hand starts anew from every state but idle, where it connects', () => {
  const states = {
    idle: () => new Scene(),
    connecting: () => { const scene = new Scene(); scene.client.connect(); return scene; },
    connected: () => new Scene().connect(),
    waiting: () => { const scene = new Scene().connect(); scene.socket.lose(); return scene; },
    gaveUp: () => { const scene = new Scene({ maxAttempts: 1 }).connect(); scene.socket.lose(); scene.pass(1000); scene.socket.lose(); return scene; },
    refused: () => { const scene = new Scene().connect(); scene.socket.lose(4010); return scene; },
  };
  for (const [state, reach] of Object.entries(states)) {
    const scene = reach();
    assert.equal(scene.state, state);
    const sockets = scene.sockets.length;
    scene.client.reconnect();
    assert.equal(scene.sockets.length, sockets + 1, `from ${state}`);
    scene.socket.join();
    assert.equal(scene.state, 'connected', `from ${state}`);
    assert.equal(scene.client.view.attempt, 0);
  }
});

test('reconnecting by hand keeps the session: it closes with a code that is no leave', () => {
  const scene = new Scene().connect();
  const { socket } = scene;
  scene.client.reconnect();
  assert.deepEqual(socket.closes, [[3000, 'manual reconnect']]);
  assert.deepEqual(scene.lines.slice(2, 4), ['🔄 수동 재연결', '❌ WebSocket 연결 종료 (코드: 3000, 이유: manual reconnect)']);
});

test('a simulated failure closes with 3001 and is treated as a loss, without waiting for the server', () => {
  const scene = new Scene().connect();
  scene.client.fail();
  assert.deepEqual(scene.socket.closes, [[3001, 'simulated failure']]);
  assert.deepEqual(scene.lines.slice(2), [
    '💥 네트워크 실패 시뮬레이션 - 연결 강제 종료',
    '❌ WebSocket 연결 종료 (코드: 1006, 이유: )',
    '🔄 재연결 시도 1/5 - 1000ms 후 시도',
  ]);
});

test('disconnecting leaves with 1000 and nothing comes after it', () => {
  const scene = new Scene().connect();
  scene.client.disconnect();
  assert.deepEqual(scene.socket.closes, [[1000, '']]);
  assert.equal(scene.state, 'idle');
  assert.equal(scene.timers, 0);
  scene.pass(60_000);
  assert.equal(scene.sockets.length, 1);
});

test('disconnecting while an attempt waits or is under way ends that too', () => {
  for (const wait of [500, 1000]) {
    const scene = new Scene().connect();
    scene.socket.lose();
    scene.pass(wait);
    scene.client.disconnect();
    assert.equal(scene.state, 'idle');
    assert.equal(scene.timers, 0);
  }
});

test('an ended socket has no more say', () => {
  const scene = new Scene().connect();
  const { socket } = scene;
  scene.client.fail();
  const { length } = scene.lines;
  socket.lose(3001);
  socket.receive({ type: 'message', text: 'late' });
  assert.equal(scene.lines.length, length);
  assert.equal(scene.state, 'waiting');
});

test('a ping without an answer is a loss after the timeout, and any frame is an answer', () => {
  const scene = new Scene({ heartbeat: 10_000, heartbeatTimeout: 5000 }).connect();
  scene.pass(10_000);
  assert.deepEqual(scene.socket.sent.at(-1), { type: 'ping', id: 1 });
  scene.pass(4999);
  scene.socket.receive({ type: 'peer-joined', session_id: 'a', peer: 'b' });
  scene.pass(5001);
  assert.equal(scene.state, 'connected');
  assert.equal(scene.socket.sent.at(-1).id, 2);
  scene.pass(4999);
  assert.equal(scene.state, 'connected');
  scene.pass(1);
  assert.equal(scene.state, 'waiting');
  assert.ok(scene.lines.includes('💔 ping을 보낸 뒤 5000ms 동안 pong이 없음 - 연결 강제 종료'));
  assert.ok(scene.lines.includes('❌ WebSocket 연결 종료 (코드: 1006, 이유: )'));
});

test('pings that come faster than the timeout do not push the limit back', () => {
  const scene = new Scene({ heartbeat: 1000, heartbeatTimeout: 5000 }).connect();
  scene.pass(5999);
  assert.equal(scene.state, 'connected');
  scene.pass(1);
  assert.equal(scene.state, 'waiting');
});

test('a pong tells the round trip', () => {
  const scene = new Scene().connect();
  scene.pass(10_000);
  scene.pass(37);
  scene.socket.receive({ type: 'pong', id: 1 });
  scene.pass(5);
  scene.socket.receive({ type: 'pong', id: 'another' });
  assert.deepEqual(scene.roundTrips, [37]);
});

test('a probe finds a dead connection in 2 s, also while a slower ping is out', () => {
  const scene = new Scene().connect();
  scene.pass(10_000);
  scene.client.probe();
  scene.pass(1999);
  assert.equal(scene.state, 'connected');
  scene.pass(1);
  assert.equal(scene.state, 'waiting');
});

test('a probe that is answered changes nothing, and without a connection there is none', () => {
  const scene = new Scene();
  scene.client.probe();
  scene.connect();
  scene.client.probe();
  scene.socket.receive({ type: 'pong', id: 1 });
  scene.pass(5000);
  assert.equal(scene.state, 'connected');
});

test('an attempt that takes longer than the connect timeout is dropped and counts as lost', () => {
  const scene = new Scene();
  scene.client.connect();
  scene.pass(9999);
  assert.equal(scene.state, 'connecting');
  scene.pass(1);
  assert.equal(scene.state, 'waiting');
  assert.equal(scene.lines[1], '⚠️ 10000ms 안에 연결되지 않음 - 이번 시도를 중단합니다');
});

test('a socket that the browser forbids counts as lost', () => {
  const scene = new Scene({ maxAttempts: 1 }, true);
  scene.client.connect();
  scene.pass(0);
  assert.equal(scene.state, 'waiting');
  assert.equal(scene.lines[1], '⚠️ 연결 오류: not from here - 서버 주소와 서버 로그를 확인하세요');
  scene.pass(2000);
  assert.equal(scene.state, 'gaveUp');
});

test('the server chooses the first delay after 1012 and 1013, and 4008 means at once', () => {
  const delay = (/** @type {number} */ code, /** @type {string} */ reason) => new Backoff([1000, 2000]).next({ code, reason })?.delay;
  assert.equal(delay(1012, 'retry_after_ms=250'), 250);
  assert.equal(delay(1013, 'retry_after_ms=0'), 0);
  assert.equal(delay(4008, ''), 0);
  assert.equal(delay(1011, 'retry_after_ms=250'), 1000);
  assert.equal(delay(1012, 'retry_after_ms=-1'), 1000);
  assert.equal(delay(1012, 'retry_after_ms=99999999999'), 1000);
  const backoff = new Backoff([1000, 2000]);
  backoff.next({ code: 1006, reason: '' });
  assert.equal(backoff.next({ code: 1012, reason: 'retry_after_ms=250' })?.delay, 2000);
  assert.equal(backoff.next({ code: 1006, reason: '' }), undefined);
});

test('delays double from the first one and stop growing at 30 s', () => {
  assert.deepEqual(delaysOf({ initialDelay: 1000, maxAttempts: 7 }), [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test('after a close that says so it does not come back', () => {
  for (const code of Object.keys(REFUSALS)) {
    const scene = new Scene().connect();
    scene.socket.lose(Number(code));
    assert.equal(scene.state, 'refused');
    assert.equal(scene.client.view.why, REFUSALS[code]);
    assert.equal(scene.timers, 0);
  }
});

test('a peer that is not created says what to do, and the connection stays open', () => {
  const scene = new Scene();
  scene.client.connect();
  scene.socket.open();
  scene.socket.receive({ type: 'peer-created', session_id: 'a', success: false, error: { code: 'session-in-use', message: 'held' } });
  assert.equal(scene.state, 'outside');
  assert.equal(scene.client.view.why, ADVICE['session-in-use']);
  assert.match(String(scene.lines.at(-1)), /^⛔ 피어 생성 실패 \[session-in-use: held\] 다른 연결이/);
  assert.deepEqual(scene.socket.closes, []);
});

test('an error in the place of peer-created leaves it without a session, a later one does not', () => {
  const scene = new Scene();
  scene.client.connect();
  scene.socket.open();
  scene.socket.receive({ type: 'error', code: 'bad-id', message: 'too long' });
  assert.equal(scene.state, 'outside');
  const later = new Scene().connect();
  later.socket.receive({ type: 'error', code: 'busy', message: 'later' });
  assert.equal(later.state, 'connected');
  assert.match(String(later.lines.at(-1)), /^⚠️ 서버 오류 \[busy: later\]/);
});

test('frames of any shape are survived', () => {
  const scene = new Scene().connect();
  for (const text of ['', 'null', '[]', '"text"', '{}', '{"type":7}', '{"type":"error"}', '{"type":"peer-created"}', '{"type":"__proto__"}']) {
    scene.socket.receive(text);
  }
  assert.equal(scene.state, 'connected');
});

test('a message goes to the session that the connection was made with', () => {
  const scene = new Scene().connect();
  scene.client.configure({ ...SETTINGS, session: 'another' });
  scene.client.send('hello');
  assert.deepEqual(scene.socket.sent.at(-1), { type: 'message', session_id: 'a', text: 'hello', timestamp: '1970-01-01T00:16:40.000Z' });
  scene.client.reconnect();
  scene.socket.join();
  assert.equal(scene.socket.sent[0].session_id, 'another');
});

test('what cannot be done now is said, not done', () => {
  const scene = new Scene();
  scene.client.send('x');
  scene.client.fail();
  scene.client.disconnect();
  scene.client.connect();
  scene.client.connect();
  assert.deepEqual(scene.lines, [
    '⚠️ 연결되어 있지 않음 - 메시지를 보내지 않았습니다',
    '⚠️ 연결되어 있지 않음 - 끊을 연결이 없습니다',
    '⚠️ 연결되어 있지 않음 - 끊을 연결이 없습니다',
    'WebSocket 연결 시도: ws://localhost:3003/rtc',
    '⏳ 이미 진행 중입니다',
  ]);
  assert.equal(scene.sockets.length, 1);
});

test('random programs of clicks and faults leave at most one socket, and after disconnecting none and no timer', () => {
  const seed = Date.now() % 2_147_483_647;
  let random = seed;
  const next = (/** @type {number} */ bound) => (random = (random * 48_271) % 2_147_483_647) % bound;
  for (let program = 0; program < 300; program++) {
    const scene = new Scene({ maxAttempts: 3 });
    const acts = [
      () => scene.client.connect(), () => scene.client.reconnect(), () => scene.client.disconnect(), () => scene.client.fail(),
      () => scene.client.probe(), () => scene.client.send('x'), () => scene.socket?.join(), () => scene.socket?.lose(),
      () => scene.socket?.lose(4010), () => scene.socket?.receive({ type: 'error' }), () => scene.pass(next(12_000)),
    ];
    for (let i = 0; i < 60; i++) {
      acts[next(acts.length)]?.();
      const live = scene.sockets.filter((socket) => socket.isLive);
      assert.ok(live.length <= 1, `${live.length} live sockets, seed ${seed}`);
    }
    scene.client.disconnect();
    assert.equal(scene.timers, 0, `a timer is left, seed ${seed}`);
    assert.ok(!scene.sockets.some((socket) => socket.isLive), `a socket is left, seed ${seed}`);
  }
});

test('a lane joins equal spans, and keeps a minute and no more', () => {
  const lane = new Lane(60_000);
  lane.enter('connected', 0);
  lane.enter('connected', 10_000);
  lane.enter('reconnecting', 20_000);
  lane.mark({ kind: 'lost', at: 20_000, label: '' });
  assert.deepEqual(lane.spans, [{ kind: 'connected', from: 0, to: 20_000 }, { kind: 'reconnecting', from: 20_000, to: 20_000 }]);
  lane.enter('connected', 80_000);
  assert.deepEqual(lane.spans.map(({ kind }) => kind), ['connected', 'reconnecting', 'connected']);
  lane.enter('idle', 80_001);
  assert.deepEqual(lane.spans.map(({ kind }) => kind), ['reconnecting', 'connected', 'idle']);
  assert.deepEqual(lane.marks, []);
  for (let i = 0; i < 2000; i++) lane.enter(`kind ${i}`, 80_002);
  assert.equal(lane.spans.length, 400);
});

test('a time of which nobody knows anything is not drawn', () => {
  const history = new History();
  history.asked(undefined, 1000);
  history.asked(undefined, 1500);
  history.asked(undefined, 9000);
  assert.deepEqual(history.server.spans, [{ kind: 'unreachable', from: 1000, to: 1500 }, { kind: 'unreachable', from: 9000, to: 9000 }]);
  history.look(9400);
  assert.equal(history.server.spans.at(-1)?.to, 9400);
  history.look(90_000);
  assert.equal(history.server.spans.at(-1)?.to, 9400);
});

test('the time line of a loss: lost, each attempt with its delay, back', () => {
  const scene = new Scene().connect();
  scene.pass(100);
  scene.socket.lose();
  scene.pass(1000);
  scene.socket.lose();
  scene.pass(2000);
  scene.socket.join();
  assert.deepEqual(scene.history.connection.marks.map(({ kind, label }) => `${kind} ${label}`), ['lost ', 'attempt 1s', 'attempt 2s', 'back ']);
  assert.deepEqual(scene.history.connection.spans.map(({ kind, from, to }) => [kind, to - from]), [
    ['connecting', 0], ['connected', 100], ['reconnecting', 3000], ['connected', 0],
  ]);
});

test('a first connection that fails is no loss on the time line', () => {
  const scene = new Scene();
  scene.client.connect();
  scene.socket.lose();
  scene.pass(1000);
  scene.socket.join();
  assert.deepEqual(scene.history.connection.marks.map(({ kind }) => kind), ['attempt']);
});

test('the server\'s attempts are marked as they are counted', () => {
  const history = new History();
  const status = { state: 'reconnecting', active_sessions: 1, max_attempts: 5, next_delay_seconds: 1, last_attempt: null };
  [5, 0, 1, 1, 2, 0, 1].forEach((reconnect_attempts, i) => history.asked({ ...status, reconnect_attempts }, i * 500));
  assert.deepEqual(history.server.marks.map(({ label, at }) => `${label} at ${at}`), ['#1 at 1000', '#2 at 2000', '#1 at 3000']);
});

test('a reconnecting client looks so while it tries, a first attempt does not', () => {
  const view = { attempt: 0, delay: 0, dueAt: 0, maxAttempts: 5, why: undefined };
  assert.equal(faceOf({ ...view, state: 'connecting' }), 'connecting');
  assert.equal(faceOf({ ...view, state: 'connecting', attempt: 2 }), 'reconnecting');
  assert.equal(faceOf({ ...view, state: 'gaveUp' }), 'givenUp');
});

test('peers come, are away, come back and leave', () => {
  const peers = new Peers();
  peers.took({ type: 'peer-created', success: true, peers: ['b', 'c'] });
  peers.took({ type: 'peer-away', peer: 'b' });
  peers.took({ type: 'peer-joined', peer: 'd' });
  peers.took({ type: 'peer-left', peer: 'c', reason: 'left' });
  assert.deepEqual(peers.list, [{ peer: 'b', isAway: true }, { peer: 'd', isAway: false }]);
  peers.took({ type: 'peer-back', peer: 'b' });
  assert.deepEqual(peers.list[0], { peer: 'b', isAway: false });
  assert.equal(peers.took({ type: 'message' }), false);
  peers.took({ type: 'peer-created', success: false });
  assert.deepEqual(peers.list, []);
});

test('the status stands beside the socket, and only a good answer is one', async () => {
  assert.equal(statusUrl('ws://localhost:3003/rtc'), 'http://localhost:3003/status');
  assert.equal(statusUrl('wss://example.org/tokenly/rtc?x=1'), 'https://example.org/tokenly/status');
  const asked = /** @type {string[]} */ ([]);
  const source = (/** @type {Response} */ answer) => new StatusSource(async (url) => { asked.push(String(url)); return answer; });
  assert.deepEqual(await source(Response.json({ state: 'failed' })).ask('ws://h:1/rtc'), { state: 'failed' });
  await assert.rejects(source(new Response('', { status: 503 })).ask('ws://h:1/rtc'), /HTTP 503/);
  await assert.rejects(source(new Response('<html>')).ask('ws://h:1/rtc'));
  assert.deepEqual(asked, Array(3).fill('http://h:1/status'));
});

test('settings are checked on both sides of each limit', () => {
  const isGood = (/** @type {string} */ name, /** @type {string} */ value) => complaintAbout(name, value) === undefined;
  for (const [value, good] of /** @type {[string, boolean][]} */ ([['1', true], ['0', false], ['20', true], ['21', false], ['', false], ['2.5', false], ['1e1', false]])) {
    assert.equal(isGood('maxAttempts', value), good, `maxAttempts ${value}`);
  }
  for (const [value, good] of /** @type {[string, boolean][]} */ ([
    ['ws://h/rtc', true], ['wss://h/rtc', true], ['http://h/rtc', false], ['h:3003', false], ['ws://h/rtc#x', false], ['', false],
  ])) assert.equal(isGood('url', value), good, `url ${value}`);
  for (const [value, good] of /** @type {[string, boolean][]} */ ([
    ['a'.repeat(128), true], ['a'.repeat(129), false], ['', false], ['__proto__', false], ['a\u0007', false], ['\ud800', false], ['방 1 😀', true],
  ])) assert.equal(isGood('room', value), good, `room ${value}`);
});

test('of remembered settings the good ones are taken and the others left', () => {
  const merged = merge(SETTINGS, { url: 'nonsense', room: 'b', heartbeat: 500, initialDelay: 'x', isWanted: true });
  assert.deepEqual(merged, { ...SETTINGS, room: 'b', heartbeat: 500 });
});

test('a storage that is forbidden, full or spoilt is as good as none', () => {
  const forbidden = new Memory(() => { throw new Error('forbidden'); }, 'x');
  forbidden.keep({ a: 1 });
  assert.deepEqual(forbidden.values, { a: 1 });
  const spoilt = /** @type {Storage} */ (/** @type {unknown} */ ({ getItem: () => 'null', setItem: () => {} }));
  assert.deepEqual(new Memory(() => spoilt, 'x').values, {});
});

test('the language is the first of the browser\'s that the page speaks', () => {
  assert.equal(chooseLanguage(['', 'ko-KR', 'en']), 'ko');
  assert.equal(chooseLanguage(['fr', 'en-GB', 'ko']), 'en');
  assert.equal(chooseLanguage(['fr']), 'en');
  assert.equal(chooseLanguage([]), 'en');
});

test('the log speaks as test_client.js does, to the letter', () => {
  const shared = Object.entries(TEXTS).filter(([key]) => Object.hasOwn(MESSAGES, key));
  assert.ok(shared.length >= 20);
  for (const [key, texts] of shared) assert.deepEqual(texts, MESSAGES[/** @type {keyof typeof MESSAGES} */ (key)], key);
  const source = readFileSync(new URL('../../../test_client.js', import.meta.url), 'utf8');
  const others = [...Object.values(REFUSALS), TEXTS.hintRunning, TEXTS.hintTimeout, TEXTS.hintOther, OTHER_ADVICE];
  for (const text of others.flat()) assert.ok(source.includes(`'${text}'`), text);
});

test('both languages fill in the same values', () => {
  const names = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, [korean, english]] of Object.entries(TEXTS)) {
    assert.ok(korean && english, key);
    assert.deepEqual(names(korean), names(english), key);
  }
});
