/** The page of a call in a real Chromium: through bad networks, with people who come and go, and where something is in the way. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AXE, CALL_FLAGS, isSkipped, launch, PATIENCE_MILLIS, PICTURES, tellSkipped, until } from './browser.js';
import { FaultProxy } from './proxy.js';
import { Server } from './server.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} BrowserContextOptions */
/** @typedef {import('node:test').TestContext} TestContext */

/** A name that leads to this machine, and that no browser takes for its own. */
const ELSEWHERE = 'elsewhere.test';

/** Chromium then asks for permission, which no one gives here, and sees the devices of this machine, which has none. */
const WITHOUT_DEVICES = CALL_FLAGS.filter((flag) => !flag.startsWith('--use-fake'));

tellSkipped('The tests of the page of a call');

/** @type {Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  if (isSkipped) return;
  browser = await launch(...CALL_FLAGS, '--auto-select-desktop-capture-source=Entire screen');
  server = await Server.start('call-page', {});
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** @param {string} name @param {(t: TestContext) => Promise<void>} act */
const callTest = (name, act) => test(name, { skip: isSkipped, timeout: 180_000 }, act);

/** The address of a room of this test alone. @param {TestContext} t @param {string} [origin] */
const roomOf = (t, origin = server.origin) => `${origin}/call.html?room=${encodeURIComponent(t.name.slice(0, 60))}`;

/** A browser of its own at that address. @param {TestContext} t @param {string} address @param {BrowserContextOptions} [options] @param {import('playwright-core').Browser} [program] */
async function open(t, address, options = {}, program = browser) {
  const context = await program.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(PATIENCE_MILLIS);
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** @param {Page} page @param {string} name */
async function join(page, name) {
  await page.fill('#name', name);
  await page.click('#join');
}

/** One in the room of this test. @param {TestContext} t @param {string} name @param {string} [origin] */
async function openAndJoin(t, name, origin) {
  const page = await open(t, roomOf(t, origin), { permissions: ['camera', 'microphone'] });
  await join(page, name);
  return page;
}

/** @typedef {{ name: string, state: string, isAway: boolean, isMuted: boolean, frames: number }} Shown */

/** The tiles of the others. @param {Page} page @returns {Promise<Shown[]>} */
const shown = (page) =>
  page.evaluate(() =>
    [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('#tiles [data-peer]'))].map((tile) => ({
      name: tile.querySelector('.name')?.textContent ?? '',
      state: tile.dataset['state'] ?? '',
      isAway: tile.dataset['away'] === 'true',
      isMuted: tile.dataset['muted'] === 'true',
      frames: tile.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
    })));

/** Until just these others are seen, and move. @param {Page} page @param {string[]} names */
const sees = (page, ...names) =>
  until(`sees ${names}`, async () => {
    const all = await shown(page);
    return all.length === names.length && names.every((name) => all.some((one) => one.name === name && one.state === 'connected' && !one.isAway && one.frames > 5));
  }, () => shown(page));

/** Until the pictures of all others have moved on. @param {Page} page */
async function picturesMove(page) {
  const past = await shown(page);
  await until('pictures move', async () => {
    const now = await shown(page);
    return now.length === past.length && now.every(({ frames }, index) => frames > (past[index]?.frames ?? Infinity) + 5);
  }, () => shown(page));
}

/** What the badge of the signaling says; empty where there is none. @param {Page} page */
const badge = (page) => page.evaluate(() => {
  const { hidden, dataset } = /** @type {HTMLElement} */ (document.querySelector('#signaling'));
  return hidden ? '' : dataset['state'];
});

/** @param {Page} page @param {string} state */
const badgeSays = (page, state) => until(`the badge says ${state}`, async () => (await badge(page)) === state, () => badge(page));

/** Two who see each other. @param {TestContext} t @param {string} [origin] */
async function two(t, origin) {
  const pages = /** @type {[Page, Page]} */ (await Promise.all([openAndJoin(t, 'Ann', origin), openAndJoin(t, 'Bob', origin)]));
  await Promise.all([sees(pages[0], 'Bob'), sees(pages[1], 'Ann')]);
  return pages;
}

