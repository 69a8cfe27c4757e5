/**
 * Calls in a real Chromium, and against a real server: TOKENLY_JETTY_HOME and TOKENLY_JETTY_BASE say where it is. Cameras and
 * microphones are Chromium's fake ones.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CALL_FLAGS, isRequired, isSkipped, launch, PATIENCE_MILLIS, tellSkipped, until } from './browser.js';
import { FaultProxy } from './proxy.js';
import { Server } from './server.js';
import { Site } from './site/site.js';
import { hasCoturn, TURNSERVER, TurnServer } from './turn.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('node:test').TestContext} TestContext */

tellSkipped('The tests of calls');

const lacksCoturn = !hasCoturn && !isRequired;
if (lacksCoturn) console.log(`The test of TURN is skipped: there is no coturn at ${TURNSERVER}.`);

/** @type {Server} */
let server;
/** @type {Site} */
let site;
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  if (isSkipped) return;
  browser = await launch(...CALL_FLAGS);
  server = await Server.start('call', {});
  site = await Site.start(server.origin);
});

after(async () => {
  await browser?.close();
  site?.stop();
  await server?.stop();
});

/** @param {string} name @param {(t: TestContext) => Promise<void>} act @param {boolean} [skip] */
const callTest = (name, act, skip = false) => test(name, { skip: isSkipped || skip, timeout: 180_000 }, act);

/** @typedef {{ id: string, info: any, state: string, isAway: boolean, quality: string, isOpen: boolean, streams: number, frames: number }} Seen */

/** A page of an application, in a browser of its own. @param {TestContext} t */
async function open(t) {
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE_MILLIS);
  t.after(() => context.close());
  const page = await context.newPage();
  await visit(page);
  return page;
}

/** @param {Page} page */
async function visit(page) {
  await page.goto(`${site.origin}/caller`);
  await page.waitForFunction(() => 'caller' in globalThis);
}

/** By a session id of this test alone. @param {Page} page @param {string} name @param {TestContext} t its room @param {any} [options] */
const join = (page, name, t, options = {}) => page.evaluate((/** @type {any[]} */ all) => /** @type {any} */ (globalThis).caller.join(...all), [`${name}: ${t.name.slice(0, 100)}`, t.name.slice(0, 100), options]);

/** @param {string} id */
const nameOf = (id) => /** @type {string} */ (id.split(':')[0]);

/** @param {Page} page @returns {Promise<Seen[]>} */
async function seen(page) {
  const all = await page.evaluate(() => /** @type {any} */ (globalThis).caller.seen());
  return all.map((/** @type {Seen} */ one) => ({ ...one, id: nameOf(one.id) }));
}

/** @param {Page} page @returns {Promise<[name: string, from: string | undefined, what: any][]>} */
async function events(page) {
  const all = await page.evaluate(() => /** @type {any} */ (globalThis).caller.events);
  return all.map((/** @type {any[]} */ [name, from, what]) => [name, from && nameOf(from), what]);
}

/** Until the page has just these others in the call, each connected. @param {Page} page @param {string[]} names */
const isWith = (page, ...names) =>
  until(`connected with ${names}`, async () => {
    const all = await seen(page);
    return all.length === names.length && names.every((name) => all.some(({ id, state, isAway }) => id === name && state === 'connected' && !isAway));
  }, async () => [await seen(page), await events(page)]);

/** Until the pictures of all others move. @param {Page} page */
async function picturesMove(page) {
  const before = await seen(page);
  await until('pictures move', async () => {
    const now = await seen(page);
    return now.length === before.length && now.every(({ id, frames }) => frames > (before.find((other) => other.id === id)?.frames ?? Infinity) + 5);
  }, () => seen(page));
}

callTest('two pages with cameras see each other', async (t) => {
  const [a, b] = await Promise.all([open(t), open(t)]);
  await Promise.all([join(a, 'ann', t, { media: true, info: { name: 'Ann' } }), join(b, 'bob', t, { media: true })]);
  await Promise.all([isWith(a, 'bob'), isWith(b, 'ann')]);
  await Promise.all([picturesMove(a), picturesMove(b)]);
  assert.deepEqual((await seen(b))[0]?.info, { name: 'Ann' });
});

callTest('data and words reach the others', async (t) => {
  const [a, b] = await Promise.all([open(t), open(t)]);
  await Promise.all([join(a, 'ann', t), join(b, 'bob', t)]);
  await Promise.all([isWith(a, 'bob'), isWith(b, 'ann')]);
  await until('the data channel is open', async () => (await seen(a))[0]?.isOpen === true);
  await a.evaluate(() => {
    const { call } = /** @type {any} */ (globalThis).caller;
    call.send('by data channel');
    void call.say('by mailbox');
  });
  await until('both came', async () => {
    const all = await events(b);
    return all.some(([name, from, data]) => name === 'data' && from === 'ann' && data === 'by data channel') && all.some(([name, from, text]) => name === 'said' && from === 'ann' && text === 'by mailbox');
  }, () => events(b));
});

