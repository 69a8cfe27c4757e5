/** The reconnect lab without a browser: its client, its time line and its words, on a made-up clock and server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADVICE, OTHER_ADVICE, OTHER_RESET, REFUSALS, RESETS } from '../../main/webapp/lab/advice.js';
import { Client } from '../../main/webapp/lab/client.js';
import { faceOf, History } from '../../main/webapp/lab/history.js';
import { buttonOf } from '../../main/webapp/lab/keys.js';
import { Lane } from '../../main/webapp/lab/lane.js';
import { chooseLanguage, say } from '../../main/webapp/common/language.js';
import { Memory } from '../../main/webapp/common/memory.js';
import { printable } from '../../main/webapp/common/printable.js';
import { StatusSource } from '../../main/webapp/common/server-status.js';
import { complaintAbout, defaultSettings, delaysOf, merge, statusUrl } from '../../main/webapp/lab/settings.js';
import { TEXTS } from '../../main/webapp/lab/texts.js';
import { FakeServer, WELCOME } from './lib/fake-server.js';
import { FakeClock, FakeStorage, fakeWorld, seeded } from './lib/fake-world.js';

/** @typedef {import('../../main/webapp/common/language.js').Text} Text */
/** @typedef {import('../../main/webapp/lab/settings.js').Settings} Settings */

const SETTINGS = Object.freeze({ ...defaultSettings('http://localhost:3003/', 1), session: 'a' });
/** Long enough for a few frames to go to and fro, and too short for an attempt or a ping. */
const SOON_MILLIS = 8;

/** A server on a clock. */
class Scene {
  clock = new FakeClock();
  server = new FakeServer(this.clock);

  /** @param {Partial<Settings>} [settings] @param {Parameters<typeof fakeWorld>[1]} [WebSocket] */
  page(settings = {}, WebSocket = this.server.WebSocket) {
    return new Page(this, { ...SETTINGS, ...settings }, fakeWorld(this.clock, WebSocket, () => 1));
  }

  /** @param {Partial<Settings>} [settings] */
  async connected(settings) {
    const page = this.page(settings);
    page.client.connect();
    await this.soon();
    assert.equal(page.state, 'connected');
    return page;
  }

  soon() {
    return this.clock.pass(SOON_MILLIS);
  }
}

/** A page's client, and what it said and did. */
class Page {
  /** @type {string[]} */ lines = [];
  /** @type {string[]} */ steps = [];
  /** @type {string[]} */ shown = [];
  /** @type {string[]} */ replayed = [];
  /** @type {Record<string, number>} */ counts = { messagesSent: 0, messagesAcked: 0, messagesHeard: 0, messagesLost: 0, resets: 0 };
  history = new History();

  /** @param {Scene} scene @param {Settings} settings @param {ReturnType<typeof fakeWorld>} world */
  constructor({ clock }, settings, world) {
    this.world = world;
    this.client = new Client(world, settings, {
      said: (key, values) => this.lines.push(say('ko', TEXTS[key], values)),
      moved: (move) => {
        this.steps.push(move.counts ? `${move.step} ${move.counts.replayed} ${move.counts.resent}` : move.step);
        this.history.moved(move, clock.now);
      },
      counted: (what, count) => {
        this.counts[what] = (this.counts[what] ?? 0) + count;
        if (what === 'messagesLost' || what === 'resets') this.history.happened(what, clock.now);
      },
      changed: () => {},
      sent: (text) => this.shown.push(text),
      received: (data, frame, isReplayed) => {
        this.shown.push(String(data));
        if (isReplayed) this.replayed.push(frame?.['text'] ?? frame?.['type']);
      },
      answered: () => {},
    });
  }

  get state() {
    return this.client.view.state;
  }

  get why() {
    const { why } = this.client.view;
    return why && say('ko', why.text, why.values);
  }

  get marks() {
    return this.history.connection.marks.map(({ kind, label }) => `${kind} ${label}`.trim());
  }

