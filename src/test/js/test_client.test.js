/**
 * Drives test_client.js as a person does: as a process of its own, by its keys, against real servers on free ports of
 * the loopback interface. Every wait is for a line, an event or an exit; the limit of a test is the only clock.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { MESSAGES } from '../../../test_client.js';
import { WELCOME } from './lib/fake-server.js';

/** @typedef {import('node:test').TestContext} TestContext */
/** @typedef {import('ws').WebSocket} WebSocket */

const CLIENT = fileURLToPath(new URL('../../../test_client.js', import.meta.url));
const STAMP = /^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\] /;
const CREATE_PEER = /^{"type":"create-peer","session_id":"test-session-\d{13}","room_id":"test-room-001"}$/;
const STATUS = {
  state: 'connected', active_sessions: 1, reconnect_attempts: 0, max_attempts: 5, next_delay_seconds: 1, last_attempt: null,
};

/** A test client that runs. */
class Run {
  /** @type {string[]} the lines of the log so far, without their time */
  log = [];
  stderr = '';
  #read = 0;
  #ended = false;
  #more = () => {};

  /** @param {TestContext} t @param {string[]} args @param {{ file?: string, preload?: string, env?: NodeJS.ProcessEnv }} [options] preload runs first */
  constructor(t, args, { file = CLIENT, preload = '', env = {} } = {}) {
    const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(preload)}`, file, ...args], { env: { ...process.env, ...env } });
    this.child = child;
    /** @type {string[]} the lines before the log */
    this.head = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      (STAMP.test(line) ? this.log : this.head).push(line.replace(STAMP, ''));
      this.#more();
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (this.stderr += text));
    child.stdin.on('error', () => {}); // it may have ended before a key arrives
    this.exit = once(child, 'close').then(([code]) => {
      this.#ended = true;
      this.#more();
      return code;
    });
    t.after(() => {
      child.kill('SIGKILL');
      return this.exit;
    });
  }

  /** @param {string} key */
  press(key) {
    this.child.stdin.write(`${key}\n`);
  }

  /** The next line of the log. */
  async line() {
    while (this.#read === this.log.length) {
      assert.ok(!this.#ended, `ended early:\n${this}`);
      await new Promise((resolve) => (this.#more = () => resolve(undefined)));
    }
    return String(this.log[this.#read++]);
  }

  /** Skips to the next line that fits. @param {string | RegExp} wanted its beginning or its pattern */
  async until(wanted) {
    for (;;) {
      const line = await this.line();
      if (typeof wanted === 'string' ? line.startsWith(wanted) : wanted.test(line)) return line;
    }
  }

  /** The very next lines are these. @param {(string | RegExp)[]} wanted */
  async expect(...wanted) {
    for (const line of wanted) {
      if (typeof line === 'string') assert.equal(await this.line(), line, `${this}`);
      else assert.match(await this.line(), line, `${this}`);
    }
  }

  toString() {
    return [...this.head, ...this.log, this.stderr].join('\n');
  }
}

/** Runs to the end. @param {TestContext} t @param {string[]} args */
async function runToEnd(t, ...args) {
  const run = new Run(t, args);
  return { code: await run.exit, run };
}

/** @param {net.Server} server @param {number} [port] */
async function listen(server, port = 0) {
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return /** @type {net.AddressInfo} */ (server.address()).port;
}

/** The count of attempts starts anew at once. */
const WELCOME_AT_ONCE = { ...WELCOME, reconnect: { ...WELCOME.reconnect, reset_after_ms: 0 } };

/** What a server says when all is well. @param {any} frame */
function answerTo({ type, session_id, room_id, seq, sessions, resume_key }) {
  if (type === 'create-peer') return { type: 'peer-created', session_id, success: true, room_id, peers: [], ...(resume_key && { epoch: 1 }) };
  if (type === 'resume') return { type: 'resumed', session_id: sessions[0].session_id, outcome: 'resumed', epoch: 1, received: sessions[0].sent, last: 0 };
  return seq ? { type: 'ack', received: { [session_id]: seq } } : undefined;
}

/** A far side: a WebSocket server with GET /status that keeps what happens to it. */
class FarSide {
  /** @type {WebSocket[]} */
  sockets = [];
  /** @type {{ code: number, reason: string }[]} */
  closes = [];
  /** @type {any[]} every frame that came, but for the pings */
  frames = [];
  /** @type {unknown[]} the ids of the pings that came */
  pings = [];
  port = 0;
  #http;
  #changed = () => {};

  /**
   * @param {(socket: WebSocket) => void} [greet] @param {object} [options]
   * @param {boolean} [options.asksForTokens] @param {boolean} [options.answersPings] @param {boolean} [options.isPlain] whether it does not know `tokenly.v1`
   * @param {(frame: any) => object | undefined} [options.answer] @param {http.RequestListener} [options.status]
   */
  constructor(greet = () => {}, { asksForTokens = false, answersPings = true, isPlain = false, answer = answerTo, status = (_, response) => response.end(JSON.stringify(STATUS)) } = {}) {
    this.#http = http.createServer((request, response) => {
      if (request.url === '/status') return status(request, response);
      return response.writeHead(404).end();
    });
    const handleProtocols = () => (isPlain ? false : 'tokenly.v1');
    new WebSocketServer({ server: this.#http, path: '/rtc', handleProtocols }).on('connection', (socket) => {
      this.sockets.push(socket);
      const tell = (/** @type {object | undefined} */ frame) => frame && socket.send(JSON.stringify(frame));
      if (socket.protocol) tell({ ...WELCOME_AT_ONCE, ...(asksForTokens && { token: 'required' }) });
      socket.on('message', (data) => {
        const frame = JSON.parse(String(data));
        if (frame.type !== 'ping') {
          const { session_id } = this.frames.find(({ type }) => type === 'create-peer') ?? {};
          tell(frame.type === 'leave' ? { type: 'peer-destroyed', session_id } : answer(frame));
          return this.#note(this.frames, frame);
        }
        if (answersPings) tell({ type: 'pong', id: frame.id });
        this.#note(this.pings, frame.id);
      });
      socket.on('close', (code, reason) => this.#note(this.closes, { code, reason: String(reason) }));
      greet(socket);
    });
  }

  /** @param {TestContext} t */
  async start(t, port = 0) {
    this.port = await listen(this.#http, port);
    t.after(() => this.stop());
    return this;
  }

  /** As a killed server: no close frame, and nobody listens any more. */
  async stop() {
    this.sockets.forEach((socket) => socket.terminate());
    this.#http.closeAllConnections();
    if (!this.#http.listening) return;
    this.#http.close();
    await once(this.#http, 'close');
  }

  get url() {
    return `ws://127.0.0.1:${this.port}/rtc`;
  }

  get last() {
    return /** @type {WebSocket} */ (this.sockets.at(-1));
  }

  /** @param {() => unknown} condition on frames or closes */
  async until(condition) {
    while (!condition()) await new Promise((resolve) => (this.#changed = () => resolve(undefined)));
  }

  /** @template T @param {T[]} list @param {T} entry */
  #note(list, entry) {
    list.push(entry);
    this.#changed();
  }
}

