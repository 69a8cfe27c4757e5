/**
 * The front page, the reconnect lab, and the library in pages of an application, in a real Chromium and against a real server: TOKENLY_JETTY_HOME and TOKENLY_JETTY_BASE say where it is.
 * It leaves pictures of the page in target/screenshots.
 */
import assert from 'node:assert/strict';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { AXE, isSkipped, launch, PICTURES, tellSkipped } from './browser.js';
import { FaultProxy } from './proxy.js';
import { Server } from './server.js';
import { Site } from './site/site.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('node:test').TestContext} TestContext */

/** The server's own first delay, and the page's in the pictures: the time lines of both then agree. */
const FIRST_DELAY = 300;
const BUTTONS = ['connect', 'disconnect', 'reconnect', 'fail', 'send', 'server-status'];
const WIDTHS = [360, 1440];
/** @type {('light' | 'dark')[]} */
const SCHEMES = ['light', 'dark'];
/** For what should be there at once, on a busy machine. */
const PATIENCE_MILLIS = 30_000;

tellSkipped('The tests of the pages');

/** @type {Server} */
let server;
/** @type {Site} */
let site;
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  if (isSkipped) return;
  browser = await launch();
  server = await Server.start('page', { TOKENLY_RECONNECT_INITIAL_DELAY_MS: String(FIRST_DELAY) });
  site = await Site.start(server.origin);
});

after(async () => {
  await browser?.close();
  site?.stop();
  await server?.stop();
});

/** @param {string} name @param {(t: TestContext) => Promise<void>} act @param {number} [timeout] in ms */
const pageTest = (name, act, timeout = 180_000) => test(name, { skip: isSkipped, timeout }, act);

/** @typedef {{ origin?: string, locale?: string, width?: number, isHeld?: boolean, settings?: Record<string, string | number> } & import('playwright-core').BrowserContextOptions} Options */

/** A page in a browser of its own, that leaves the server when the test is over; its clock can be held if that is said. @param {TestContext} t @param {Options} [options] */
async function open(t, { origin = server.origin, locale = 'ko-KR', width = 1440, isHeld = false, settings = {}, ...others } = {}) {
  const context = await browser.newContext({ locale, viewport: { width, height: 900 }, ...others });
  context.setDefaultTimeout(PATIENCE_MILLIS);
  const page = await context.newPage();
  t.after(async () => {
    for (const each of context.pages()) await each.evaluate(() => document.getElementById('disconnect')?.click());
    await context.close();
  });
  if (isHeld) await page.clock.install();
  await page.goto(`${origin}/lab.html`);
  // A room of its own: the peers of one test are nobody in the next.
  await set(page, { room: t.name.slice(0, 100), ...settings });
  return page;
}

/** The front page in a browser of its own, on a server that answers `/info` so; by itself as one that has no such address. @param {TestContext} t @param {{ info?: unknown, width?: number } & import('playwright-core').BrowserContextOptions} [options] */
async function openStart(t, { info, width = 1440, ...others } = {}) {
  const context = await browser.newContext({ locale: 'ko-KR', viewport: { width, height: 900 }, ...others });
  context.setDefaultTimeout(PATIENCE_MILLIS);
  t.after(() => context.close());
  const page = await context.newPage();
  await page.route('**/info', (route) => route.fulfill(info === undefined ? { status: 404, body: 'nothing' } : { json: info }));
  await page.goto(server.origin);
  await page.locator('#server-state', { hasText: /^[a-z]+$/ }).waitFor();
  return page;
}

/** @param {Page} page @param {Record<string, string | number>} settings */
async function set(page, settings) {
  for (const [name, value] of Object.entries(settings)) {
    await page.fill(`#setting-${name}`, String(value));
    await page.dispatchEvent(`#setting-${name}`, 'change');
  }
}

/** @param {Page} page @param {string} face */
const shows = (page, face) => page.waitForSelector(`#state[data-face="${face}"]`);

/** @param {Page} page @param {string | RegExp} text */
const logs = (page, text) => page.locator('#log p', { hasText: text }).first().waitFor();

/** @param {Page} page the lines without their times */
async function lines(page) {
  const texts = await page.locator('#log p').allTextContents();
  return texts.map((text) => text.replace(/^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\] /, ''));
}

/** @param {Page} page @param {string} name */
const counter = (page, name) => page.locator(`#counters div:has([data-text="${name}"]) dd`).textContent();

/** @param {Page} page */
async function connect(page) {
  await page.click('#connect');
  await shows(page, 'connected');
}

/** @param {Page} page */
const session = (page) => page.inputValue('#setting-session');

/** @param {Page} page @param {string} when */
async function assertAccessible(page, when) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
  const found = violations.map((/** @type {any} */ { id, impact, nodes }) => `${id} (${impact}): ${nodes.map((/** @type {any} */ node) => node.html)}`);
  assert.deepEqual(found, [], when);
}

/** A picture in each width, light and dark, Korean and English, all of one moment. @param {Page} page whose clock can be held @param {string} state */
async function photograph(page, state) {
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 500);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      for (const language of ['ko', 'en']) {
        await page.click(`[data-language="${language}"]`);
        await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
        await page.screenshot({ path: `${PICTURES}${state}-${width}-${colorScheme}-${language}.png`, fullPage: true });
      }
    }
  }
  await page.clock.resume();
}

// The first test, so that the server has no other past than the one in the pictures.
pageTest('axe finds nothing in any state, light or dark; pictures are taken', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  const othersProxy = await FaultProxy.start(server.port);
  t.after(() => othersProxy.stop());
  const lose = () => {
    for (const each of [proxy, othersProxy]) {
      each.mode = 'refuse';
      each.reset();
    }
  };
  const settings = { initialDelay: FIRST_DELAY, room: 'test-room-001' };
  const page = await open(t, { origin: proxy.origin, isHeld: true, settings });
  const inBoth = async (/** @type {string} */ state) => {
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await assertAccessible(page, `${state}, ${colorScheme}`);
    }
  };
  await inBoth('idle');
  const other = await open(t, { origin: othersProxy.origin, settings });
  await connect(other);
  await connect(page);
  await page.click('#timeline-details summary');
  await inBoth('connected');
  await page.click('#timeline-details summary');
  await page.click('#fail');
  await shows(page, 'connected');
  await photograph(page, 'connected');
  lose();
  for (const each of [page, other, page]) await each.click('#send');
  othersProxy.mode = 'pass';
  await logs(other, /\(seq 1\)/); // before the page is back, which then gets it replayed
  proxy.mode = 'pass';
  await logs(page, /✅/);
  await shows(page, 'connected');
  await page.locator('#timeline .mark.back', { hasText: '↓' }).waitFor({ state: 'attached' });
  await photograph(page, 'replayed');
  await inBoth('replayed');
  lose();
  await page.click('#send');
  await page.locator('#timeline .mark.attempt', { hasText: '2.4s' }).waitFor({ state: 'attached' });
  await photograph(page, 'reconnecting');
  await inBoth('reconnecting');
  await shows(page, 'givenUp');
  await photograph(page, 'given-up');
  await inBoth('given up');
  proxy.mode = 'pass';
  await page.click('#reconnect');
  await shows(page, 'connected');
  const copy = await duplicate(page);
  await shows(page, 'takenOver');
  await photograph(page, 'taken-over');
  await inBoth('taken over');
  await copy.close();
  await page.click('#new-session');
  // Its session should not wait at the server while the next tests look there.
  othersProxy.mode = 'pass';
  await Promise.all([page, other].map(async (each) => {
    await each.click('#reconnect');
    await shows(each, 'connected');
  }));
}, 240_000);