  /** The same page loaded again, or a copy of its tab. @param {Scene} scene */
  again(scene) {
    const storage = new FakeStorage();
    storage.values = new Map(this.world.storage.values);
    return new Page(scene, this.client.used, { ...this.world, storage });
  }

  /** What was said since. @param {number} count of lines before */
  since(count) {
    return this.lines.slice(count);
  }
}

test('a connection is opened, joins the room and says so in the words of the guide', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  assert.deepEqual(page.lines, ['WebSocket 연결 시도: ws://localhost:3003/rtc', '✅ WebSocket 연결 성공']);
  assert.deepEqual(page.steps, ['connect', 'opened', 'joined']);
  assert.deepEqual(scene.server.wire.asked, ['tokenly.v1.batched', 'tokenly.v1']);
});

test('what is shown of the frames has no resume key, and create-peer stands as in the guide', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  page.client.fail();
  await scene.clock.pass(2000);
  const key = String(scene.server.sessions.get('a')?.key);
  assert.match(key, /^[\w-]{43}$/);
  assert.ok(page.shown.some((text) => text.includes('"type":"resume"')));
  assert.ok(!page.shown.some((text) => text.includes(key) || text.includes('resume_key')));
  assert.equal(page.shown[1], '{"type":"create-peer","session_id":"a","room_id":"test-room-001"}');
});

test('a clock that is set changes neither the countdown nor what is measured', async () => {
  const scene = new Scene();
  const page = await scene.connected({ heartbeat: 1000, heartbeatTimeout: 500 });
  const { wire } = scene.server;
  wire.silence();
  scene.clock.shift = -3_600_000;
  await scene.clock.pass(1600 - 100);
  assert.equal(page.state, 'waiting');
  assert.ok(page.lines.some((line) => line.includes('500ms')), page.lines.join());
  scene.clock.shift = 3_600_000;
  const { dueAt } = page.client.view;
  assert.ok(dueAt > scene.clock.now && dueAt <= scene.clock.now + 1000);
});

test('the delays are the page\'s own and exact, whatever the server says, and then it gives up', async () => {
  const scene = new Scene();
  const page = await scene.connected({ initialDelay: 100, maxAttempts: 3 });
  scene.server.isUp = false;
  const count = page.lines.length;
  scene.server.wire.cut();
  await scene.clock.pass(1000);
  assert.equal(page.state, 'gaveUp');
  assert.deepEqual(page.since(count).filter((line) => /^[🔄🛑]/u.test(line)), [
    '🔄 재연결 시도 1/3 - 100ms 후 시도',
    '🔄 재연결 시도 2/3 - 200ms 후 시도',
    '🔄 재연결 시도 3/3 - 400ms 후 시도',
    '🛑 재연결 시도 3/3 실패 - 재연결을 포기합니다. 다시 시도하려면 ‘지금 재연결’을 누르세요.',
  ]);
  assert.deepEqual(page.marks, ['lost', 'attempt 0.1s', 'attempt 0.2s', 'attempt 0.4s', 'gaveUp']);
});

test('what came and what was said while away arrives after the reconnect, is counted and marked', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  const other = await scene.connected({ session: 'b' });
  await scene.soon();
  page.client.fail();
  for (const text of ['1', '2']) other.client.send(text);
  page.client.send('3');
  assert.equal(page.lines.at(-1), '📦 연결되어 있지 않음 - 메시지를 보관하고 다시 연결되면 보냅니다');
  assert.equal(page.client.view.pending, 1);
  await scene.clock.pass(2000);
  assert.deepEqual([page.state, page.client.view.attempt], ['connected', 0]);
  assert.deepEqual(page.steps.slice(3), ['lost', 'due', 'opened', 'joined 2 1']);
  assert.deepEqual(page.replayed, ['1', '2']);
  assert.ok(page.lines.includes('✅ 세션 재개 - 밀린 메시지 2개 수신, 1개 다시 전송'));
  assert.equal(page.why, '세션이 이어졌습니다. 밀린 메시지 2개를 받고, 1개를 다시 보냈습니다.');
  assert.deepEqual(page.marks, ['lost', 'attempt 1s', 'back ↓2 ↑1']);
  assert.deepEqual([page.counts['messagesAcked'], page.counts['messagesHeard'], page.client.view.pending], [1, 2, 0]);
  assert.equal(page.lines.at(-1), '✅ 서버가 메시지를 받아 보관함 (seq 1)');
  assert.equal(other.counts['messagesHeard'], 1);
});