/** A client that has joined at a far side. @param {TestContext} t @param {FarSide} farSide @param {string[]} args */
async function joined(t, farSide, ...args) {
  await farSide.start(t);
  const run = new Run(t, [farSide.url, ...args]);
  await run.until(/peer-created/);
  return run;
}

/** It has come back, with its session. @param {Run} run */
const resumed = (run) => run.until('✅ 세션 재개');

/** A port where nobody listens. */
async function unusedPort() {
  const server = net.createServer();
  const port = await listen(server);
  await once(server.close(), 'close');
  return port;
}

/** A server that shakes hands and is deaf from then on: it answers neither pings nor a close. @param {TestContext} t */
async function deafServer(t) {
  const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'; // RFC 6455, section 1.3
  const server = http.createServer().on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + guid).digest('base64');
    socket.on('error', () => {});
    const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`, 'Sec-WebSocket-Protocol: tokenly.v1'];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    t.after(() => socket.destroy());
  });
  const port = await listen(server);
  t.after(() => server.close());
  return `ws://127.0.0.1:${port}/rtc`;
}

/** A server that takes connections and says nothing. @param {TestContext} t */
async function muteServer(t) {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    t.after(() => socket.destroy());
  });
  const port = await listen(server);
  t.after(() => server.close());
  return `ws://127.0.0.1:${port}/rtc`;
}

/** A wait that never ends fails here: far beyond what a test takes when all is right. */
const LIMIT = { timeout: 15_000 };
const TOGETHER = { concurrency: 4 };