pageTest('the time line shows the loss, each attempt with its delay, and the way back', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  const page = await open(t, { origin: proxy.origin, settings: { initialDelay: 800 } });
  await connect(page);
  await page.waitForSelector('#timeline .band.connected');
  proxy.mode = 'refuse';
  proxy.reset();
  await page.locator('#timeline .tick.attempt').nth(1).waitFor({ state: 'attached' });
  proxy.mode = 'pass';
  await page.waitForSelector('#timeline .mark.back', { state: 'attached' });
  await page.click('#timeline-details summary');
  await page.locator('#timeline-rows tr', { hasText: '시도 (0.8s 대기 후)' }).waitFor();
  await page.locator('#timeline-rows tr', { hasText: '시도 (1.6s 대기 후)' }).waitFor();
  await page.locator('#timeline-rows tr', { hasText: '서버가 센 시도' }).first().waitFor();
  for (const word of ['끊김', '복귀', '재연결 중']) await page.locator('#timeline-rows tr', { hasText: word }).first().waitFor();
  assert.match(String(await page.getAttribute('#timeline', 'aria-label')), /최근 60초\. 이 페이지: 연결됨\. 서버: \w+\./);
});

pageTest('connect says so in the words of the guide, disconnect ends the session', async (t) => {
  const page = await open(t);
  assert.equal(await page.textContent('#state-word'), '연결 안 됨');
  await connect(page);
  const id = await session(page);
  assert.match(id, /^test-session-\d{13}$/);
  assert.equal(await page.textContent('#state-word'), '연결됨');
  assert.match(await page.title(), /^연결됨 · /);
  const said = await lines(page);
  const varying = /(?<="type":"welcome",).*(?=\}$)|(?<="epoch":")[^"]+/g;
  assert.deepEqual(said.map((line) => line.replace(varying, '…')), [
    `WebSocket 연결 시도: ${server.origin.replace('http', 'ws')}/rtc`,
    '✅ WebSocket 연결 성공',
    `📥 수신: {"type":"welcome",…}`,
    `📤 전송: ${JSON.stringify({ type: 'create-peer', session_id: id, room_id: t.name.slice(0, 100) })}`,
    `📥 수신: ${JSON.stringify({ type: 'peer-created', session_id: id, success: true, room_id: t.name.slice(0, 100), epoch: '…', peers: [], incarnations: [], away: [] })}`,
  ]);
  const other = await open(t);
  await set(other, { room: t.name.slice(0, 100) });
  await connect(other);
  await page.click('#disconnect');
  await shows(page, 'idle');
  await logs(page, '❌ WebSocket 연결 종료 (코드: 1000, 이유: )');
  assert.deepEqual((await lines(page)).slice(-2), ['👋 연결을 끊습니다', '❌ WebSocket 연결 종료 (코드: 1000, 이유: )']);
  await logs(other, '"type":"peer-left"');
  assert.ok((await lines(other)).some((line) => line.includes('"reason":"left"')));
});

pageTest('a simulated failure is a loss: the room sees the session go away and come back', async (t) => {
  const page = await open(t, { settings: { initialDelay: 700 } });
  const other = await open(t);
  await connect(other);
  await connect(page);
  const id = await session(page);
  await page.click('#fail');
  // One wait for both: a second question could come after the 700 ms.
  await page.locator('#state[data-face="reconnecting"] #state-detail', { hasText: /^0\.\d초 후에 다시 연결합니다 \(시도 1\/5\)$/ }).waitFor();
  await shows(page, 'connected');
  const said = await lines(page);
  const from = said.indexOf('💥 네트워크 실패 시뮬레이션 - 연결 강제 종료');
  assert.deepEqual(said.slice(from, from + 5), [
    '💥 네트워크 실패 시뮬레이션 - 연결 강제 종료',
    '❌ WebSocket 연결 종료 (코드: 1006, 이유: )',
    '🔄 재연결 시도 1/5 - 700ms 후 시도',
    `WebSocket 연결 시도: ${server.origin.replace('http', 'ws')}/rtc`,
    '✅ WebSocket 연결 성공',
  ]);
  for (const type of ['peer-away', 'peer-back']) await logs(other, new RegExp(`"type":"${type}",.*"peer":"${id}"`));
  assert.deepEqual(await Promise.all(['opens', 'losses', 'attempts'].map((name) => counter(page, name))), ['2', '1', '1']);
});

pageTest('reconnect now comes back by hand, with the same session', async (t) => {
  const page = await open(t);
  await connect(page);
  await page.click('#reconnect');
  await logs(page, '❌ WebSocket 연결 종료 (코드: 3000, 이유: manual reconnect)');
  await shows(page, 'connected');
  await logs(page, '✅ 세션 재개 - 밀린 메시지 0개 수신, 0개 다시 전송');
  assert.equal(await page.textContent('#state-detail'), '세션이 이어졌습니다. 밀린 메시지도, 다시 보낼 메시지도 없었습니다.');
  assert.equal((await lines(page)).filter((line) => line.includes('"type":"peer-created"')).length, 1);
});

pageTest('a test message reaches the other tab, which lists its peer', async (t) => {
  const page = await open(t);
  const other = await page.context().newPage();
  await other.goto(`${server.origin}/lab.html`);
  await set(other, { room: t.name });
  assert.notEqual(await session(other), await session(page));
  await connect(page);
  await connect(other);
  await page.locator('#peers code', { hasText: await session(other) }).waitFor();
  assert.equal(await other.textContent('#peer-count'), '1');
  await page.click('#send');
  await logs(other, new RegExp(`📥 수신: .*"from":"${await session(page)}".*"text":"테스트 메시지"`));
  await logs(page, '📤 전송: {"type":"message"');
  await other.click('#disconnect');
  await page.waitForFunction(() => document.getElementById('peer-count')?.textContent === '0');
});