test('a message that comes later is not said to be replayed', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  const other = await scene.connected({ session: 'b' });
  page.client.reconnect();
  await scene.soon();
  other.client.send('later');
  await scene.soon();
  assert.equal(page.counts['messagesHeard'], 1);
  assert.ok(!page.replayed.includes('later'));
});

test('reconnecting by hand keeps the session: it closes with a code that is no leave', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  const { wire } = scene.server;
  page.client.reconnect();
  await scene.soon();
  assert.deepEqual(wire.closed, { code: 3000, reason: 'manual reconnect' });
  assert.deepEqual(page.lines.slice(2, 4), ['🔄 수동 재연결', '❌ WebSocket 연결 종료 (코드: 3000, 이유: manual reconnect)']);
  assert.deepEqual(page.steps.slice(3), ['reconnect', 'opened', 'joined 0 0']);
  assert.deepEqual(page.marks, ['attempt ↻', 'back']);
});

test('reconnecting by hand starts anew from every state but idle, where it connects', async () => {
  /** @type {Record<string, (scene: Scene) => Promise<Page>>} */
  const states = {
    idle: async (scene) => scene.page(),
    connecting: async (scene) => { const page = scene.page(); page.client.connect(); return page; },
    connected: (scene) => scene.connected(),
    waiting: async (scene) => { const page = await scene.connected(); page.client.fail(); return page; },
    gaveUp: async (scene) => {
      scene.server.isUp = false;
      const page = scene.page({ maxAttempts: 1 });
      page.client.connect();
      await scene.clock.pass(2000);
      scene.server.isUp = true;
      return page;
    },
    refused: async (scene) => { const page = await scene.connected(); scene.server.wire.cut(4003); return page; },
  };
  for (const [state, reach] of Object.entries(states)) {
    const scene = new Scene();
    const page = await reach(scene);
    assert.equal(page.state, state);
    page.client.reconnect();
    await scene.soon();
    assert.equal(page.state, 'connected', `from ${state}`);
    assert.equal(page.client.view.attempt, 0);
  }
});

test('a simulated failure is treated as a loss, without waiting for the server', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  page.client.fail();
  assert.deepEqual(page.lines.slice(2), [
    '💥 네트워크 실패 시뮬레이션 - 연결 강제 종료',
    '❌ WebSocket 연결 종료 (코드: 1006, 이유: )',
    '🔄 재연결 시도 1/5 - 1000ms 후 시도',
  ]);
  await scene.soon();
  assert.equal(scene.server.wire.closed?.code, 3001);
});

test('disconnecting leaves with 1000, and nothing comes after it but another connect', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  page.client.disconnect();
  assert.equal(faceOf(page.client.view), 'idle');
  page.client.connect();
  assert.equal(page.lines.at(-1), '⏳ 이미 진행 중입니다', 'its session may still be there');
  await scene.soon();
  assert.deepEqual(page.lines.slice(2), ['👋 연결을 끊습니다', '⏳ 이미 진행 중입니다', '❌ WebSocket 연결 종료 (코드: 1000, 이유: )']);
  assert.deepEqual([scene.server.sessions.size, scene.clock.timers.length, page.state], [0, 0, 'idle']);
  page.client.connect();
  await scene.soon();
  assert.equal(page.state, 'connected');
});