describe('the log', TOGETHER, () => {
  it('isTheGuidesToTheLetter', LIMIT, async (t) => {
    const farSide = await new FarSide().start(t);
    const run = new Run(t, [farSide.url]);
    await run.expect(`WebSocket 연결 시도: ${farSide.url}`, '✅ WebSocket 연결 성공', /^📥 수신: {"type":"welcome",.*}$/, /^📤 전송: {.*}$/);
    assert.match(run.log[3]?.slice('📤 전송: '.length) ?? '', CREATE_PEER);
    await run.expect(/^📥 수신: {"type":"peer-created",.*}$/);
    run.press('f');
    await run.expect(
      '💥 네트워크 실패 시뮬레이션 - 연결 강제 종료',
      '❌ WebSocket 연결 종료 (코드: 1006, 이유: )',
      '🔄 재연결 시도 1/5 - 1000ms 후 시도',
    );
    assert.match(run.head.join('\n'), /^키: q 종료, r .*, f .*, s .*, m .*$/m);
  });

  it('isTheSameInEnglish', LIMIT, async (t) => {
    const farSide = await new FarSide().start(t);
    const run = new Run(t, [farSide.url, '--lang', 'en']);
    await run.expect(`Connecting to WebSocket: ${farSide.url}`, '✅ WebSocket connected', /^📥 Received: {"type":"welcome",.*}$/, /^📤 Sent: {.*}$/);
    assert.match(run.log[3]?.slice('📤 Sent: '.length) ?? '', CREATE_PEER);
    await run.expect(/^📥 Received: {"type":"peer-created",.*}$/);
    run.press('f');
    await run.expect(
      '💥 Simulated network failure - dropping the connection',
      '❌ WebSocket closed (code: 1006, reason: )',
      '🔄 Reconnect attempt 1/5 - in 1000ms',
    );
    assert.match(run.head.join('\n'), /^Keys: q quit, r .*, f .*, s .*, m .*$/m);
    assert.doesNotMatch(`${run}`, /[가-힣]/);
  });

  it('saysEverythingInBothLanguages', () => {
    for (const [key, [ko = '', en = '', ...others]] of Object.entries(MESSAGES)) {
      const [koNames, enNames] = [ko, en].map((text) => [...new Set(text.match(/\{\w+\}/g))].sort());
      assert.deepEqual(koNames, enNames, key);
      assert.ok(ko && en && others.length === 0, key);
      assert.doesNotMatch(en, /[가-힣]/);
    }
  });

  it('acknowledgesWhatItShows', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide);
    const [{ session_id }] = farSide.frames;
    farSide.last.send(JSON.stringify({ type: 'message', session_id, from: 'b', seq: 1, source: { epoch: 'e', seq: 1 }, text: 'hi' }));
    await run.until(/^📥 수신: .*"hi"/);
    await farSide.until(() => farSide.frames.some(({ type, received }) => type === 'ack' && received[session_id] === 1));
  });

  it('showsWhatComesWhateverItIs', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide);
    const odd = '{"type":"peer-created","success":false,"error":{"code":"__proto__","message":{"toString":1}}}';
    farSide.last.send(Buffer.from([0, 255, 254]));
    for (const text of ['no JSON', 'null', '[]', '""', '{"type":"peer-created","success":false}', odd]) farSide.last.send(text);
    farSide.last.send('a\nb\x1b[2J\u2028\u202e방');
    await run.expect('📥 수신: (바이너리 3바이트)', '📥 수신: no JSON', '📥 수신: null', '📥 수신: []', '📥 수신: ""');
    await run.expect(/수신: .*success":false}$/, /^⛔ .*\[\?: \?\]/, /수신: .*__proto__/, /^⛔ .*\[__proto__: \?\] 서버 메시지/);
    await run.expect('📥 수신: a\\x0ab\\x1b[2J\\u2028\\u202e방');
    run.press('q');
    assert.equal(await run.exit, 0);
    assert.equal(run.stderr, '');
  });

  it('explainsWhatTheServerRefuses', LIMIT, async (t) => {
    const codes = [
      'bad-json', 'bad-frame', 'unknown-type', 'bad-id', 'unknown-session', 'busy', 'session-in-use', 'room-full', 'server-full',
      'rate-limited', 'quota-exceeded', 'not-allowed', 'unauthorized', 'a-new-code',
    ];
    for (const [lang, letters] of /** @type {[string, RegExp][]} */ ([['ko', /[가-힣]/], ['en', /^[^가-힣]*$/]])) {
      const farSide = new FarSide();
      const run = await joined(t, farSide, '--lang', lang);
      const advices = new Set();
      for (const code of codes) {
        const error = { code, message: `about ${code}` };
        farSide.last.send(JSON.stringify({ type: 'peer-created', session_id: 's', success: false, error }));
        farSide.last.send(JSON.stringify({ type: 'error', ...error }));
        for (const sign of ['⛔', '⚠️']) {
          const [, advice = ''] = (await run.until(sign)).split(`[${code}: about ${code}] `);
          assert.match(advice, letters);
          advices.add(advice);
        }
      }
      assert.equal(advices.size, codes.length - 2, 'one advice per code; bad-json, bad-frame and unknown-type share theirs');
    }
  });
});