pageTest('server status is logged on demand and shown live', async (t) => {
  const page = await open(t);
  await connect(page);
  await page.click('#server-status');
  await logs(page, /📊 서버 상태: \{"state":"connected","active_sessions":\d+,"reconnect_attempts":\d/);
  await page.waitForFunction(() => document.querySelector('#server-fields dd')?.textContent === 'connected');
  assert.deepEqual(await page.locator('#server-fields dt').allTextContents(), [
    'state', 'active_sessions', 'reconnect_attempts', 'max_attempts', 'next_delay_seconds', 'last_attempt',
  ]);
});

pageTest('a reload comes back to its session', async (t) => {
  const page = await open(t);
  const other = await open(t);
  await connect(other);
  await connect(page);
  const id = await session(page);
  await page.reload();
  await shows(page, 'connected');
  assert.equal(await session(page), id);
  for (const type of ['peer-back', 'peer-restarted']) await logs(other, new RegExp(`"type":"${type}",.*"peer":"${id}"`));
  await logs(page, '⚠️ 세션이 새로 시작됨 (이유: new-instance) - 확인되지 않은 메시지는 유실됩니다');
  await page.locator('#state-detail', { hasText: '세션으로 돌아왔습니다. 다만' }).waitFor();
  await page.waitForSelector('#timeline .mark.reset', { state: 'attached' });
  await other.click('#send');
  await logs(page, '"text":"테스트 메시지"');
  await page.click('#disconnect');
  await page.reload();
  await shows(page, 'idle');
});

/** @param {Page} page @returns {Promise<Page>} the same with a storage of the same content, as the browser duplicates a tab */
async function duplicate(page) {
  const [copy] = await Promise.all([page.context().waitForEvent('page'), page.evaluate(() => void window.open(location.href))]);
  return copy;
}

pageTest('a duplicated tab takes the session over; the first says so and stops, also after a reload, and helps itself to a new id', async (t) => {
  const page = await open(t, { settings: { initialDelay: 100 } });
  await connect(page);
  const copy = await duplicate(page);
  await shows(copy, 'connected');
  assert.equal(await session(copy), await session(page));
  await shows(page, 'takenOver');
  assert.equal(await page.textContent('#state-word'), '다른 곳으로 넘어감');
  assert.match(String(await page.textContent('#state-detail')), /^다른 인스턴스가 이 세션을 넘겨받았습니다\. 설정에서 ‘새 ID’를/);
  for (const line of ['⚠️ 다른 인스턴스가 이 세션을 넘겨받음', '❌ WebSocket 연결 종료 (코드: 4010', '🛑 재연결하지 않습니다 - ']) await logs(page, line);
  await page.reload();
  await shows(page, 'idle');
  assert.equal(await copy.getAttribute('#state', 'data-face'), 'connected', 'it was not fought over');
  await page.click('#new-session');
  await page.click('#connect');
  await shows(page, 'connected');
  assert.notEqual(await session(copy), await session(page));
});

pageTest('what is sent while disconnected is kept, shown, and sent after the reconnect', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  const page = await open(t, { origin: proxy.origin, settings: { initialDelay: 150, maxAttempts: 20 } });
  const other = await open(t);
  await Promise.all([connect(page), connect(other)]);
  proxy.mode = 'refuse';
  proxy.reset();
  await shows(page, 'reconnecting');
  for (let i = 0; i < 3; i++) await page.click('#send');
  await logs(page, '📦 연결되어 있지 않음 - 메시지를 보관하고 다시 연결되면 보냅니다');
  await page.locator('#state-detail', { hasText: / · 보관한 메시지: 3개$/ }).waitFor();
  proxy.mode = 'pass';
  await shows(page, 'connected');
  await logs(page, '✅ 세션 재개 - 밀린 메시지 0개 수신, 3개 다시 전송');
  await logs(page, '✅ 서버가 메시지를 받아 보관함 (seq 3)');
  await page.locator('#timeline .mark.back', { hasText: /^↑3$/ }).waitFor({ state: 'attached' });
  const names = ['messagesSent', 'messagesAcked', 'messagesResent', 'messagesLost'];
  assert.deepEqual(await Promise.all(names.map((name) => counter(page, name))), ['3', '3', '3', '0']);
  await logs(other, /"from":.*"seq":3/);
  assert.equal(await counter(other, 'messagesHeard'), '3');
});

pageTest('two pages that talk while the network is cut again and again miss nothing, and show what was replayed', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  const settings = { initialDelay: 150, maxAttempts: 20 };
  const [page, other] = [await open(t, { origin: proxy.origin, settings }), await open(t, { settings })];
  await Promise.all([connect(page), connect(other)]);
  const say = (/** @type {Page} */ each, /** @type {number} */ count) => each.evaluate((n) => {
    for (let i = 0; i < n; i++) document.getElementById('send')?.click();
  }, count);
  for (let cut = 0; cut < 4; cut++) {
    await Promise.all([say(page, 5), say(other, 5)]);
    proxy.mode = 'refuse';
    proxy.reset();
    await shows(page, 'reconnecting');
    await Promise.all([say(page, 2), say(other, 2)]);
    proxy.mode = 'pass';
    await shows(page, 'connected');
  }
  for (const each of [page, other]) {
    await each.waitForFunction(() => ['messagesSent', 'messagesAcked', 'messagesHeard'].every((name) => {
      return document.querySelector(`#counters [data-text="${name}"] + dd`)?.textContent === '28';
    }));
    const heard = (await lines(each)).map((line) => /"source":\{"epoch":"[^"]+","seq":(\d+)\}/.exec(line)?.[1]).filter(Boolean);
    assert.deepEqual(heard, Array.from({ length: 28 }, (_, i) => String(i + 1)));
    assert.equal(await counter(each, 'messagesLost'), '0');
  }
  const said = await lines(page);
  const resumed = said.map((line) => /^✅ 세션 재개 - 밀린 메시지 (\d+)개 수신, (\d+)개 다시 전송$/.exec(line)).filter((match) => match !== null);
  assert.equal(resumed.length, 4);
  assert.ok(resumed.every(([, replayed, resent]) => Number(replayed) >= 2 && Number(resent) >= 2), resumed.map(String).join('; '));
  const sum = (/** @type {number} */ k) => String(resumed.reduce((total, match) => total + Number(match[k]), 0));
  assert.deepEqual([await counter(page, 'messagesReplayed'), await counter(page, 'messagesResent')], [sum(1), sum(2)]);
  assert.equal(String(said.filter((line) => line.endsWith('← 밀린 메시지')).length), sum(1));
  await page.locator('#timeline .mark.back', { hasText: /^↓\d+ ↑\d+$/ }).first().waitFor({ state: 'attached' });
});

pageTest('the resume key stands nowhere on the page', async (t) => {
  const page = await open(t, { settings: { initialDelay: 100 } });
  await page.check('#show-pings');
  await connect(page);
  await page.click('#fail');
  await logs(page, '✅ 세션 재개');
  const { keys, html } = await page.evaluate(() => ({
    keys: Object.values(JSON.parse(sessionStorage.getItem('tokenly.sessions') ?? '{}')).flatMap((all) => Object.values(all).map((entry) => entry.resumeKey)),
    html: document.documentElement.outerHTML,
  }));
  assert.equal(keys.length, 1);
  assert.ok(!html.includes(keys[0]) && !html.includes('resume_key'));
});