callTest('two people see each other, a reload comes back, a lost connection has a score; axe finds nothing, pictures are taken', async (t) => {
  const [a, b] = await two(t);
  await b.reload();
  await Promise.all([sees(a, 'Bob'), sees(b, 'Ann')]);
  await a.evaluate(AXE);
  const { violations } = await a.evaluate(() => /** @type {any} */ (globalThis).axe.run());
  assert.deepEqual(violations.map((/** @type {any} */ { id, nodes }) => [id, ...nodes.map((/** @type {any} */ { html }) => html)]), []);
  for (const width of [360, 1440]) {
    await a.setViewportSize({ width, height: 900 });
    assert.equal(await a.evaluate(() => document.body.getBoundingClientRect().width >= (document.querySelector('.top')?.scrollWidth ?? Infinity)), true, `nothing is cut off at ${width} px`);
    for (const colorScheme of /** @type {('light' | 'dark')[]} */ (['light', 'dark'])) {
      await a.emulateMedia({ colorScheme });
      await a.screenshot({ path: `${PICTURES}call-${width}-${colorScheme}.png` });
    }
  }
  await a.click('#bad-network');
  await a.click('[data-fault="wifi"]');
  await a.getByText('Nothing was lost').first().waitFor();
  await sees(b, 'Ann');
  await a.click('#hang-up');
  await sees(b);
});

callTest('a network that resets, refuses, swallows and crawls: pictures move, and no tile goes', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  const [a, b] = await two(t, proxy.origin);
  for (const page of [a, b]) {
    await page.evaluate(() => {
      const tiles = /** @type {HTMLElement} */ (document.querySelector('#tiles'));
      Object.assign(globalThis, { removed: 0 });
      new MutationObserver((changes) => changes.forEach(({ removedNodes }) => { /** @type {any} */ (globalThis).removed += removedNodes.length; })).observe(tiles, { childList: true });
    });
  }
  const both = (/** @type {(page: Page) => Promise<unknown>} */ act) => Promise.all([a, b].map(act));

  proxy.mode = 'refuse';
  proxy.reset();
  await both((page) => badgeSays(page, 'lost'));
  await both(picturesMove);
  proxy.mode = 'pass';
  await both((page) => badgeSays(page, 'back'));

  await both((page) => badgeSays(page, ''));
  proxy.mode = 'blackhole';
  await both((page) => badgeSays(page, 'lost'));
  await both(picturesMove);
  proxy.mode = 'slow';
  await both((page) => badgeSays(page, 'back'));

  await a.click('#mic');
  await until('the other one sees that the microphone is off', async () => (await shown(b))[0]?.isMuted === true, () => shown(b));
  await both(picturesMove);
  assert.deepEqual(await both((page) => page.evaluate(() => /** @type {any} */ (globalThis).removed)), [0, 0]);

  await b.reload();
  await Promise.all([sees(a, 'Bob'), sees(b, 'Ann')]);
});

callTest('offline and online: the page says so, and is back when the browser is', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  const [a, b] = await Promise.all([openAndJoin(t, 'Ann', proxy.origin), openAndJoin(t, 'Bob')]);
  await Promise.all([sees(a, 'Bob'), sees(b, 'Ann')]);
  await a.context().setOffline(true);
  proxy.mode = 'refuse';
  proxy.reset();
  await badgeSays(a, 'lost');
  await until('the other one sees who is away', async () => (await shown(b))[0]?.isAway === true, () => shown(b));
  await b.click('#mic'); // told while the other one is away
  await Promise.all([picturesMove(a), picturesMove(b)]);
  proxy.mode = 'pass';
  await a.context().setOffline(false);
  await badgeSays(a, 'back');
  await Promise.all([sees(a, 'Bob'), sees(b, 'Ann')]);
  assert.equal((await shown(a))[0]?.isMuted, true);
});

callTest('a duplicated tab is one more person, and takes nothing from the first one', async (t) => {
  const [a, b] = await two(t);
  const opened = b.context().waitForEvent('page');
  await b.evaluate(() => void window.open(location.href)); // the storage of the tab is copied
  const copy = await opened;
  await until('it has the storage of the first one', async () => (await copy.inputValue('#name')) === 'Bob');
  await join(copy, 'Bo');
  await Promise.all([sees(a, 'Bob', 'Bo'), sees(b, 'Ann', 'Bo'), sees(copy, 'Ann', 'Bob')]);
  await copy.close();
  await Promise.all([sees(a, 'Bob'), sees(b, 'Ann')]);
});