describe('a key', TOGETHER, () => {
  it('sSaysWhyThereIsNoStatus', LIMIT, async (t) => {
    const nobody = new Run(t, [`ws://127.0.0.1:${await unusedPort()}/rtc`, '--delays', '60000']);
    await nobody.until('🔄');
    nobody.press('s');
    await nobody.expect(/^⚠️ 서버 상태를 확인할 수 없음: .*ECONNREFUSED.* - 서버가 실행 중인지 확인하세요$/);

    /** @type {[http.RequestListener, RegExp][]} */
    const answers = [
      [(_, response) => response.writeHead(503).end(), /확인할 수 없음: HTTP 503 - /],
      [(_, response) => response.end('<html>'), /확인할 수 없음: .*JSON/],
      [(_, response) => response.destroy(), /확인할 수 없음: \S/],
      [() => {}, /확인할 수 없음: .*timeout.* - 서버와 네트워크가 정상인지 확인하세요$/],
    ];
    await Promise.all(answers.map(async ([status, wanted]) => {
      const run = await joined(t, new FarSide(undefined, { status }));
      run.press('s');
      await run.expect(wanted);
    }));
  });

  it('qLeavesWith1000', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide);
    run.press('q');
    await run.expect('👋 종료합니다', '❌ WebSocket 연결 종료 (코드: 1000, 이유: )');
    assert.equal(await run.exit, 0);
    await farSide.until(() => farSide.closes.length);
    assert.equal(farSide.closes[0]?.code, 1000);
  });

  it('qWaitsForADeafServerOnlySoLong', LIMIT, async (t) => {
    const run = new Run(t, [await deafServer(t)]);
    await run.until('✅');
    run.press('q');
    await run.until('❌ WebSocket 연결 종료 (코드: 1006');
    assert.equal(await run.exit, 0);
  });

  it('qActsAlsoDuringADelayAndDuringAnAttempt', LIMIT, async (t) => {
    const waiting = new Run(t, [`ws://127.0.0.1:${await unusedPort()}/rtc`, '--delays', '60000']);
    await waiting.until('🔄');
    waiting.press('q');
    assert.equal(await waiting.exit, 0);

    const connecting = new Run(t, [await muteServer(t)]);
    await connecting.until('WebSocket 연결 시도');
    connecting.press('q');
    assert.equal(await connecting.exit, 0);
    assert.doesNotMatch(`${connecting}`, /⚠️|🔄/);
  });

  it('rReplacesTheConnectionAndKeepsTheSession', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide);
    run.press('r');
    await run.expect(
      '🔄 수동 재연결',
      '❌ WebSocket 연결 종료 (코드: 3000, 이유: manual reconnect)',
      `WebSocket 연결 시도: ${farSide.url}`,
      '✅ WebSocket 연결 성공',
      /welcome/,
      /^📤 전송: {"type":"resume",/,
    );
    await resumed(run);
    assert.equal(farSide.frames[1].sessions[0].resume_key, farSide.frames[0].resume_key);
    assert.deepEqual([farSide.frames[0].attempt, farSide.frames[1].attempt], [1, 2]);
    await farSide.until(() => farSide.closes.length);
    assert.deepEqual(farSide.closes, [{ code: 3000, reason: 'manual reconnect' }]);
  });

  it('rDoesNotWaitForADeafServer', LIMIT, async (t) => {
    const run = new Run(t, [await deafServer(t)]);
    await run.until('✅');
    run.press('r');
    await run.expect('🔄 수동 재연결', '❌ WebSocket 연결 종료 (코드: 3000, 이유: manual reconnect)', /^WebSocket 연결 시도/, '✅ WebSocket 연결 성공');
  });

  it('rEndsADelayAndStartsTheCountAnew', LIMIT, async (t) => {
    const port = await unusedPort();
    const run = new Run(t, [`ws://127.0.0.1:${port}/rtc`, '--delays', '1,60000']);
    await run.until('🔄 재연결 시도 2/2 - 60000ms 후 시도');
    run.press('r');
    await run.expect('🔄 수동 재연결', /^WebSocket 연결 시도/, /^⚠️/, /^❌/, '🔄 재연결 시도 1/2 - 1ms 후 시도');
    await run.until('🔄 재연결 시도 2/2 - 60000ms 후 시도');
    const farSide = await new FarSide().start(t, port);
    run.press('r');
    await run.until(/create-peer/);
    assert.equal(farSide.sockets.length, 1);
  });

  it('rReplacesAnAttemptThatHangs', LIMIT, async (t) => {
    const run = new Run(t, [await muteServer(t)]);
    await run.until('WebSocket 연결 시도');
    run.press('r');
    await run.expect('🔄 수동 재연결', '❌ WebSocket 연결 종료 (코드: 1006, 이유: )', /^WebSocket 연결 시도/);
  });

  it('fAndMNeedAConnection', LIMIT, async (t) => {
    const run = new Run(t, [`ws://127.0.0.1:${await unusedPort()}/rtc`, '--delays', '60000']);
    await run.until('🔄');
    run.press('f');
    run.press('m');
    await run.expect('⚠️ 연결되어 있지 않음 - 끊을 연결이 없습니다', '⚠️ 연결되어 있지 않음 - 메시지를 보내지 않았습니다');
  });

  it('fIsALossFromWhichTheSameSessionComesBack', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide, '--session', 'one', '--room', 'two', '--delays', '1');
    for (let loss = 0; loss < 3; loss++) {
      run.press('f');
      await run.until('🔄 재연결 시도 1/1 - 1ms 후 시도'); // not 2: this server starts the count anew at once
      await resumed(run);
    }
    assert.deepEqual(farSide.frames.map(({ type, attempt }) => [type, attempt]), [['create-peer', 1], ['resume', 2], ['resume', 3], ['resume', 4]]);
    const [{ session_id, room_id, resume_key, instance }, ...resumes] = farSide.frames;
    assert.deepEqual([session_id, room_id], ['one', 'two']);
    for (const resume of resumes) {
      assert.equal(resume.instance, instance);
      assert.deepEqual(resume.sessions, [{ session_id, resume_key, epoch: 1, received: 0, sent: 0, acked: 0 }]);
    }
    await farSide.until(() => farSide.closes.length === 3);
    assert.deepEqual(farSide.closes.map(({ code }) => code), [1006, 1006, 1006]);
  });

  it('mSendsAMessageToAllOthers', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide, '--session', 'one');
    run.press('m');
    const sent = JSON.parse((await run.line()).slice('📤 전송: '.length));
    await farSide.until(() => farSide.frames.length === 2);
    assert.deepEqual(farSide.frames[1], sent);
    assert.deepEqual(Object.keys(sent), ['type', 'session_id', 'seq', 'text', 'timestamp']);
    assert.deepEqual([sent.type, sent.session_id, sent.seq, sent.text], ['message', 'one', 1, '테스트 메시지']);
    assert.equal(new Date(sent.timestamp).toISOString(), sent.timestamp);
    await run.until('✅ 서버가 메시지를 받아 보관함 (seq 1)');
  });

  it('sShowsTheStatusOfTheServer', LIMIT, async (t) => {
    const run = await joined(t, new FarSide());
    run.press('s');
    assert.deepEqual(JSON.parse((await run.until('📊 서버 상태: ')).slice('📊 서버 상태: '.length)), STATUS);
  });

  it('isTheFirstCharacterOfALineInEitherKeyboardMode', LIMIT, async (t) => {
    const run = await joined(t, new FarSide());
    for (const line of ['', '   ', '  message', 'M', 'ㅡ', 'x', '😀 y']) run.press(line);
    for (const seq of [1, 2, 3]) await run.until(new RegExp(`"type":"message",.*"seq":${seq},`));
    await run.until(/^❓ 알 수 없는 키: x \(.*q 종료/);
    await run.until(/키: 😀 \(/);
    run.press('ㅂ');
    assert.equal(await run.exit, 0);
  });

  it('mayBeTheLastOfItsInputWhoseEndIsNoQuit', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide, '--delays', '1');
    run.child.stdin.end('m'); // without a line end
    await run.expect(/"type":"message"/);
    farSide.last.terminate();
    await resumed(run);
  });
});