test('disconnecting while an attempt waits or is under way ends that too', async () => {
  for (const wait of [500, 1000]) {
    const scene = new Scene();
    const page = await scene.connected();
    page.client.fail();
    await scene.clock.pass(wait);
    page.client.disconnect();
    await scene.clock.pass(3000);
    assert.deepEqual([page.state, scene.clock.timers.length], ['idle', 0]);
  }
});

test('a message that the server never answered for is named as lost', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  scene.server.restart();
  page.client.send('x');
  await scene.clock.pass(2000);
  assert.ok(page.lines.includes('⛔ 메시지 유실 (session-lost) - 서버가 이 메시지를 보장하지 않습니다'));
  assert.ok(page.lines.includes('⚠️ 세션이 새로 시작됨 (이유: gone) - 확인되지 않은 메시지는 유실됩니다'));
  assert.equal(page.why, RESETS['gone']?.[0]);
  assert.deepEqual([page.state, page.counts['messagesLost'], page.counts['resets']], ['connected', 1, 1]);
  assert.deepEqual(page.marks, ['lost', 'attempt 1s', 'messageLost', 'reset', 'back']);
});

test('messages that a store has lost after they were acknowledged are named and counted', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  const snapshot = scene.server.snapshot();
  page.client.send('x');
  page.client.send('y');
  await scene.soon();
  scene.server.goBack(snapshot);
  await scene.clock.pass(2000);
  const lost = '⛔ 서버가 받았다고 확인한 메시지가 유실됨 (seq 1~2) - 아직 필요하다면 다시 보내세요';
  assert.deepEqual(page.lines.slice(-3), ['⚠️ 세션이 새로 시작됨 (이유: store-went-back) - 확인되지 않은 메시지는 유실됩니다', lost, `ℹ️ ${RESETS['store-went-back']?.[0]}`]);
  assert.deepEqual([page.why, page.counts['messagesLost']], [RESETS['store-went-back']?.[0], 2]);
});

test('a connection that is closed because too much came at once says so', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  scene.server.wire.cut(4013, 'retry_after_ms=7');
  assert.match(String(page.lines.at(-2)), /^⚠️ 허용된 속도를 넘어/);
  assert.match(String(page.lines.at(-1)), /7ms 후 시도$/);
});

test('a token is shown to a server that asks for one, and stays where it was typed', async () => {
  const scene = new Scene();
  scene.server.welcome = { ...WELCOME, token: 'required' };
  const page = scene.page();
  page.client.connect();
  await scene.soon();
  assert.deepEqual([page.state, page.why], ['refused', `${REFUSALS['unauthorized']?.[0]} ${TEXTS.pressReconnect[0]}`]);
  const auths = () => scene.server.wire.sent.filter(({ type }) => type === 'auth');
  for (const token of ['secret-1', 'secret-2']) {
    page.client.carry(token);
    page.client.reconnect();
    await scene.soon();
    assert.deepEqual([page.state, auths()], ['connected', [{ type: 'auth', token }]]);
  }
  page.client.carry('secret-3');
  scene.server.wire.push({ type: 'token-expiring', expires_in_ms: 1000 });
  await scene.soon();
  assert.deepEqual(auths().map(({ token }) => token), ['secret-2', 'secret-3']);
  assert.ok(page.shown.includes('{"type":"auth"}'));
  assert.ok(!JSON.stringify([page.lines, page.shown, page.client.used, [...page.world.storage.values]]).includes('secret'));

  page.client.carry('');
  scene.server.wire.cut();
  await scene.clock.pass(1000 + SOON_MILLIS);
  assert.ok(page.lines.includes(TEXTS.tokenFailed[0]), 'the client of now still asks for one');
  page.client.reconnect();
  await scene.soon();
  assert.equal(page.state, 'refused');
});