pageTest('with the server killed it gives up after the last attempt; with the server back, it comes back', async (t) => {
  const [patient, hasty] = await Promise.all([
    open(t, { settings: { initialDelay: 250, maxAttempts: 20 } }),
    open(t, { settings: { initialDelay: 50, maxAttempts: 3 } }),
  ]);
  await Promise.all([connect(patient), connect(hasty)]);
  await server.kill();
  await shows(hasty, 'givenUp');
  await logs(hasty, '🛑 재연결 시도 3/3 실패 - 재연결을 포기합니다.');
  const retries = (await lines(hasty)).filter((line) => line.startsWith('🔄'));
  assert.deepEqual(retries, [50, 100, 200].map((delay, i) => `🔄 재연결 시도 ${i + 1}/3 - ${delay}ms 후 시도`));
  await hasty.click('#server-status');
  await logs(hasty, '⚠️ 서버 상태를 확인할 수 없음: Failed to fetch - 서버가 실행 중인지 확인하세요');
  await hasty.waitForSelector('#timeline .band.unreachable');
  assert.equal(await hasty.textContent('#server-note'), '서버가 응답하지 않습니다. 계속 확인하고 있습니다.');
  await shows(patient, 'reconnecting');
  await server.start();
  await hasty.click('#reconnect');
  await shows(hasty, 'connected');
  await shows(patient, 'connected');
  for (const each of [patient, hasty]) await logs(each, '✅ 세션 재개 - ');
  await hasty.waitForFunction(() => document.getElementById('server-note')?.textContent === '');
});

pageTest('a network that swallows everything is found by the heartbeat', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  const page = await open(t, { origin: proxy.origin, settings: { heartbeat: 200, heartbeatTimeout: 1000, connectTimeout: 1500, initialDelay: 100 } });
  await page.check('#show-pings');
  await connect(page);
  await logs(page, '📥 수신: {"type":"pong"');
  assert.match(String(await counter(page, 'roundTrip')), /^\d+ ms$/);
  proxy.mode = 'blackhole';
  await logs(page, /💔 ping을 보낸 뒤 \d{4,}ms 동안 pong이 없음 - 연결 강제 종료/);
  await logs(page, '⚠️ 1500ms 안에 연결되지 않음 - 이번 시도를 중단합니다');
  proxy.mode = 'pass';
  await shows(page, 'connected');
});

pageTest('what wakes the page makes it look whether its connection is alive', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  for (const [target, event] of /** @type {const} */ ([['window', 'online'], ['document', 'visibilitychange'], ['window', 'pageshow']])) {
    // Alone in its room: whoever else came back there would make it send acks.
    const page = await open(t, { origin: proxy.origin, settings: { room: event } });
    await connect(page);
    const sent = Number(await counter(page, 'sentFrames'));
    await page.evaluate(`${target}.dispatchEvent(new Event('${event}'))`);
    await page.waitForFunction((n) => Number(document.querySelector('#counters [data-text="sentFrames"] + dd')?.textContent) > n, sent);
    if (event === 'online') {
      proxy.mode = 'blackhole';
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await logs(page, /💔 ping을 보낸 뒤 \d{4,}ms 동안 pong이 없음 - 연결 강제 종료/);
      proxy.mode = 'pass';
    }
  }
});

pageTest('a connection that is reset comes back', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  const page = await open(t, { origin: proxy.origin, settings: { initialDelay: 50 } });
  await connect(page);
  proxy.reset();
  await logs(page, '🔄 재연결 시도 1/5 - 50ms 후 시도');
  await shows(page, 'connected');
});

pageTest('the status of another server is shown, and said to be unreachable where the browser may not read it', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  const page = await open(t, { settings: { url: `${proxy.origin.replace('http', 'ws')}/rtc` } });
  await connect(page);
  await page.waitForFunction(() => document.querySelector('#server-fields dd')?.textContent === 'connected');
  await page.route(`${proxy.origin}/status`, (route) => route.abort()); // so it looks where tokenly.cors.origins is none
  await page.locator('#server-note', { hasText: '다른 서버라서 이 페이지에서는 읽을 수 없습니다.' }).waitFor();
  await page.click('#server-status');
  await logs(page, '다른 주소의 서버라서 브라우저가 읽지 못하게 했을 수 있습니다');
});

pageTest('the page speaks the browser\'s language until another is chosen, also about the past', async (t) => {
  const page = await open(t, { locale: 'en-GB' });
  await connect(page);
  assert.equal(await page.textContent('#state-word'), 'Connected');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await logs(page, '✅ WebSocket connected');
  await page.click('[data-language="ko"]');
  assert.equal(await page.textContent('#state-word'), '연결됨');
  assert.equal((await lines(page))[1], '✅ WebSocket 연결 성공');
  await page.reload();
  assert.equal(await page.textContent('#connect'), '연결');
  for (const language of ['ko', 'en']) {
    await page.click(`[data-language="${language}"]`);
    const words = await page.locator('[data-text], [data-label]').evaluateAll((all) => all.map((e) => e.getAttribute('aria-label') ?? e.textContent));
    assert.ok(words.every((word) => word && !word.includes('undefined')), `${words}`);
    assert.equal(/[가-힣]/.test(String(await page.textContent('main'))), language === 'ko');
  }
});

pageTest('settings are checked as they are typed, and a reload keeps the good ones', async (t) => {
  const page = await open(t, { locale: 'en-US', settings: { room: 'den', maxAttempts: 3, initialDelay: 500 } });
  assert.equal(await page.textContent('#hint-initialDelay'), 'Delays: 0.5, 1, 2 s');
  await set(page, { url: 'http://localhost', maxAttempts: 0, session: '__proto__' });
  assert.equal(await page.textContent('#hint-url'), 'Enter an address that starts with ws:// or wss://.');
  assert.equal(await page.textContent('#hint-maxAttempts'), 'whole number, 1 to 20');
  assert.equal(await page.getAttribute('#setting-session', 'aria-invalid'), 'true');
  await set(page, { heartbeat: 2000 });
  assert.equal(await page.inputValue('#setting-url'), 'http://localhost', 'what is being typed stays');
  await page.reload();
  assert.equal(await page.inputValue('#setting-room'), 'den');
  assert.equal(await page.inputValue('#setting-maxAttempts'), '3');
  assert.equal(await page.inputValue('#setting-heartbeat'), '2000');
  assert.equal(await page.inputValue('#setting-url'), `${server.origin.replace('http', 'ws')}/rtc`);
  const id = await session(page);
  await page.click('#defaults');
  assert.equal(await page.inputValue('#setting-maxAttempts'), '5');
  assert.equal(await session(page), id);
  assert.equal(await page.textContent('#room-name'), 'test-room-001');
});