describe('reconnecting', TOGETHER, () => {
  it('hasTheseDelaysByDefault', LIMIT, async (t) => {
    const { run } = await runToEnd(t, '--help');
    assert.match(`${run}`, /--delays .*\[1000,2000,4000,8000,16000\]/);
  });

  for (const [lang, end] of [['ko', '재연결을 포기합니다'], ['en', 'giving up']]) {
    it(`givesUpAfterTheLastAttempt-${lang}`, LIMIT, async (t) => {
      const url = `ws://localhost:${await unusedPort()}/rtc`;
      const { code, run } = await runToEnd(t, url, '--delays', '1,2,4,8,16', '--lang', String(lang));
      assert.equal(code, 1);
      const announced = run.log.filter((line) => line.startsWith('🔄')).map((line) => line.match(/ (\d)\/5 .*?(\d+)ms/)?.slice(1));
      assert.deepEqual(announced, [['1', '1'], ['2', '2'], ['3', '4'], ['4', '8'], ['5', '16']]);
      assert.equal(run.log.length, 6 * 4);
      assert.match(String(run.log[1]), /^⚠️ .*: connect ECONNREFUSED .*[?요]$/);
      assert.match(String(run.log[2]), /^❌ .*1006/);
      assert.match(String(run.log.at(-1)), new RegExp(`^🛑 .*5/5.*${end}`));
    });
  }

  it('saysTheCauseWhereAHostHasTwoAddresses', LIMIT, async (t) => {
    // Node then throws an AggregateError, which has no message.
    const preload = `import dns from 'node:dns';
      import net from 'node:net';
      net.setDefaultAutoSelectFamily(true);
      const addresses = [{ address: '127.0.0.1', family: 4 }, { address: '::1', family: 6 }];
      dns.lookup = (host, options, done) => done(null, addresses);`;
    const run = new Run(t, [`ws://two.invalid:${await unusedPort()}/rtc`, '--delays', '60000'], { preload });
    await run.expect(/^WebSocket 연결 시도/, '⚠️ 연결 오류: ECONNREFUSED - 서버가 실행 중인지 확인하세요', /^❌/, /^🔄/);
    run.press('s');
    await run.expect('⚠️ 서버 상태를 확인할 수 없음: ECONNREFUSED - 서버가 실행 중인지 확인하세요');
  });

  it('survivesAServerThatIsKilledAndComesBack', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide, '--delays', `1${',50'.repeat(200)}`);
    await farSide.until(() => farSide.frames.length);
    await farSide.stop();
    await run.expect('❌ WebSocket 연결 종료 (코드: 1006, 이유: )', '🔄 재연결 시도 1/201 - 1ms 후 시도');
    await run.until(/^⚠️ 연결 오류: .*ECONNREFUSED/);
    const lost = (/** @type {any} */ frame) => (frame.type === 'resume' ? { type: 'resumed', session_id: frame.sessions[0].session_id, outcome: 'gone' } : answerTo(frame));
    const next = await new FarSide(undefined, { answer: lost }).start(t, farSide.port);
    await run.until('⚠️ 세션이 새로 시작됨 (이유: gone)');
    const [resume, { attempt: _, ...create }] = next.frames;
    const { attempt: __, ...first } = farSide.frames[0];
    assert.equal(resume.type, 'resume');
    assert.deepEqual(create, first);
  });

  it('drawsTheLineWhenAPongIsOverdue', LIMIT, async (t) => {
    const run = await joined(t, new FarSide(undefined, { answersPings: false }), '--heartbeat', '20', '--heartbeat-timeout', '40');
    await run.expect(
      '💔 ping을 보낸 뒤 40ms 동안 pong이 없음 - 연결 강제 종료',
      '❌ WebSocket 연결 종료 (코드: 1006, 이유: )',
      '🔄 재연결 시도 1/5 - 1000ms 후 시도',
    );
  });

  it('leavesAConnectionAloneWhosePongsCome', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide, '--heartbeat', '50', '--heartbeat-timeout', '1500');
    await farSide.until(() => farSide.pings.length === 40); // which takes longer than the timeout
    run.press('q');
    assert.equal(await run.exit, 0);
    assert.doesNotMatch(`${run}`, /💔|ping|pong/);
  });

  it('endsAnAttemptThatNeitherOpensNorFails', LIMIT, async (t) => {
    const { code, run } = await runToEnd(t, await muteServer(t), '--connect-timeout', '50', '--delays', '1');
    assert.equal(code, 1);
    const attempt = ['⚠️ 50ms 안에 연결되지 않음 - 이번 시도를 중단합니다', '❌ WebSocket 연결 종료 (코드: 1006, 이유: )'];
    await run.expect(/^WebSocket 연결 시도/, ...attempt, '🔄 재연결 시도 1/1 - 1ms 후 시도', /^WebSocket 연결 시도/, ...attempt, /^🛑/);
  });

  it('leavesAConnectionAloneOnceItIsOpen', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide, '--heartbeat', '50', '--connect-timeout', '1500');
    await farSide.until(() => farSide.pings.length === 40);
    assert.doesNotMatch(`${run}`, /⚠️/);
  });

  it('saysThatHttpAnsweredInsteadOfAnUpgrade', LIMIT, async (t) => {
    const farSide = await new FarSide().start(t);
    const { code, run } = await runToEnd(t, `ws://127.0.0.1:${farSide.port}/wrong`, '--delays', '1');
    assert.equal(code, 1);
    const attempt = [/^WebSocket 연결 시도/, /^⚠️ WebSocket 연결 대신 HTTP 40\d 응답을 받음/, /^❌ .*1006/];
    await run.expect(...attempt, /^🔄/, ...attempt, /^🛑/);
  });

  it('waitsAsLongAsTheServerAsks', LIMIT, async (t) => {
    for (const code of [1012, 1013, 4013]) {
      const farSide = new FarSide();
      const run = await joined(t, farSide, '--delays', '60000');
      farSide.last.close(code, 'retry_after_ms=7');
      const explained = code === 4013 ? [/^⚠️ 허용된 속도를 넘어 서버가 연결을 끊음/] : [];
      await run.expect(`❌ WebSocket 연결 종료 (코드: ${code}, 이유: retry_after_ms=7)`, ...explained, '🔄 재연결 시도 1/1 - 7ms 후 시도');
      await resumed(run);
      farSide.last.close(code, 'the server stops');
      await run.until('🔄 재연결 시도 1/1 - 60000ms 후 시도');
    }
  });

  it('comesBackAfterEveryOtherCode', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide, '--delays', '1');
    for (const code of [1001, 1009, 1011, 1012, 1013, 4001, 4008, 4012]) {
      farSide.last.close(code, 'why');
      const delay = code === 4001 || code === 4008 ? 0 : 1;
      await run.expect(`❌ WebSocket 연결 종료 (코드: ${code}, 이유: why)`, `🔄 재연결 시도 1/1 - ${delay}ms 후 시도`);
      await resumed(run);
    }
    farSide.last.close();
    await run.expect('❌ WebSocket 연결 종료 (코드: 1005, 이유: )', '🔄 재연결 시도 1/1 - 1ms 후 시도');
  });

  for (const code of [1000, 4000, 4003, 4010]) {
    it(`doesNotComeBackAfter-${code}`, LIMIT, async (t) => {
      const farSide = new FarSide((socket) => socket.close(code, 'why'));
      await farSide.start(t);
      const { code: exit, run } = await runToEnd(t, farSide.url, '--delays', '1');
      assert.equal(exit, 1);
      assert.equal(farSide.sockets.length, 1);
      assert.match(String(run.log.at(-2)), new RegExp(`^❌ .*${code}`));
      assert.match(String(run.log.at(-1)), /^🛑 재연결하지 않습니다 - \S.*\. 프로그램을 종료합니다\(종료 코드 1\)\.$/);
    });
  }
});