test('a message that cannot be delivered is named', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  scene.server.wire.push({ type: 'undeliverable', session_id: 'a', seq: 1, to: 'b', reason: 'overflow', seqs: [3, 4] });
  await scene.soon();
  assert.equal(page.lines.at(-1), '⛔ b에게 전달되지 않음 (이유: overflow, seq 3, 4)');
  assert.equal(page.counts['messagesLost'], 2);
  scene.server.wire.push({ type: 'undeliverable', session_id: 'a', seq: 2, reason: 'not-allowed', seqs: [5] });
  await scene.soon();
  assert.equal(page.lines.at(-1), '⛔ 다른 모두에게 전달되지 않음 (이유: not-allowed, seq 5)');
});

test('a reloaded page comes back to its session, and says that it is a new instance', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  const { epoch } = scene.server.sessions.get('a') ?? {};
  scene.server.wire.cut(1001);
  const reloaded = page.again(scene);
  page.client.disconnect();
  reloaded.client.connect();
  await scene.soon();
  assert.equal(reloaded.state, 'connected');
  assert.notEqual(scene.server.sessions.get('a')?.epoch, epoch);
  assert.ok(reloaded.lines.includes('⚠️ 세션이 새로 시작됨 (이유: new-instance) - 확인되지 않은 메시지는 유실됩니다'));
  assert.equal(reloaded.lines.at(-1), `ℹ️ ${RESETS['new-instance']?.[0]}`);
  assert.equal(reloaded.why, RESETS['new-instance']?.[0]);
});

test('a copied tab takes the session over; the other one says so, stops, and can go on with a new id', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  const copy = page.again(scene);
  copy.client.connect();
  await scene.soon();
  assert.deepEqual([page.state, copy.state], ['takenOver', 'connected']);
  assert.ok(page.lines.includes('⚠️ 다른 인스턴스가 이 세션을 넘겨받음'));
  assert.equal(page.lines.at(-1), '🛑 재연결하지 않습니다 - 다른 인스턴스가 이 세션을 넘겨받았습니다. 설정에서 ‘새 ID’를 누른 뒤 다시 연결하세요.');
  assert.equal(page.why, '다른 인스턴스가 이 세션을 넘겨받았습니다. 설정에서 ‘새 ID’를 누른 뒤 다시 연결하세요.');
  await scene.clock.pass(100_000);
  assert.equal(scene.server.wires.length, 2, 'it does not fight back');
  page.client.configure({ ...SETTINGS, session: 'another' });
  page.client.reconnect();
  await scene.soon();
  assert.deepEqual([page.state, copy.state], ['connected', 'connected']);
});

test('a session that is taken over is no longer the page\'s, even while its connection is open', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  scene.server.wire.push({ type: 'taken-over', session_id: 'a' });
  await scene.soon();
  assert.deepEqual([page.state, page.client.canSend, page.client.peers], ['takenOver', false, undefined]);
  assert.equal(page.steps.at(-1), 'ended');
});

test('other settings hold from the next connection by hand: a new instance of the same session', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  page.client.configure({ ...SETTINGS, initialDelay: 10, maxAttempts: 2 });
  page.client.reconnect();
  await scene.soon();
  assert.equal(page.state, 'connected');
  assert.equal(page.counts['resets'], 1);
  assert.equal(scene.server.sessions.size, 1);
  scene.server.wire.cut();
  assert.equal(page.lines.at(-1), '🔄 재연결 시도 1/2 - 10ms 후 시도');
});

test('a new session id leaves the old session', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  page.client.configure({ ...SETTINGS, session: 'another' });
  page.client.send('hello');
  await scene.soon();
  assert.equal(scene.server.wire.sent.at(-1)?.['session_id'], 'a', 'as long as the connection lasts');
  assert.equal(page.client.used.session, 'a');
  page.client.reconnect();
  await scene.soon();
  assert.deepEqual([...scene.server.sessions.keys()], ['another']);
  assert.equal(page.client.used.session, 'another');
});

test('a ping without an answer is a loss, and how long was waited is said', async () => {
  const scene = new Scene();
  const page = await scene.connected({ heartbeat: 10_000, heartbeatTimeout: 5000 });
  await scene.clock.pass(10_000);
  scene.server.wire.silence();
  await scene.clock.pass(15_000);
  assert.ok(page.lines.includes('💔 ping을 보낸 뒤 5000ms 동안 pong이 없음 - 연결 강제 종료'));
  assert.ok(page.lines.includes('❌ WebSocket 연결 종료 (코드: 1006, 이유: )'));
});