pageTest('the log is bounded, can be copied and cleared, and stays where it is read', async (t) => {
  const page = await open(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.evaluate(() => {
    for (let i = 0; i < 510; i++) document.getElementById('send')?.click();
  });
  assert.equal(await page.locator('#log p').count(), 500);
  assert.ok(await page.$eval('#log', (log) => log.scrollHeight - log.scrollTop - log.clientHeight < 2), 'it follows its end');
  await page.$eval('#log', (log) => { log.scrollTop = 0; });
  await page.focus('#fail');
  await page.keyboard.press('Enter');
  assert.equal(await page.$eval('#log', (log) => log.scrollTop), 0);
  await page.click('#copy');
  await page.locator('#log-note', { hasText: '로그를 복사했습니다.' }).waitFor();
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).trimEnd().split('\n');
  assert.equal(copied.length, 500);
  assert.match(String(copied.at(-1)), /^\[\d{4}-.*Z\] ⚠️ 연결되어 있지 않음 - 끊을 연결이 없습니다$/);
  await page.click('#clear');
  assert.equal(await page.locator('#log p').count(), 0);
});

pageTest('everything can be done with the keyboard, and the focus is seen and never lost', async (t) => {
  const page = await open(t);
  await page.click('h1');
  const reached = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return { name: element.id || element.textContent, isSeen: outlineStyle === 'solid' && outlineWidth === '3px' };
    });
    if (!focused) break;
    assert.ok(focused.isSeen, `${focused.name} shows no focus`);
    reached.push(focused.name);
  }
  const fields = ['url', 'session', 'room', 'maxAttempts', 'initialDelay', 'heartbeat', 'heartbeatTimeout', 'connectTimeout'];
  assert.deepEqual(reached.filter((name) => BUTTONS.includes(String(name))), BUTTONS);
  for (const name of ['log', 'show-pings', 'copy', 'clear', 'defaults', 'token', ...fields.map((field) => `setting-${field}`)]) assert.ok(reached.includes(name), name);

  await page.focus('#connect');
  await page.keyboard.press('Enter');
  await shows(page, 'connected');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'connect');
  assert.equal(await page.getAttribute('#connect', 'aria-disabled'), 'true');
  await page.focus('#disconnect');
  await page.keyboard.press('Space');
  await shows(page, 'idle');
});

pageTest('the keys of the test client press the buttons of the lab, and are text in a field', async (t) => {
  const page = await open(t, { settings: { initialDelay: 100 } });
  for (const [key, id] of Object.entries({ m: 'send', f: 'fail', r: 'reconnect', s: 'server-status' })) {
    assert.equal(await page.getAttribute(`#${id}`, 'aria-keyshortcuts'), key);
    assert.equal(await page.textContent(`#${id} kbd`), key);
  }
  await connect(page);
  await page.click('#timeline-heading');
  await page.keyboard.press('m');
  await logs(page, '"text":"테스트 메시지"');
  await page.keyboard.press('s');
  await logs(page, '📊 서버 상태: ');
  await page.keyboard.press('f');
  await logs(page, '💥 네트워크 실패 시뮬레이션');
  await logs(page, '✅ 세션 재개');
  await shows(page, 'connected');
  await page.focus('#show-pings'); // a box is no place to type
  await page.keyboard.press('r');
  await logs(page, '이유: manual reconnect');
  await shows(page, 'connected');

  const quiet = await lines(page);
  for (const id of ['setting-room', 'token']) {
    await page.fill(`#${id}`, '');
    await page.focus(`#${id}`);
    await page.keyboard.type('mfrs');
    assert.equal(await page.inputValue(`#${id}`), 'mfrs');
  }
  await page.click('#timeline-heading');
  for (const modifier of ['Alt', 'Shift']) await page.keyboard.press(`${modifier}+m`);
  await page.keyboard.press('x');
  assert.deepEqual((await lines(page)).filter((line) => /전송|시뮬레이션|manual|서버 상태/.test(line)), quiet.filter((line) => /전송|시뮬레이션|manual|서버 상태/.test(line)));
});

pageTest('messages lost is the first counter', async (t) => {
  const page = await open(t);
  assert.equal(await page.locator('#counters dt').first().getAttribute('data-text'), 'messagesLost');
  assert.equal(await page.locator('#counters dt').count(), 12);
});

for (const locale of ['ko-KR', 'en-US']) {
  pageTest(`the time line and the newest lines of the log are seen without scrolling in ${locale}`, async (t) => {
    const page = await open(t, { locale });
    await connect(page);
    await page.click('#fail');
    await shows(page, 'connected');
    for (let i = 0; i < 20; i++) await page.click('#server-status');
    await page.waitForFunction(() => document.querySelectorAll('#log p').length > 20);
    const bottom = async (/** @type {string} */ selector) => {
      const { y, height } = /** @type {{ y: number, height: number }} */ (await page.locator(selector).boundingBox());
      return y + height;
    };
    await page.evaluate(() => scrollTo(0, 0));
    for (const selector of ['.timeline-card', '#log-heading', '#log']) assert.ok((await bottom(selector)) <= 900, `${selector} ends at ${await bottom(selector)}`);
    const { height } = /** @type {{ height: number }} */ (await page.locator('#log').boundingBox());
    assert.ok(height >= 8 * 20, `the log is ${height} px high`);
    assert.ok((await bottom('#log p:last-child')) <= 900);
  });
}

/** @param {Page} page where everything is */
const boxes = (page) => page.$$eval('.card, h2, button, input, #timeline, #counters > div, #log, #peers', (all) => all.map((e) => {
  const { x, y, width, height } = e.getBoundingClientRect();
  return `${e.id || e.className || e.tagName} ${[x, y + scrollY, width, height].map(Math.round)}`;
}));

for (const width of WIDTHS) {
  for (const locale of ['ko-KR', 'en-US']) {
    pageTest(`nothing jumps or sticks out at ${width} px in ${locale}`, async (t) => {
      const proxy = await FaultProxy.start(server.port);
      t.after(() => proxy.stop());
      const page = await open(t, { origin: proxy.origin, width, locale, settings: { initialDelay: 1000, maxAttempts: 1 } });
      const first = await boxes(page);
      const isStill = async (/** @type {string} */ when) => assert.deepEqual(await boxes(page), first, when);
      await connect(page);
      await isStill('connected');
      const copy = await page.context().newPage();
      await copy.goto(`${proxy.origin}/lab.html`);
      await set(copy, { session: await session(page), room: t.name, initialDelay: 1000, maxAttempts: 1 });
      await copy.click('#connect');
      await shows(copy, 'outside');
      assert.deepEqual(await boxes(copy), first, 'without a session');
      await copy.close();
      await page.click('#fail');
      await page.click('#send');
      await isStill('with a message that is kept');
      await shows(page, 'connected');
      await isStill('resumed');
      const double = await duplicate(page);
      await shows(page, 'takenOver');
      await isStill('taken over');
      await shows(double, 'connected');
      assert.deepEqual(await boxes(double), first, 'as a new instance');
      await double.close();
      await page.click('#new-session');
      await page.click('#reconnect');
      await shows(page, 'connected');
      proxy.mode = 'refuse';
      proxy.reset();
      await shows(page, 'reconnecting');
      await isStill('reconnecting');
      await shows(page, 'givenUp');
      await page.click('#send');
      await isStill('given up');
      await page.click('#copy');
      await set(page, { url: 'x', maxAttempts: 'x', heartbeat: 0, room: '__proto__' });
      await isStill('with wrong settings');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it can be scrolled sideways');
      const cut = await page.$$eval('button, .word, .detail, dt, dd, label, h2:not(.unseen), .hint', (all) => all
        .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).textOverflow !== 'ellipsis')
        .map((e) => e.id || e.textContent));
      assert.deepEqual(cut, [], 'cut off');
    });
  }
}