describe('a session', TOGETHER, () => {
  it('keepsAMessageWhileThereIsNoConnection', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide, '--delays', '60000');
    run.press('f');
    await run.until('🔄');
    run.press('m');
    await run.expect('📦 연결되어 있지 않음 - 메시지를 보관하고 다시 연결되면 보냅니다');
    run.press('r');
    await run.until('✅ 세션 재개 - 밀린 메시지 0개 수신, 1개 다시 전송');
    await run.until('✅ 서버가 메시지를 받아 보관함 (seq 1)');
  });

  it('countsWhatCameMeanwhile', LIMIT, async (t) => {
    /** @param {any} frame */
    const answer = (frame) => (frame.type === 'resume' ? { ...answerTo(frame), last: 2 } : answerTo(frame));
    const run = await joined(t, new FarSide(undefined, { answer }), '--delays', '1', '--lang', 'en');
    run.press('f');
    await run.until('✅ Session resumed - 2 replayed, 0 sent again');
  });

  it('namesAMessageThatIsLost', LIMIT, async (t) => {
    /** @param {any} frame */
    const answer = (frame) => {
      if (frame.type === 'message') return undefined;
      const { sessions: [{ session_id }] = [{}] } = frame;
      return frame.type === 'resume' ? { type: 'resumed', session_id, outcome: 'reset', reason: 'overflow', epoch: 2, peers: [] } : answerTo(frame);
    };
    const run = await joined(t, new FarSide(undefined, { answer }), '--delays', '1');
    run.press('m');
    await run.until(/"type":"message"/);
    run.press('f');
    await run.until('⚠️ 세션이 새로 시작됨 (이유: overflow)');
    await run.until('⛔ 메시지 유실 (session-reset)');
  });

  it('namesWhatWasAcknowledgedAndIsLost', LIMIT, async (t) => {
    /** @param {any} frame */
    const answer = (frame) => {
      if (frame.type !== 'resume') return answerTo(frame);
      const { session_id, acked } = frame.sessions[0];
      return { type: 'resumed', session_id, outcome: 'reset', reason: 'store-went-back', received: acked - 1, epoch: 2, peers: [] };
    };
    const run = await joined(t, new FarSide(undefined, { answer }), '--delays', '1');
    run.press('m');
    await run.until('✅ 서버가 메시지를 받아 보관함 (seq 1)');
    run.press('f');
    await run.until(/"outcome":"reset"/);
    await run.expect(/^⚠️ 세션이 새로 시작됨 \(이유: store-went-back\)/, /^⛔ 서버가 받았다고 확인한 메시지가 유실됨 \(seq 1~1\)/);
  });

  it('isNotFoughtForWhenAnotherInstanceHasIt', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide, '--session', 'one');
    farSide.last.send('{"type":"taken-over","session_id":"one"}');
    farSide.last.close(4010);
    await run.until('⚠️ 다른 인스턴스가 이 세션을 넘겨받음');
    await run.until('🛑 재연결하지 않습니다 - 다른 인스턴스가');
    assert.equal(await run.exit, 1);
    assert.equal(farSide.sockets.length, 1);
  });

  it('keepsItsKeyOutOfTheLog', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide, '--delays', '1');
    run.press('f');
    await resumed(run);
    const { resume_key } = farSide.frames[0];
    assert.match(resume_key, /^[\w-]{43}$/);
    assert.ok(!`${run}`.includes(resume_key));
    assert.doesNotMatch(`${run}`, /resume_key/);
  });
});

