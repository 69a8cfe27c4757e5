/** How the ends of a call find each other, whatever is lost: over a room in memory, with connections of another library. What WebRTC makes of it is tested in a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinCall } from '../../../main/webapp/lib/call.js';
import { QualityMeter } from '../../../main/webapp/lib/call/quality.js';
import { Emitter } from '../../../main/webapp/lib/emitter.js';

/** @typedef {import('../../../main/webapp/lib/call.js').Call} Call */

/** Numbers from a seed, the same each time. @param {number} seed */
function dice(seed) {
  let state = seed;
  return (/** @type {number} */ sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

/** A room whose mailboxes deliver one message when they are told to. */
class MemoryRoom {
  /** @type {Map<string, Member>} */
  members = new Map();

  /** @param {string} id @param {Member} member */
  enter(id, member) {
    const isBack = this.members.has(id);
    const mailbox = this.members.get(id)?.mailbox;
    this.members.set(id, member);
    if (isBack) mailbox?.splice(0); // a new instance: what the old one had not read is written off
    for (const other of this.#others(id)) other.mailbox.push(isBack ? ['peer-restarted', { peer: id, reason: 'new-instance' }] : ['peer-joined', { peer: id }]);
  }

  /** @param {string} id */
  leave(id) {
    this.members.delete(id);
    for (const other of this.#others(id)) other.mailbox.push(['peer-left', { peer: id, reason: 'left' }]);
  }

  /** @param {string} id its mailbox is lost, and it hears so */
  reset(id) {
    const member = this.members.get(id);
    member?.mailbox.splice(0);
    member?.events.emit('reset', { reason: 'store-went-back' });
    for (const other of this.#others(id)) other.mailbox.push(['peer-restarted', { peer: id, reason: 'store-went-back' }]);
  }

  /** @param {string} from @param {any} signal */
  send(from, { to, ...signal }) {
    for (const other of this.#others(from)) if (to === undefined || to === other.id) other.mailbox.push(['signal', structuredClone({ ...signal, from })]);
  }

  /** @param {string} id */
  othersOf(id) {
    return new Map(this.#others(id).map((other) => [other.id, 'present']));
  }

  /** One message of some mailbox. @param {(sides: number) => number} roll @returns {boolean} whether there was one */
  deliver(roll) {
    const waiting = [...this.members.values()].filter(({ mailbox }) => mailbox.length > 0);
    const member = waiting[roll(waiting.length)];
    const [name, event] = member?.mailbox.shift() ?? [];
    if (name) member?.events.emit(name, event);
    return member !== undefined;
  }

  /** All that is under way, and what follows from it. @param {(sides: number) => number} roll */
  settle(roll) {
    let count = 0;
    while (this.deliver(roll)) if (++count > 10_000) throw new Error('they greet each other for ever');
  }

  /** @param {string} id */
  #others(id) {
    return [...this.members.values()].filter((member) => member.id !== id);
  }
}

/** What a client makes of its session. */
class Member {
  /** @type {[string, any][]} */
  mailbox = [];
  /** @type {Emitter<any>} */
  events = new Emitter();
  /** @type {any[]} */
  iceServers = [];

  /** @param {MemoryRoom} room @param {string} id */
  constructor(room, id) {
    this.room = room;
    this.id = id;
  }

  get peers() {
    return this.room.othersOf(this.id);
  }

  /** @param {string} name @param {(event: any) => void} listener */
  on(name, listener) {
    return this.events.on(name, listener);
  }

  /** @param {any} signal */
  async send(signal) {
    if (this.room.members.get(this.id) === this) this.room.send(this.id, signal);
  }

  async destroy() {
    this.room.leave(this.id);
    this.events.emit('ended', { reason: 'left' });
  }
}

/** One end of a connection that only carries words. */
class Wire {
  /** @type {Emitter<any>} */
  events = new Emitter();
  /** @type {any[]} */
  heard = [];
  isOpen = true;

  /** @param {string} name @param {(data: any) => void} listener */
  on(name, listener) {
    return this.events.on(name, listener);
  }

  /** @param {any} data */
  signal(data) {
    this.heard.push(data);
  }

  destroy() {
    this.isOpen = false;
  }
}

/** A page: its call, and its newest connection with each other one. */
class Page {
  /** @type {Map<string, Wire>} */
  wires = new Map();
  /** @type {any[]} */
  errors = [];

  /** @param {MemoryRoom} room @param {string} id */
  constructor(room, id) {
    this.id = id;
    const client = { on: () => () => {}, createPeer: async () => {
      const member = new Member(room, id);
      room.enter(id, member);
      return member;
    } };
    const createConnection = (/** @type {any} */ { peer }) => {
      const wire = new Wire();
      this.wires.set(peer.id, wire);
      return wire;
    };
    const joining = joinCall(/** @type {any} */ (client), { roomId: 'room', sessionId: id, createConnection, on: { error: ({ error }) => this.errors.push(error) } });
    this.joined = joining.then((/** @type {Call} */ call) => (this.call = call));
  }

  /** As a page that is reloaded: nothing of it goes on, and the room hears nothing. */
  vanish() {
    /** @type {any} */ (this.call?.session)?.events.emit('ended', { reason: 'closed' });
  }
}

/** Each one hears each other one by its newest connection. @param {MemoryRoom} room @param {Map<string, Page>} pages @param {(sides: number) => number} roll */
function assertAllConnected(room, pages, roll) {
  const all = [...pages.values()];
  for (const page of all) {
    assert.deepEqual([...(page.call?.peers.keys() ?? [])].sort(), all.map(({ id }) => id).filter((id) => id !== page.id).sort());
    for (const [other, wire] of page.wires) if (pages.has(other)) wire.events.emit('signal', `from ${page.id}`);
  }
  room.settle(roll);
  for (const page of all) {
    for (const other of all) {
      if (other === page) continue;
      const wire = page.wires.get(other.id);
      assert.equal(wire?.isOpen, true, `${page.id} has a connection with ${other.id}`);
      assert.deepEqual(wire?.heard.splice(0), [`from ${other.id}`], `${page.id} hears ${other.id}`);
    }
    assert.deepEqual(page.errors, []);
  }
}

test('allFindEachOtherWhoeverReloadsLeavesOrLosesItsMailboxAndWhenever', async () => {
  for (let seed = 1; seed <= 300; seed++) {
    const roll = dice(seed);
    const room = new MemoryRoom();
    /** @type {Map<string, Page>} */
    const pages = new Map();
    for (let step = 0; step < 40; step++) {
      const id = ['a', 'b', 'c'][roll(3)] ?? 'a';
      const act = roll(8);
      if (act === 0 || !pages.has(id)) {
        pages.get(id)?.vanish();
        pages.set(id, new Page(room, id));
        await pages.get(id)?.joined;
      } else if (act === 1) {
        await pages.get(id)?.call?.leave();
        pages.delete(id);
      } else if (act === 2) {
        room.reset(id);
      } else if (act === 3) {
        const wire = [...(pages.get(id)?.wires.values() ?? [])].at(-1);
        wire?.events.emit('connect', undefined);
        wire?.events.emit('close', undefined);
      } else {
        room.deliver(roll);
      }
    }
    room.settle(roll);
    try {
      assertAllConnected(room, pages, roll);
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
    for (const page of pages.values()) await page.call?.leave();
  }
});

test('aCallGoesIntoNoRoomWithMoreOthersThanItMayHave', async () => {
  const room = new MemoryRoom();
  const pages = ['a', 'b'].map((id) => new Page(room, id));
  await Promise.all(pages.map(({ joined }) => joined));
  const client = { on: () => () => {}, createPeer: async () => {
    const member = new Member(room, 'c');
    room.enter('c', member);
    return member;
  } };
  await assert.rejects(joinCall(/** @type {any} */ (client), { roomId: 'room', sessionId: 'c', maxPeers: 1, createConnection: () => new Wire() }), { code: 'call-full' });
  assert.deepEqual([...room.members.keys()], ['a', 'b']);
  for (const { call } of pages) await call?.leave();
});

test('aSignalOfAnotherKindOfApplicationChangesNothing', async () => {
  const room = new MemoryRoom();
  const page = new Page(room, 'a');
  await page.joined;
  room.enter('lab', new Member(room, 'lab'));
  for (const signal of [{ type: 'offer', sdp: 'x' }, { type: 'message', call: 7 }, { type: 'message', call: { type: 'link' } }, { type: 'message', call: { type: 'say' }, text: 'x' }]) room.send('lab', signal);
  room.settle(() => 0);
  assert.equal(page.call?.peers.size, 0);
  await page.call?.leave();
});

/** A call whose server says what the test wants. @param {any} [options] */
async function callAlone(options = {}) {
  /** @type {any} */
  const session = { peers: new Map(), iceServers: [], events: new Emitter(), /** @type {any[]} */ sent: [], on: (/** @type {string} */ name, /** @type {any} */ listener) => session.events.on(name, listener), send: async (/** @type {any} */ signal) => void session.sent.push(signal), destroy: async () => {} };
  /** @type {Wire[]} */
  const wires = [];
  /** @type {[string, any][]} */
  const heard = [];
  const client = { on: () => () => {}, createPeer: async () => session };
  const createConnection = () => {
    const wire = new Wire();
    wires.push(wire);
    return wire;
  };
  const on = Object.fromEntries(['peer-joined', 'peer-left', 'error', 'ended'].map((name) => [name, (/** @type {any} */ event) => heard.push([name, event])]));
  const call = await joinCall(/** @type {any} */ (client), { roomId: 'room', sessionId: 'a', createConnection, ...options, on });
  session.sent.length = 0;
  const hears = (/** @type {string} */ from, /** @type {any} */ call) => session.events.emit('signal', { type: 'message', from, call });
  const meets = (/** @type {string} */ id, link = `link of ${id}`) => {
    session.peers.set(id, 'present');
    hears(id, { type: 'hello', link, info: {} });
  };
  return { call, session, wires, heard, hears, meets, names: () => heard.map(([name]) => name) };
}

test('oneWhoGreetedAndLeftWhileWeWereAwayIsNoGhost', async () => {
  const { call, session, hears, names } = await callAlone();
  hears('b', { type: 'hello', info: {} }); // from the mailbox; then the server says what is different now: nothing, for b has come and gone
  assert.equal(call.peers.size, 0);
  session.peers.set('c', 'present');
  hears('c', { type: 'hello', info: {} });
  assert.deepEqual(names(), ['peer-joined']);
  await call.leave();
});

test('oneWhoGreetedBeforeTheServerToldOfItIsGreetedOnceItIsKnown', async () => {
  const { call, session, hears } = await callAlone();
  hears('b', { type: 'hello', info: {} });
  session.peers.set('b', 'present');
  session.events.emit('peer-joined', { peer: 'b' });
  assert.deepEqual(session.sent, [{ type: 'message', to: 'b', call: { type: 'hello', info: {} } }]);
  await call.leave();
});

test('whoLeavesIsGoneAtOnceThoughTheServerDoesNotAnswer', async () => {
  const { call, session, wires, meets, names } = await callAlone();
  meets('b');
  session.destroy = () => new Promise(() => {});
  void call.leave();
  assert.deepEqual([call.isEnded, call.peers.size, wires[0]?.isOpen], [true, 0, false]);
  session.events.emit('ended', { reason: 'left' });
  meets('c');
  assert.deepEqual(names(), ['peer-joined', 'ended']);
});

test('aSignalThatTheOtherLibraryRefusesIsAnErrorOfThatPeer', async () => {
  const { call, session, wires, heard, meets } = await callAlone();
  meets('b');
  const ours = session.sent.at(-1).call.link;
  Object.assign(/** @type {Wire} */ (wires[0]), { signal: () => { throw new TypeError('no data'); } });
  session.events.emit('signal', { type: 'message', from: 'b', call: { type: 'link', link: 'link of b', with: ours } });
  await new Promise((resolve) => setImmediate(resolve));
  const [name, { peer, error }] = heard.at(-1) ?? ['', {}];
  assert.deepEqual([name, peer.id, error.message], ['error', 'b', 'no data']);
  await call.leave();
});

test('whereNoConnectionCanBeMadeThatIsAnErrorAndTheNextGreetingTriesAgain', async () => {
  let isBroken = true;
  const { call, names, meets } = await callAlone({ createConnection: () => {
    if (isBroken) throw new TypeError('no such server');
    return new Wire();
  } });
  meets('b');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(names(), ['peer-joined', 'error']);
  isBroken = false;
  meets('b');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(names(), ['peer-joined', 'error']);
  await call.leave();
});

test('aConnectionThatNeverComesAboutIsMadeAnewWithPausesThatGrow', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { call, session, wires, meets } = await callAlone();
  meets('b');
  for (const pause of [1000, 2000, 4000, 8000, 15_000, 15_000]) {
    session.sent.length = 0;
    wires.at(-1)?.events.emit('close', undefined);
    t.mock.timers.tick(pause - 1);
    assert.equal(session.sent.length, 0);
    t.mock.timers.tick(1);
    assert.equal(session.sent.length, 1, `after ${pause} ms`);
    meets('b');
  }
  assert.equal(wires.length, 7);
  await call.leave();
});

test('moreThanACallMayHaveAreNotTakenIn', async () => {
  const { call, meets } = await callAlone({ maxPeers: 2 });
  for (const id of ['b', 'c', 'd']) meets(id);
  assert.deepEqual([...call.peers.keys()], ['b', 'c']);
  await call.leave();
});

test('whatIsDescribedAgainIsNotToldAgain', async () => {
  const { call, session } = await callAlone();
  const info = { isMuted: false };
  call.describe(info);
  call.describe({ ...info });
  info.isMuted = true;
  call.describe(info);
  assert.deepEqual(session.sent.map((/** @type {any} */ signal) => signal.call.info.isMuted).length, 2);
  await call.leave();
});

test('qualityIsPoorWithLossOrAFarWayAndLostInSilence', () => {
  const report = (/** @type {number} */ packetsReceived, /** @type {number} */ packetsLost = 0, /** @type {number} */ currentRoundTripTime = 0.05) =>
    /** @type {any} */ (new Map(/** @type {any} */ ([['in', { type: 'inbound-rtp', packetsReceived, packetsLost }], ['pair', { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime }]])));
  const meter = new QualityMeter();
  assert.equal(meter.look(report(100), true), 'good');
  assert.equal(meter.look(report(180, 20), true), 'poor');
  assert.equal(meter.look(report(280, 20, 0.5), true), 'poor');
  assert.equal(meter.look(report(380, 20), true), 'good');
  assert.equal(meter.look(report(380, 20), true), 'good');
  assert.equal(meter.look(report(380, 20), true), 'lost');
  assert.equal(meter.look(report(380, 20), false), 'good');
});

test('whoSendsNoMediaButAnswersIsNotLost', () => {
  const report = (/** @type {number} */ responsesReceived) => /** @type {any} */ (new Map(/** @type {any} */ ([['pair', { type: 'candidate-pair', nominated: true, state: 'succeeded', responsesReceived }]])));
  const meter = new QualityMeter();
  for (let k = 1; k < 6; k++) assert.equal(meter.look(report(k), true), 'good');
  assert.equal(meter.look(report(5), true), 'good');
  assert.equal(meter.look(report(5), true), 'lost');
});