pageTest('the page does not jump while it loads', async (t) => {
  for (const width of WIDTHS) {
    const page = await open(t, { width });
    await page.locator('#server-fields dd', { hasText: /^[a-z]+$/ }).first().waitFor();
    const shifts = await page.evaluate(() => new Promise((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().map((entry) => /** @type {any} */ (entry).value))).observe({ type: 'layout-shift', buffered: true });
      setTimeout(resolve, 300, []);
    }));
    assert.deepEqual(shifts, []);
  }
});

pageTest('the time line is drawn four times a second, and once for those who want less motion', async (t) => {
  for (const [reducedMotion, drawings] of /** @type {['no-preference' | 'reduce', number][]} */ ([['no-preference', 40], ['reduce', 10]])) {
    const page = await open(t, { isHeld: true, reducedMotion });
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 500);
    await page.evaluate(() => {
      const seen = /** @type {any} */ (globalThis);
      seen.drawings = 0;
      new MutationObserver(() => (seen.drawings += 1)).observe(/** @type {Element} */ (document.getElementById('timeline-drawing')), { childList: true });
    });
    for (let i = 0; i < 40; i++) await page.clock.runFor(250);
    assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).drawings), drawings);
  }
});

pageTest('the page needs nothing from elsewhere and breaks none of its own rules', async (t) => {
  const context = await browser.newContext({ locale: 'en-US' });
  t.after(() => context.close());
  const page = await context.newPage();
  const [asked, complaints] = [/** @type {string[]} */ ([]), /** @type {string[]} */ ([])];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.origin}/lab.html`);
  await connect(page);
  await page.click('#send');
  await page.click('#fail');
  await shows(page, 'connected');
  await page.click('#disconnect');
  await page.waitForRequest(/\/status$/);
  assert.deepEqual(complaints, []);
  assert.deepEqual(asked.filter((url) => !url.startsWith(server.origin) && !url.startsWith('data:')), []);
  assert.deepEqual(await page.$$eval('[style], script:not([src]), style', (all) => all.map((e) => e.outerHTML)), []);
});

pageTest('axe finds nothing on the front page, nothing sticks out, and pictures are taken', async (t) => {
  for (const width of [...WIDTHS, 768]) {
    for (const colorScheme of SCHEMES) {
      const page = await openStart(t, { width, colorScheme, info: { turn: false, stun: true, token: true } });
      await page.locator('#missing').waitFor();
      for (const language of ['ko', 'en']) {
        const when = `front page, ${width} px, ${colorScheme}, ${language}`;
        await page.click(`[data-language="${language}"]`);
        await assertAccessible(page, when);
        const words = await page.locator('[data-text], [data-label]').evaluateAll((all) => all.map((e) => e.getAttribute('aria-label') ?? e.textContent));
        assert.ok(words.every((word) => word && !word.includes('undefined')), `${words}`);
        assert.equal(/[가-힣]/.test(String(await page.textContent('main'))), language === 'ko');
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${when}: it can be scrolled sideways`);
        const cut = await page.$$eval('button, h1, h2, p, li, label', (all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && getComputedStyle(e).display !== 'inline').map((e) => e.id || e.textContent));
        assert.deepEqual(cut, [], `${when}: cut off`);
        await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
        await page.screenshot({ path: `${PICTURES}start-${width}-${colorScheme}-${language}.png`, fullPage: true });
      }
    }
  }
});

pageTest('the front page opens a call in the room, the lab and the status', async (t) => {
  const page = await openStart(t);
  const proposed = await page.inputValue('#room');
  assert.match(proposed, /^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
  for (const wrong of ['', ' ', '__proto__', 'a'.repeat(129)]) {
    await page.fill('#room', wrong);
    await page.click('#call button');
    assert.equal(await page.textContent('#room-note'), '1~128자로 입력하세요. 제어 문자는 쓸 수 없습니다.', wrong);
    assert.equal(await page.getAttribute('#room', 'aria-invalid'), 'true');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'room');
  }
  await page.fill('#room', '차 & 방');
  assert.equal(await page.textContent('#room-note'), '');
  await Promise.all([page.waitForURL(({ pathname, searchParams }) => pathname === '/call.html' && searchParams.get('room') === '차 & 방'), page.press('#room', 'Enter')]);

  await page.goto(server.origin);
  await Promise.all([page.waitForURL(`${server.origin}/lab.html`), page.click('.card.lab', { position: { x: 5, y: 5 } })]);
  await page.waitForSelector('#state[data-face="idle"]');
  await Promise.all([page.waitForURL(`${server.origin}/`), page.click('h1 a')]);
  await Promise.all([page.waitForURL(`${server.origin}/status`), page.click('.status a')]);
  assert.match(String(await page.textContent('body')), /"active_sessions":\d+/);
});

pageTest('the front page shows the status live, and who may not read it', async (t) => {
  const lab = await open(t);
  await connect(lab);
  const page = await openStart(t);
  await page.locator('#server[data-state="connected"] #server-state', { hasText: /^connected$/ }).waitFor();
  assert.equal(await page.textContent('#server-meaning'), '연결된 클라이언트가 있습니다.');
  assert.match(String(await page.textContent('#server-sessions')), /^[1-9]\d*$/);
  await page.route('**/status', (route) => route.fulfill({ status: 401 }));
  await page.locator('#server-state', { hasText: '비공개' }).waitFor();
  await page.unroute('**/status');
  await page.route('**/status', (route) => route.abort());
  await page.locator('#server[data-state="unreachable"] #server-state', { hasText: '응답 없음' }).waitFor();
  assert.equal(await page.textContent('#server-sessions'), '–');
});