callTest('the server is killed in mid-call and started again: pictures never stop, and a third one joins', async (t) => {
  const own = await Server.start('call-killed', {});
  t.after(() => own.stop());
  const [a, b, c] = await Promise.all([open(t), open(t), open(t)]);
  await Promise.all([join(a, 'ann', t, { media: true, origin: own.origin }), join(b, 'bob', t, { media: true, origin: own.origin })]);
  await Promise.all([isWith(a, 'bob'), isWith(b, 'ann')]);
  await Promise.all([picturesMove(a), picturesMove(b)]);
  await own.kill();
  await until('the loss is seen', async () => (await events(a)).some(([name, , state]) => name === 'signaling' && state === 'lost'));
  await Promise.all([picturesMove(a), picturesMove(b)]);
  await a.evaluate(() => void (/** @type {any} */ (globalThis).caller.call.say('while the server was dead')));
  await own.start();
  for (const page of [a, b]) await until('the session is back', async () => (await events(page)).some(([name]) => name === 'resumed'), () => events(page));
  await until('what was said came', async () => (await events(b)).filter(([name, , text]) => name === 'said' && text === 'while the server was dead').length === 1, () => events(b));
  await join(c, 'cem', t, { media: true, origin: own.origin });
  await Promise.all([isWith(a, 'bob', 'cem'), isWith(b, 'ann', 'cem'), isWith(c, 'ann', 'bob')]);
  await Promise.all([picturesMove(a), picturesMove(b), picturesMove(c)]);
  for (const page of [a, b]) assert.deepEqual((await events(page)).filter(([name]) => ['peer-left', 'error', 'ended'].includes(name)), []);
});

callTest('a page that is reloaded comes back, and the other one negotiates with it anew', async (t) => {
  const [a, b] = await Promise.all([open(t), open(t)]);
  await Promise.all([join(a, 'ann', t, { media: true }), join(b, 'bob', t, { media: true })]);
  await Promise.all([isWith(a, 'bob'), isWith(b, 'ann')]);
  await visit(b);
  await join(b, 'bob', t, { media: true });
  await Promise.all([isWith(a, 'bob'), isWith(b, 'ann')]);
  await Promise.all([picturesMove(a), picturesMove(b)]);
  assert.equal(await a.evaluate(() => /** @type {any} */ (globalThis).caller.connections()), 1);
});

callTest('a hundred lost connections leave no timer, no listener and no peer connection behind', async (t) => {
  const proxy = await FaultProxy.start(server.port);
  t.after(() => proxy.stop());
  const [a, b] = await Promise.all([open(t), open(t)]);
  await Promise.all([join(a, 'ann', t, { origin: proxy.origin }), join(b, 'bob', t)]);
  await Promise.all([isWith(a, 'bob'), isWith(b, 'ann')]);
  await a.evaluate(async () => {
    const { client, call } = /** @type {any} */ (globalThis).caller;
    for (let k = 0; k < 100; k++) {
      const back = new Promise((resolve) => call.on('resumed', resolve));
      client.fail();
      client.reconnectNow();
      await back;
    }
  });
  await isWith(b, 'ann');
  assert.equal(await a.evaluate(() => /** @type {any} */ (globalThis).caller.connections()), 1);
  await a.evaluate(() => /** @type {any} */ (globalThis).caller.call.leave());
  assert.equal(await a.evaluate(() => /** @type {any} */ (globalThis).caller.connections()), 0);
  await until('no ghost stays', async () => (await seen(b)).length === 0, () => seen(b));
});

callTest('both ends add and remove tracks at once, again and again, and no glare blocks them', async (t) => {
  const [a, b] = await Promise.all([open(t), open(t)]);
  await Promise.all([join(a, 'ann', t), join(b, 'bob', t)]);
  await Promise.all([isWith(a, 'bob'), isWith(b, 'ann')]);
  const juggle = (/** @type {Page} */ page) =>
    page.evaluate(async () => {
      const { call } = /** @type {any} */ (globalThis).caller;
      const stream = await navigator.mediaDevices.getUserMedia({ video: true });
      const [track] = stream.getTracks();
      for (let k = 0; k < 10; k++) {
        call.addTrack(track, stream);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
        if (k < 9) call.removeTrack(track);
      }
    });
  await Promise.all([juggle(a), juggle(b)]);
  await Promise.all([picturesMove(a), picturesMove(b)]);
  for (const page of [a, b]) assert.deepEqual((await events(page)).filter(([name]) => name === 'error'), []);
});