test('pings that come faster than the timeout do not shorten what is said of the wait', async () => {
  const scene = new Scene();
  const page = await scene.connected({ heartbeat: 1000, heartbeatTimeout: 5000 });
  scene.server.wire.silence();
  await scene.clock.pass(6000);
  assert.ok(page.lines.includes('💔 ping을 보낸 뒤 5000ms 동안 pong이 없음 - 연결 강제 종료'));
});

test('what wakes the page probes the connection for 2 s', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  scene.server.wire.silence();
  page.world.window.dispatchEvent(new Event('online'));
  await scene.clock.pass(1999);
  assert.equal(page.state, 'connected');
  await scene.clock.pass(1);
  assert.equal(page.state, 'waiting');
  assert.ok(page.lines.includes('💔 ping을 보낸 뒤 2000ms 동안 pong이 없음 - 연결 강제 종료'));
});

test('an attempt that takes longer than the connect timeout is dropped and counts as lost', async () => {
  const scene = new Scene();
  scene.server.latency = 60_000;
  const page = scene.page();
  page.client.connect();
  await scene.clock.pass(9999);
  assert.equal(page.state, 'connecting');
  await scene.clock.pass(1);
  assert.equal(page.state, 'waiting');
  assert.equal(page.lines[1], '⚠️ 10000ms 안에 연결되지 않음 - 이번 시도를 중단합니다');
});

test('a socket that the browser forbids counts as lost, and its cause is told', async () => {
  class Forbidden {
    constructor() {
      throw new Error('not from here');
    }
  }
  const scene = new Scene();
  const page = scene.page({ maxAttempts: 1 }, /** @type {any} */ (Forbidden));
  page.client.connect();
  await scene.soon();
  assert.equal(page.state, 'waiting');
  assert.equal(page.lines[1], '⚠️ 연결 오류: not from here - 서버 주소와 서버 로그를 확인하세요');
  await scene.clock.pass(2000);
  assert.equal(page.state, 'gaveUp');
});

test('after a close that says so it does not come back', async () => {
  const codes = { 1000: 'ended-by-server', 4000: 'protocol-error', 4003: 'not-allowed', 4009: 'replaced', 4010: 'taken-over' };
  for (const [code, name] of Object.entries(codes)) {
    const scene = new Scene();
    const page = await scene.connected();
    scene.server.wire.cut(Number(code));
    assert.equal(page.state, code === '4010' ? 'takenOver' : 'refused');
    assert.ok(String(page.why).startsWith(String(REFUSALS[name]?.[0])), name);
    await scene.clock.pass(100_000);
    assert.equal(scene.server.wires.length, 1);
  }
});

test('a peer that is not created says what to do, and the connection stays open', async () => {
  const scene = new Scene();
  await scene.connected();
  const page = scene.page();
  page.client.connect();
  await scene.soon();
  assert.equal(page.state, 'outside');
  assert.equal(page.why, ADVICE['session-in-use']?.[0]);
  assert.match(String(page.lines.at(-1)), /^⛔ 피어 생성 실패 \[session-in-use: in use\] 다른 연결이/);
  assert.equal(scene.server.wire.closed, undefined);
  assert.equal(page.client.canSend, false);
});

test('an error of the server is explained, and changes nothing', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  scene.server.wire.push({ type: 'error', code: 'busy', message: 'later' });
  await scene.soon();
  assert.equal(page.state, 'connected');
  assert.equal(page.lines.at(-1), '⚠️ 서버 오류 [busy: later] 잠시 후 자동으로 다시 시도합니다.');
});