describe('a token', TOGETHER, () => {
  /** @param {FarSide} farSide */
  const shownAt = ({ frames }) => frames.filter(({ type }) => type === 'auth' || type === 'create-peer' || type === 'resume').map(({ type, token }) => token ?? type);

  for (const [name, options, isPlain] of /** @type {[string, string[], boolean][]} */ ([['resumable', [], false], ['plain', ['--plain'], true]])) {
    it(`isReadAnewForEachConnectionAndNeverPrinted-${name}`, LIMIT, async (t) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'test-client-'));
      t.after(() => rm(folder, { recursive: true }));
      const file = path.join(folder, 'token.txt');
      await writeFile(file, 'secret-1\n');
      const farSide = new FarSide(undefined, { isPlain, asksForTokens: true });
      const run = await joined(t, farSide, '--delays', '1', '--token-file', file, ...options);
      await writeFile(file, 'secret-2\n');
      run.press('f');
      await run.until('📤 전송: {"type":"auth"}');
      await run.until(isPlain ? /peer-created/ : /"resumed"/);
      assert.deepEqual(shownAt(farSide), ['secret-1', 'create-peer', 'secret-2', isPlain ? 'create-peer' : 'resume']);
      farSide.last.send('{"type":"token-expiring","expires_in_ms":30000}');
      await farSide.until(() => shownAt(farSide).length === 5);
      assert.equal(shownAt(farSide)[4], 'secret-2');
      assert.ok(!`${run}`.includes('secret'), `${run}`);
    });
  }

  for (const [name, options, env] of /** @type {[string, string[], NodeJS.ProcessEnv][]} */ ([
    ['option', ['--token', 'secret'], { TOKENLY_TOKEN: 'other' }], ['environment', [], { TOKENLY_TOKEN: 'secret' }],
  ])) {
    it(`mayBeFixedThenItsExpiryIsNamed-${name}`, LIMIT, async (t) => {
      const farSide = await new FarSide(undefined, { asksForTokens: true }).start(t);
      const run = new Run(t, [farSide.url, ...options], { env });
      await run.until(/peer-created/);
      assert.deepEqual(shownAt(farSide), ['secret', 'create-peer']);
      farSide.last.send('{"type":"token-expiring","expires_in_ms":30000}');
      await run.until(/^⚠️ 토큰이 만료되는데 .*--token-file/);
      assert.ok(!`${run}`.includes('secret'), `${run}`);
    });
  }

  it('isAskedForWhereTheServerNeedsOne', LIMIT, async (t) => {
    const farSide = await new FarSide(undefined, { asksForTokens: true }).start(t);
    const { code, run } = await runToEnd(t, farSide.url, '--lang', 'en');
    assert.equal(code, 1);
    await run.until('🛑 Not reconnecting - The server asks for a token. Give one with --token or --token-file.');
    assert.deepEqual(farSide.frames, []);
  });

  it('isTriedAgainWhereItsFileCannotBeRead', LIMIT, async (t) => {
    const farSide = await new FarSide().start(t);
    const { code, run } = await runToEnd(t, farSide.url, '--delays', '1', '--token-file', '/no/secret');
    assert.equal(code, 1);
    await run.until('⚠️ 토큰을 읽을 수 없음: ENOENT - --token-file로 지정한 파일을 확인하세요');
    await run.until('🔄 재연결 시도 1/1');
    await run.until('⚠️ 토큰을 읽을 수 없음');
    await run.until('🛑');
    assert.ok(!`${run}`.includes('secret'), `${run}`);
  });
});