pageTest('the front page names what is missing, as /info has it, and nothing where it has nothing', async (t) => {
  /** @type {[unknown, RegExp[]][]} */
  const answers = [
    [{ turn: false, stun: true, token: false }, [/^TURN 서버가 .*tokenly\.ice\.urls와 tokenly\.ice\.secret을 .*docs\/operations\.md/]],
    [{ turn: false, stun: false, token: true }, [/^TURN 서버가 /, /^이 서버는 토큰을 요구합니다\./]],
    [{ turn: true, stun: true, token: true }, [/^이 서버는 토큰을 요구합니다\./]],
    [{ turn: true, stun: true, token: false }, []],
    [undefined, []],
    ['text', []],
    [null, []],
  ];
  for (const [info, notices] of answers) {
    const page = await openStart(t, { info });
    const said = page.locator('#missing li');
    if (notices.length > 0) await said.first().waitFor();
    await page.waitForTimeout(300); // for a notice that should not be there
    const texts = await said.allTextContents();
    assert.equal(texts.length, notices.length, JSON.stringify(info));
    notices.forEach((notice, i) => assert.match(String(texts[i]), notice));
    assert.equal(await page.locator('#missing').isVisible(), notices.length > 0);
  }
  const english = await openStart(t, { locale: 'en-GB', info: { turn: false } });
  await english.locator('#missing li', { hasText: /^No TURN server is set: calls work on one network and between most homes, but not / }).waitFor();
});

pageTest('the code of the front page is copied as it is shown', async (t) => {
  const page = await openStart(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.click('#copy');
  await page.locator('#copy-note', { hasText: '코드를 복사했습니다.' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, await page.textContent('#sample'));
  assert.ok(copied.includes('connect(`ws://${location.host}/rtc`)'));
});

pageTest('the front page can be used with the keyboard, needs nothing from elsewhere, and speaks the language that was chosen in the lab', async (t) => {
  const page = await openStart(t, { info: { turn: true, stun: true, token: false } });
  const [asked, complaints] = [/** @type {string[]} */ ([]), /** @type {string[]} */ ([])];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.reload();
  await page.locator('#server-state', { hasText: /^[a-z]+$/ }).waitFor();
  const reached = [];
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      return getComputedStyle(element).outlineWidth === '3px' ? element.id || element.getAttribute('href') || element.textContent?.trim().split('\n')[0] : 'no focus is seen';
    });
    if (!name) break;
    reached.push(name);
  }
  assert.deepEqual(reached.map((name) => (name.startsWith('import') ? 'code' : name)), ['한국어', 'English', 'room', '통화 시작', 'lab.html', 'status', 'copy', 'code']);
  assert.deepEqual(complaints, []);
  assert.deepEqual(asked.filter((url) => !url.startsWith(server.origin) && !url.startsWith('data:')), []);
  assert.deepEqual(await page.$$eval('[style], script:not([src]), style', (all) => all.map((e) => e.outerHTML)), []);
  await page.goto(`${server.origin}/lab.html`);
  await page.click('[data-language="en"]');
  await page.click('h1 a');
  await page.locator('#call button', { hasText: 'Start the call' }).waitFor();
});

/** Opens a page of another origin, which has the library. @param {TestContext} t @param {{ isHeld?: boolean, context?: import('playwright-core').BrowserContext }} [options] */
async function openElsewhere(t, { isHeld = false, context } = {}) {
  const own = context ?? (await browser.newContext());
  if (!context) t.after(() => own.close());
  own.setDefaultTimeout(PATIENCE_MILLIS);
  const page = await own.newPage();
  if (isHeld) await page.clock.install();
  await page.goto(site.origin);
  await arrived(page);
  return page;
}

/** @param {Page} page */
const arrived = (page) => page.waitForFunction(() => 'visitor' in globalThis);

/** @param {Page} page @param {string} name that no other test uses, with the room @param {string} room @param {string} [origin] of a proxy before the server */
const join = (page, name, room, origin) => page.evaluate((/** @type {any[]} */ all) => /** @type {any} */ (globalThis).visitor.join(...all), [`${name}: ${room.slice(0, 100)}`, room, origin]);

/** @param {Page} page @param {string[]} texts */
const say = (page, ...texts) => page.evaluate((all) => /** @type {any} */ (globalThis).visitor.visit.say(...all), texts);

/** @param {Page} page @returns {Promise<import('./site/visitor.js').Visit>} */
const seen = (page) => page.evaluate(() => /** @type {any} */ (globalThis).visitor.seen());

/** Until something is so of what the page has seen. Asked from here, because the clock of the page may stand still. @param {Page} page @param {(seen: import('./site/visitor.js').Visit) => boolean} isSo @param {number} [millis] */
async function sees(page, isSo, millis = PATIENCE_MILLIS) {
  const end = performance.now() + millis;
  for (let now; !isSo((now = await seen(page))); await sleep(20)) {
    if (performance.now() > end) assert.fail(`not within ${millis} ms: ${isSo}; seen: ${JSON.stringify(now)}`);
  }
}

/** @param {number} count @param {string} word */
const numbered = (count, word) => Array.from({ length: count }, (_, i) => `${word} ${i + 1}`);

pageTest('longer offline than all announced delays: back within 2 s of online, nothing is lost, it never gave up', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  const [page, other] = [await openElsewhere(t), await openElsewhere(t)];
  await join(page, 'a', t.name, proxy.origin);
  await join(other, 'b', t.name);
  await page.context().setOffline(true);
  proxy.mode = 'refuse';
  proxy.reset();
  await sees(page, ({ states }) => states.at(-1) === 'waiting');
  await say(page, ...numbered(5, 'of a'));
  await say(other, ...numbered(5, 'of b'));
  await page.waitForTimeout(FIRST_DELAY * (1 + 2 + 4 + 8 + 16));
  const { length } = (await seen(page)).states;
  await sees(page, ({ states }) => states.length > length && states.at(-1) === 'waiting'); // a whole delay is ahead, 3.8 s or more
  proxy.mode = 'pass';
  await page.context().setOffline(false);
  await sees(page, ({ events }) => events.some(([name]) => name === 'resumed'), 2000);
  await sees(page, ({ acked, texts }) => acked.length === 5 && texts.length === 5);
  await sees(other, ({ texts }) => texts.length === 5);
  const [ofPage, ofOther] = [await seen(page), await seen(other)];
  assert.deepEqual([ofPage.texts, ofOther.texts], [numbered(5, 'of b'), numbered(5, 'of a')]);
  assert.deepEqual([ofPage.failures, ofOther.failures, ofOther.events.filter(([name]) => name === 'undeliverable')], [[], [], []]);
  assert.ok(!ofPage.states.includes('gave-up'));
  assert.ok(ofPage.states.filter((state) => state === 'waiting').length > 5, 'more attempts than the server announces');
});

/** Hides the page from its reader, or shows it, as far as the page can tell. @param {Page} page @param {'hidden' | 'visible'} state */
const show = (page, state) => page.evaluate((now) => {
  Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}, state);