callTest('a link moves the call to another device: the old one says so, and the link is good once', async (t) => {
  const [a, b] = await two(t);
  await b.click('#mic');
  await b.click('#move');
  const link = await b.inputValue('#move-link');
  const next = await open(t, link, { permissions: ['camera', 'microphone'] });
  await next.getByText('The call is on this device now').waitFor();
  assert.equal(await b.textContent('#ended-heading'), 'The call moved to your other device');
  await Promise.all([sees(a, 'Bob'), sees(next, 'Ann')]);
  assert.equal((await shown(a))[0]?.isMuted, true, 'it goes on as it was');
  assert.equal(next.url().includes('code='), false, 'the code is spent');

  const late = await open(t, link, { permissions: ['camera', 'microphone'] });
  await late.getByText('Your other device is not in the call').waitFor();
  await sees(next, 'Ann', 'Guest');
});

callTest('a screen that is shared has a tile of its own, as long as it is shared', async (t) => {
  const [a, b] = await two(t);
  await a.click('#screen');
  const screens = () => b.evaluate(() => document.querySelectorAll('#tiles [data-screen]').length);
  await until('the screen is seen', async () => (await screens()) === 1);
  await a.click('#screen');
  await until('the screen is gone', async () => (await screens()) === 0);
  await Promise.all([picturesMove(a), picturesMove(b)]);
});

/** What is in the way, in a room of two, as the page says it. @param {Page} page */
async function trouble(page) {
  await page.waitForSelector('#message:not([hidden])');
  return page.textContent('#message-text');
}

callTest('a room that is full is said, and how to go on', async (t) => {
  const own = await Server.start('call-room-full', { TOKENLY_ROOM_SESSIONS_MAX: '2' });
  t.after(() => own.stop());
  const [a, b] = await two(t, own.origin);
  const c = await openAndJoin(t, 'Cem', own.origin);
  assert.equal(await trouble(c), 'The room is full. Try again later, or use another room.');
  await a.click('#hang-up');
  await sees(b);
  await join(c, 'Cem');
  await sees(c, 'Bob');
});

/** Joins without a device, and is heard of by one who has one. @param {TestContext} t @param {Page} page @param {string} origin */
async function joinsAllTheSame(t, page, origin) {
  const other = await openAndJoin(t, 'Ann', origin);
  await join(page, 'Bob');
  await sees(page, 'Ann');
  await until('the other one sees who has no camera', async () => (await shown(other)).some(({ name, state }) => name === 'Bob' && state === 'connected'), () => shown(other));
}

callTest('a camera that is refused, missing or in use: what to do is said, and one can join without', async (t) => {
  const [asking, plain] = [await launch(...WITHOUT_DEVICES, '--use-fake-device-for-media-stream'), await launch(...WITHOUT_DEVICES)];
  t.after(() => Promise.all([asking.close(), plain.close()]));
  const refused = await open(t, roomOf(t), {}, asking);
  assert.match(String(await trouble(refused)), /^Your browser blocks the camera and microphone/);
  await joinsAllTheSame(t, refused, server.origin);
  const missing = await open(t, roomOf(t), { permissions: ['camera', 'microphone'] }, plain);
  assert.match(String(await trouble(missing)), /^No camera or microphone was found/);

  const inUse = await open(t, 'about:blank', { permissions: ['camera', 'microphone'] });
  await inUse.addInitScript(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Could not start video source', 'NotReadableError')); });
  await inUse.goto(roomOf(t));
  assert.match(String(await trouble(inUse)), /^Another program is using the camera or microphone/);
});

callTest('a page without https: it says why there is no camera, in Korean where that is spoken', async (t) => {
  const open127 = await Server.start('call-insecure', { TOKENLY_OPEN: 'everywhere' });
  t.after(() => open127.stop());
  const plain = await launch(...CALL_FLAGS, `--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`);
  t.after(() => plain.close());
  const origin = open127.origin.replace('localhost', ELSEWHERE);
  const page = await open(t, roomOf(t, origin), { locale: 'ko-KR' }, plain);
  assert.match(String(await trouble(page)), /^안전하지 않은 주소라서 카메라와 마이크를 쓸 수 없습니다/);
  await joinsAllTheSame(t, page, open127.origin);
});