test('frames of any shape are survived', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  const { wire } = scene.server;
  for (const frame of [null, [], 'text', {}, { type: 7 }, { type: 'error' }, { type: 'peer-created' }, { type: '__proto__' }, { type: 'resumed' }]) {
    wire.push(/** @type {any} */ (frame));
  }
  await scene.soon();
  assert.equal(page.state, 'connected');
});

test('what cannot be done now is said, not done', () => {
  const scene = new Scene();
  const page = scene.page();
  page.client.send('x');
  page.client.fail();
  page.client.disconnect();
  page.client.connect();
  page.client.connect();
  assert.deepEqual(page.lines, [
    '⚠️ 연결되어 있지 않음 - 메시지를 보내지 않았습니다',
    '⚠️ 연결되어 있지 않음 - 끊을 연결이 없습니다',
    '⚠️ 연결되어 있지 않음 - 끊을 연결이 없습니다',
    '⏳ 이미 진행 중입니다',
  ]);
});

test('random programs of clicks and faults lose no message unnamed, and leave no socket and no timer', async () => {
  const seed = Date.now() % 2_147_483_647;
  const random = seeded(seed);
  const next = (/** @type {number} */ bound) => Math.floor(random() * bound);
  for (let program = 0; program < 60; program++) {
    const scene = new Scene();
    const other = await scene.connected({ session: 'b' });
    const page = scene.page({ maxAttempts: 3 });
    const acts = [
      () => page.client.connect(), () => page.client.reconnect(), () => page.client.disconnect(), () => page.client.fail(),
      () => page.client.send('x'), () => other.client.send('y'), () => scene.server.wire.cut(), () => scene.server.wire.cut(4010),
      () => page.client.configure({ ...SETTINGS, heartbeat: 1000 + next(9000), maxAttempts: 3 }), () => scene.clock.pass(next(12_000)), () => scene.soon(),
    ];
    for (let i = 0; i < 40; i++) await acts[next(acts.length)]?.();
    page.client.disconnect();
    other.client.disconnect();
    await scene.clock.pass(2000);
    const { messagesSent = 0, messagesAcked = 0, messagesLost = 0 } = page.counts;
    assert.equal(messagesAcked + messagesLost, messagesSent, `seed ${seed}`);
    assert.deepEqual([page.state, scene.clock.timers.length], ['idle', 0], `seed ${seed}`);
    assert.ok(scene.server.wires.every((wire) => wire.isCut), `a socket is left, seed ${seed}`);
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

test('a first connection that fails is no loss on the time line', async () => {
  const scene = new Scene();
  scene.server.isUp = false;
  const page = scene.page();
  page.client.connect();
  await scene.soon();
  scene.server.isUp = true;
  await scene.clock.pass(2000);
  assert.equal(page.state, 'connected');
  assert.deepEqual(page.marks, ['attempt 1s']);
});

test('the time line of a loss: how long each thing was so', async () => {
  const scene = new Scene();
  const page = await scene.connected();
  await scene.clock.pass(100 - SOON_MILLIS);
  scene.server.isUp = false;
  scene.server.wire.cut();
  await scene.clock.pass(2000);
  scene.server.isUp = true;
  await scene.clock.pass(2000);
  assert.deepEqual(page.marks, ['lost', 'attempt 1s', 'attempt 2s', 'back']);
  assert.deepEqual(page.history.connection.spans.map(({ kind }) => kind), ['connecting', 'connected', 'reconnecting', 'connected']);
});

test('the server\'s attempts are marked as they are counted', () => {
  const history = new History();
  const status = { state: 'reconnecting', active_sessions: 1, max_attempts: 5, next_delay_seconds: 1, last_attempt: null };
  [5, 0, 1, 1, 2, 0, 1].forEach((reconnect_attempts, i) => history.asked({ ...status, reconnect_attempts }, i * 500));
  assert.deepEqual(history.server.marks.map(({ label, at }) => `${label} at ${at}`), ['#1 at 1000', '#2 at 2000', '#1 at 3000']);
});

test('a reconnecting client looks so while it tries, a first attempt does not', () => {
  assert.equal(faceOf({ state: 'connecting', attempt: 0 }), 'connecting');
  assert.equal(faceOf({ state: 'connecting', attempt: 2 }), 'reconnecting');
  assert.equal(faceOf({ state: 'joining', attempt: 2 }), 'reconnecting');
  assert.equal(faceOf({ state: 'gaveUp', attempt: 5 }), 'givenUp');
  assert.equal(faceOf({ state: 'leaving', attempt: 0 }), 'idle');
});

test('delays double from the first one and stop growing at 30 s', () => {
  assert.deepEqual(delaysOf({ initialDelay: 1000, maxAttempts: 7 }), [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test('the status stands beside the socket, and only a good answer is one', async () => {
  assert.equal(statusUrl('ws://localhost:3003/rtc'), 'http://localhost:3003/status');
  assert.equal(statusUrl('wss://example.org/tokenly/rtc?x=1'), 'https://example.org/tokenly/status');
  const asked = /** @type {string[]} */ ([]);
  const source = (/** @type {Response} */ answer) => new StatusSource(async (url) => { asked.push(String(url)); return answer; });
  assert.deepEqual(await source(Response.json({ state: 'failed' })).ask('http://h:1/status'), { state: 'failed' });
  await assert.rejects(source(new Response('', { status: 503 })).ask('http://h:1/status'), /HTTP 503/);
  await assert.rejects(source(new Response('<html>')).ask('http://h:1/status'));
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

test('both languages fill in the same values', () => {
  const names = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  const all = { ...TEXTS, ...REFUSALS, ...RESETS, ...ADVICE, OTHER_ADVICE, OTHER_RESET };
  for (const [key, [korean, english]] of Object.entries(all)) {
    assert.ok(korean && english, key);
    assert.deepEqual(names(korean), names(english), key);
  }
});

test('what no reader sees, or what changes the line around it, is shown by its number', () => {
  assert.equal(printable('a\nb\x1b[2J\x9b'), 'a\\x0ab\\x1b[2J\\x9b');
  assert.equal(printable('a\u2028b\u2029c'), 'a\\u2028b\\u2029c');
  assert.equal(printable('\u202egnp\u2066\u200b\ufeff\xad'), '\\u202egnp\\u2066\\u200b\\ufeff\\xad');
  assert.equal(printable('\ue000\u0378\ud800 \u{e0041}'), '\\ue000\\u0378\\ud800 \\u{e0041}');
});

test('what is printable stays, of all scripts', () => {
  for (const text of ['alice', '방-1', 'алиса', 'عليّ', 'नमस्ते', '日本\u3000語', 'e\u0301', '😀', 'a b']) assert.equal(printable(text), text);
});

test('a key presses the button that it presses in the test client, whatever the keyboard writes', () => {
  const plain = { repeat: false, defaultPrevented: false, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };
  const press = (/** @type {string} */ key, /** @type {string} */ code, more = {}) => buttonOf({ ...plain, key, code, ...more });
  assert.deepEqual(['m', 'f', 'r', 's'].map((key) => press(key, `Key${key.toUpperCase()}`)), ['send', 'fail', 'reconnect', 'server-status']);
  assert.equal(press('M', 'KeyM'), 'send', 'with Caps Lock');
  assert.equal(press('ㅡ', 'KeyM'), 'send', 'in Korean');
  assert.equal(press('Process', 'KeyF'), 'fail', 'in an input method');
  assert.equal(press('m', 'KeyQ'), 'send', 'on another layout the letter counts');
  assert.equal(press('q', 'KeyM'), undefined);
  assert.deepEqual([press('q', 'KeyQ'), press('Enter', 'Enter'), press('m', 'KeyM', { repeat: true })], [undefined, undefined, undefined]);
  for (const modifier of ['ctrlKey', 'altKey', 'metaKey', 'shiftKey', 'defaultPrevented']) assert.equal(press('m', 'KeyM', { [modifier]: true }), undefined, modifier);
});