callTest('another camera is sent without a new negotiation', async (t) => {
  const [a, b] = await Promise.all([open(t), open(t)]);
  await Promise.all([join(a, 'ann', t, { media: true }), join(b, 'bob', t)]);
  await Promise.all([isWith(a, 'bob'), isWith(b, 'ann')]);
  await picturesMove(b);
  const offers = await a.evaluate(async () => {
    const { call, client } = /** @type {any} */ (globalThis).caller;
    let count = 0;
    client.on('sent', (/** @type {any} */ { frame }) => (count += frame.type === 'offer' ? 1 : 0));
    const before = [...call.peers.values()][0].connection.getSenders().find((/** @type {any} */ { track }) => track?.kind === 'video').track;
    const [next] = (await navigator.mediaDevices.getUserMedia({ video: true })).getVideoTracks();
    await call.replaceTrack(before, next);
    before.stop();
    return count;
  });
  await picturesMove(b);
  assert.equal(offers, 0);
});

callTest('one who takes the session over makes the first one end, and the others stay', async (t) => {
  const [a, b] = await Promise.all([open(t), open(t)]);
  await Promise.all([join(a, 'ann', t), join(b, 'bob', t)]);
  await Promise.all([isWith(a, 'bob'), isWith(b, 'ann')]);
  const copy = await b.context().newPage();
  const keys = await b.evaluate(() => JSON.stringify({ ...sessionStorage }));
  await visit(copy);
  await copy.evaluate((kept) => Object.assign(sessionStorage, JSON.parse(kept)), keys);
  await join(copy, 'bob', t);
  await Promise.all([isWith(a, 'bob'), isWith(copy, 'ann')]);
  await until('the first one has ended', async () => (await events(b)).some(([name, , reason]) => name === 'ended' && reason === 'taken-over'), () => events(b));
});

callTest('simple-peer connects through Tokenly, and again after a reload', async (t) => {
  const [a, b] = await Promise.all([open(t), open(t)]);
  await Promise.all([join(a, 'ann', t, { simplePeer: true }), join(b, 'bob', t, { simplePeer: true })]);
  const greeted = (/** @type {Page} */ page, /** @type {string} */ name, count = 1) =>
    until(`a greeting of ${name}`, async () => (await events(page)).filter(([kind, , text]) => kind === 'data' && nameOf(String(text)) === `hello from ${name}`).length === count, () => events(page));
  await Promise.all([greeted(a, 'bob'), greeted(b, 'ann')]);
  await visit(b);
  await join(b, 'bob', t, { simplePeer: true });
  await Promise.all([greeted(a, 'bob', 2), greeted(b, 'ann')]);
});

callTest('a room that is full says so', async (t) => {
  const [a, b] = await Promise.all([open(t), open(t)]);
  await join(a, 'ann', t);
  await assert.rejects(join(b, 'bob', t, { maxPeers: 1 }).then(() => open(t)).then((c) => join(c, 'cem', t, { maxPeers: 1 })), /As many are in the room/);
});

callTest('media flows through a TURN server with a good credential, and with an expired one it does not', async (t) => {
  const turn = await TurnServer.start();
  t.after(() => turn.stop());
  const own = await Server.start('call-turn', { TOKENLY_ICE_URLS: turn.url, TOKENLY_ICE_SECRET: turn.secret });
  t.after(() => own.stop());
  const relay = { media: true, origin: own.origin, iceTransportPolicy: 'relay' };
  const [a, b, c] = await Promise.all([open(t), open(t), open(t)]);
  await Promise.all([join(a, 'ann', t, relay), join(b, 'bob', t, relay)]);
  await Promise.all([isWith(a, 'bob'), isWith(b, 'ann')]);
  await Promise.all([picturesMove(a), picturesMove(b)]);
  const paths = () => a.evaluate(() => /** @type {any} */ (globalThis).caller.paths());
  assert.deepEqual(await paths(), ['relay']);

  // One with an expired credential, and one after it with a good one: that gets through, so the former had its time.
  await join(c, 'cem', t, { ...relay, iceServers: [turn.credential(-60, 'cem')] });
  const d = await open(t);
  await join(d, 'dan', t, relay);
  const isConnected = async (/** @type {string} */ name) => (await seen(d)).find(({ id }) => id === name)?.state === 'connected';
  await until('dan is connected', async () => (await isConnected('ann')) && (await isConnected('bob')), () => seen(d));
  assert.deepEqual((await seen(c)).map(({ state }) => state).filter((state) => state === 'connected'), []);
  assert.equal(await isConnected('cem'), false);
}, lacksCoturn);

callTest('the page of docs/call.md calls, and a reload brings it back', async (t) => {
  const pages = await Promise.all([open(t), open(t)]);
  const visit = (/** @type {Page} */ page) => page.goto(`${site.origin}/example.html`);
  const shown = (/** @type {Page} */ page) => page.evaluate(() => [.../** @type {NodeListOf<HTMLVideoElement>} */ (document.querySelectorAll('#others video'))].map((video) => video.getVideoPlaybackQuality().totalVideoFrames));
  const showsOne = (/** @type {Page} */ page) => until('the other one is seen', async () => (await shown(page)).length === 1 && ((await shown(page))[0] ?? 0) > 5, () => shown(page));
  await Promise.all(pages.map(visit));
  await Promise.all(pages.map(showsOne));
  await visit(/** @type {Page} */ (pages[0]));
  await Promise.all(pages.map(showsOne));
});