describe('a plain server', TOGETHER, () => {
  it('isNoServerForAResumableClient', LIMIT, async (t) => {
    const farSide = await new FarSide(undefined, { isPlain: true }).start(t);
    const { code, run } = await runToEnd(t, farSide.url, '--lang', 'en');
    assert.equal(code, 1);
    await run.until('🛑 Not reconnecting - The server does not speak tokenly.v1. Connect with --plain.');
  });

  it('isSpokenToInItsWay', LIMIT, async (t) => {
    const farSide = new FarSide(undefined, { isPlain: true });
    await farSide.start(t);
    const run = new Run(t, [farSide.url, '--plain', '--session', 'one', '--room', 'two', '--delays', '1']);
    const create = { type: 'create-peer', session_id: 'one', room_id: 'two' };
    for (let connection = 1; connection <= 2; connection++) {
      await run.expect(/^WebSocket 연결 시도/, '✅ WebSocket 연결 성공', `📤 전송: ${JSON.stringify(create)}`, /^📥 수신: {"type":"peer-created"/);
      run.press('m');
      await run.expect(/^📤 전송: {"type":"message","session_id":"one","text":"테스트 메시지","timestamp":".*"}$/);
      run.press('f');
      await run.expect(/^💥/, /^❌ .*1006/, '🔄 재연결 시도 1/1 - 1ms 후 시도');
    }
    await farSide.until(() => farSide.frames.length >= 4);
    assert.deepEqual(farSide.frames.map(({ type }) => type).slice(0, 4), ['create-peer', 'message', 'create-peer', 'message']);
    assert.deepEqual(farSide.frames[2], create);
  });

  it('getsNoMessageWhileThereIsNoConnection', LIMIT, async (t) => {
    const farSide = new FarSide(undefined, { isPlain: true });
    const run = await joined(t, farSide, '--plain', '--delays', '60000');
    run.press('f');
    await run.until('🔄');
    run.press('m');
    await run.expect('⚠️ 연결되어 있지 않음 - 메시지를 보내지 않았습니다');
  });
});

describe('the process', TOGETHER, () => {
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGTERM', 'SIGINT'])) {
    it(`leavesAt-${signal}`, LIMIT, async (t) => {
      const farSide = new FarSide();
      const run = await joined(t, farSide);
      run.child.kill(signal);
      assert.equal(await run.exit, 0);
      await farSide.until(() => farSide.closes.length);
      assert.equal(farSide.closes[0]?.code, 1000);
    });
  }

  it('leavesWhenNobodyReadsItsOutput', LIMIT, async (t) => {
    const farSide = new FarSide();
    const run = await joined(t, farSide);
    run.child.stdout.destroy();
    run.press('m');
    assert.equal(await run.exit, 0);
  });

  it('helpsInBothLanguages', LIMIT, async (t) => {
    for (const [lang, words] of /** @type {[string, RegExp[]][]} */ ([
      ['ko', [/사용법:/, /q {1,2}종료/, /옵션/, /종료 코드: 0 .*1 .*2 /, /예: node test_client\.js/]],
      ['en', [/Usage:/, /q {1,2}quit/, /Options/, /Exit codes: 0 .*1 .*2 /, /Example: node test_client\.js/, /^[^가-힣]*$/]],
    ])) {
      const { code, run } = await runToEnd(t, '--help', '--lang', lang);
      assert.equal(code, 0);
      for (const word of words) assert.match(`${run}`, word);
      for (const option of ['lang', 'session', 'room', 'delays', 'heartbeat', 'heartbeat-timeout', 'connect-timeout', 'token', 'token-file', 'plain', 'help']) {
        assert.match(`${run}`, new RegExp(`^  --${option}( \\S+)? {2,}[^\\s[]`, 'm'));
      }
      assert.doesNotMatch(`${run}`, /[{}]|undefined/);
    }
  });

  it('refusesAWrongUseInOneLine', LIMIT, async (t) => {
    /** @type {[string[], string[]][]} the arguments, and what the line names */
    const wrong = [
      [['--bogus'], [': --bogus ', '--help']],
      [['-x'], [': -x ', '--help']],
      [['--delays'], ['--delays 1000,2000']],
      [['--session', '--room'], ['--session my-session']],
      [['--token'], ['--token "$(cat']],
      [['--token', 'x', '--token-file', 'y'], ['--token', '--token-file']],
      [['http://localhost/rtc'], [': http://localhost/rtc ', 'wss://']],
      [['nonsense'], [': nonsense ', 'ws://localhost:3003/rtc']],
      [['ws://a/#b'], [': ws://a/#b ']],
      [['ws://a', 'ws://b'], [': ws://a ws://b ']],
      [['--heartbeat', '0'], ['--heartbeat', ': 0 ', '2147483647']],
      [['--heartbeat-timeout', '-5'], ['--heartbeat-timeout 5000', ': -5 ']],
      [['--connect-timeout', '2147483648'], ['--connect-timeout 10000', ': 2147483648 ']],
      [['--delays', '1,,2'], ['--delays 1000,2000', ':  (']],
      [['--delays', '1.5'], ['--delays', ': 1.5 ']],
      [['--lang', 'fr'], [': fr ', 'ko', 'en']],
    ];
    await Promise.all(wrong.map(async ([args, names], index) => {
      const [lang, letters] = index % 2 === 0 ? ['en', /^[^가-힣]*$/] : ['ko', /[가-힣]/];
      const { code, run } = await runToEnd(t, '--lang', String(lang), ...args);
      assert.equal(code, 2, `${args}`);
      for (const name of names) assert.ok(run.stderr.includes(name), run.stderr);
      assert.match(run.stderr, /^[^\n]+\n$/);
      assert.match(run.stderr, /** @type {RegExp} */ (letters));
      assert.doesNotMatch(run.stderr, /[{}]|undefined/);
      assert.deepEqual([...run.head, ...run.log], []);
    }));
  });

  it('saysWhatToDoWithoutWs', LIMIT, async (t) => {
    const bare = await mkdtemp(path.join(tmpdir(), 'test-client-'));
    t.after(() => rm(bare, { recursive: true }));
    const copy = path.join(bare, 'test_client.mjs');
    await copyFile(CLIENT, copy);
    for (const part of ['src/main/webapp/common', 'src/main/webapp/lab', 'src/main/webapp/lib']) {
      await cp(path.join(path.dirname(CLIENT), part), path.join(bare, part), { recursive: true });
    }
    for (const [lang, wanted] of [['ko', '먼저 npm install을 실행하세요'], ['en', 'run npm install first']]) {
      const run = new Run(t, ['--lang', String(lang)], { file: copy });
      assert.equal(await run.exit, 2);
      assert.ok(run.stderr.includes(String(wanted)), run.stderr);
      assert.match(run.stderr, /^[^\n]+\n$/);
    }
  });
});