pageTest('a page that was hidden for ten minutes probes its connection when it is shown; where that was lost it is back within 2 s', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  const page = await openElsewhere(t, { isHeld: true });
  await join(page, 'a', t.name, proxy.origin);
  const pings = async () => (await seen(page)).types.filter((type) => type === 'ping').length;
  const hide = async () => {
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 100);
    await show(page, 'hidden');
  };
  await hide();
  await page.clock.fastForward('10:00');
  const before = await pings();
  await show(page, 'visible');
  assert.equal(await pings(), before + 1, 'a ping, although no timer runs');
  assert.equal((await seen(page)).states.at(-1), 'connected');

  await hide();
  proxy.mode = 'refuse';
  proxy.reset();
  for (let minute = 0; minute < 10; minute++) {
    await sees(page, ({ states }) => states.at(-1) === 'waiting');
    await page.clock.fastForward('01:00'); // as a browser lets the timers of a hidden page fire, once a minute
  }
  await sees(page, ({ states }) => states.at(-1) === 'waiting');
  proxy.mode = 'pass';
  await show(page, 'visible'); // the clock stands still: only this begins the attempt
  await sees(page, ({ events }) => events.filter(([name]) => name === 'resumed').length === 1, 2000);
  assert.ok(!(await seen(page)).states.includes('gave-up'));
});

pageTest('back and forward in the history take the session again, as a new instance or as the old one', async (t) => {
  const [page, other] = [await openElsewhere(t), await openElsewhere(t)];
  await join(other, 'b', t.name);
  await join(page, 'a', t.name);
  for (const go of [() => page.goBack(), () => page.goForward().then(() => page.goBack())]) {
    await page.goto(`${site.origin}/elsewhere`);
    await say(other, 'while it was elsewhere');
    await go();
    await arrived(page);
    const isFrozen = await page.evaluate(() => /** @type {any} */ (globalThis).visitor.visit !== undefined); // and thawed: its memory is still there
    if (!isFrozen) await join(page, 'a', t.name);
    await sees(page, ({ events }) => events.some(([name, event]) => (isFrozen ? name === 'resumed' : name === 'reset' && event.reason === 'new-instance')));
    await say(other, 'now');
    await sees(page, ({ texts }) => texts.at(-1) === 'now');
    if (isFrozen) assert.deepEqual((await seen(page)).texts.slice(-2), ['while it was elsewhere', 'now']);
    else await sees(other, ({ events }) => events.some(([name, event]) => name === 'undeliverable' && event.reason === 'restarted'));
  }
  assert.deepEqual((await seen(other)).events.filter(([name]) => name === 'peer-left'), []);
});

pageTest('a module worker, without a window and a document, joins and gets a signal', async (t) => {
  const page = await openElsewhere(t);
  await join(page, 'page', t.name);
  const told = await page.evaluateHandle(([server, room]) => {
    const worker = new Worker(`/worker.js?server=${encodeURIComponent(String(server))}`, { type: 'module' });
    const all = /** @type {string[]} */ ([]);
    worker.onmessage = ({ data }) => {
      all.push(data);
      if (data === 'ready') worker.postMessage({ name: 'worker', room });
    };
    return all;
  }, [server.origin, t.name]);
  await sees(page, ({ texts }) => texts.includes('from undefined, undefined'));
  await say(page, 'to the worker');
  await page.waitForFunction((all) => all.includes('joined') && all.includes('heard to the worker'), told);
});

pageTest('in two tabs a component mounts and unmounts in every order: the name is free each time, and the other tab sees it in the end', async (t) => {
  const [left, right] = [await openElsewhere(t), await openElsewhere(t)];
  const [one, two] = [{ page: left, name: 'left' }, { page: right, name: 'right' }];
  const both = [one, two];
  const failed = await Promise.all(both.map(({ page, name }) => page.evaluate((/** @type {any[]} */ all) => /** @type {any} */ (globalThis).visitor.mountAndUnmount(...all), [name, t.name])));
  assert.deepEqual(failed, [[], []]);
  await left.waitForTimeout(2000); // for what comes late: a close handshake may take 1 s
  for (const { page, name } of both) await say(page, `of ${name}`);
  for (const [{ page }, { name }] of /** @type {const} */ ([[one, two], [two, one]])) {
    await sees(page, ({ texts }) => texts.at(-1) === `of ${name}`);
    const { events, failures } = await seen(page);
    assert.deepEqual(failures, []);
    const presence = events.filter(([, event]) => event.peer === name).at(-1)?.[0];
    assert.ok(presence === undefined || presence !== 'peer-left', `told last: ${presence}`);
    assert.equal(await page.evaluate(async (/** @type {string} */ peer) => (await /** @type {any} */ (globalThis).visitor.visit.joined).peers.get(peer), name), 'present');
  }
});

pageTest('a page of another origin loads the library and reads the status', async (t) => {
  const page = await openElsewhere(t);
  assert.notEqual(site.origin, server.origin);
  await join(page, 'a', t.name);
  const { state, active_sessions } = await page.evaluate(() => /** @type {any} */ (globalThis).visitor.status());
  assert.equal(typeof state, 'string');
  assert.ok(active_sessions >= 1);
});

const isPictureWished = process.env['TOKENLY_README_PICTURE'] === 'true';
test('the picture for the README, with the delays of the guide', { skip: isSkipped || !isPictureWished, timeout: 120_000 }, async (t) => {
  const own = await Server.start('readme');
  const proxy = await FaultProxy.start(own.port);
  const page = await open(t, { origin: proxy.origin, isHeld: true, locale: 'en-US', width: 1120, settings: { room: 'test-room-001' } });
  const other = await open(t, { origin: proxy.origin, locale: 'en-US', settings: { room: 'test-room-001', initialDelay: 500 } });
  t.after(() => Promise.all([proxy.stop(), own.stop()]));
  /** @param {number} millis of the story, in which nothing is waited for */
  const pass = (millis) => page.waitForTimeout(millis);
  const attempt = (/** @type {string} */ delay) => page.locator('#timeline .mark.attempt', { hasText: delay }).first().waitFor({ state: 'attached' });

  await Promise.all([connect(page), connect(other)]);
  await pass(6000);
  await page.click('#fail');
  await shows(page, 'connected');
  await pass(5000);
  proxy.mode = 'refuse';
  proxy.reset();
  await shows(page, 'reconnecting');
  for (const each of [other, page, other]) await each.click('#send');
  await attempt('4s');
  proxy.mode = 'pass';
  await shows(page, 'connected');
  await pass(5000);
  proxy.mode = 'refuse';
  proxy.reset();
  await shows(page, 'reconnecting');
  await pass(10_000);
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 500);
  const { y, height } = /** @type {{ y: number, height: number }} */ (await page.locator('.card', { has: page.locator('#timeline') }).boundingBox());
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `${PICTURES}readme-${colorScheme}.png`, fullPage: true, clip: { x: 0, y: 0, width: 1120, height: y + height + 16 } });
    await page.screenshot({ path: `${PICTURES}readme-${colorScheme}-whole.png`, fullPage: true });
  }
});
