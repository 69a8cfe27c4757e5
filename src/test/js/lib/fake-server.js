/**
 * The server's side of PROTOCOL.md in memory, and the wires to it: small, and good enough to cut a connection at any
 * frame. It knows resumable clients only, and neither ends a session by itself nor bounds a mailbox.
 */

/** @typedef {import('./fake-world.js').FakeClock} FakeClock */
/** @typedef {Record<string, any>} Frame */
/** @typedef {ReturnType<typeof newSession>} Session */

const SIGNALS = new Set(['offer', 'answer', 'ice-candidate', 'message']);

export const WELCOME = Object.freeze({
  type: 'welcome',
  connection: 'c1',
  heartbeat: { interval_ms: 10_000, timeout_ms: 20_000 },
  reconnect: { delays_ms: [1000, 2000, 4000, 8000, 16_000], max_attempts: 5, jitter: 0.2, connect_timeout_ms: 10_000, reset_after_ms: 5000 },
  resume_window_ms: 60_000,
  limits: { frame_bytes: 65_536, mailbox_messages: 10_000, mailbox_bytes: 4_194_304 },
  features: ['leave', 'incarnations', 'auth'],
});

/** That of a server of before. */
export const OLD_WELCOME = Object.freeze({ ...WELCOME, features: undefined });

/** Both ends of one connection. Frames take their time, in order; after a cut none arrives. */
export class Wire {
  /** @type {((event: any) => void) | null} */ onopen = null;
  /** @type {((event: any) => void) | null} */ onmessage = null;
  /** @type {((event: any) => void) | null} */ onerror = null;
  /** @type {((event: any) => void) | null} */ onclose = null;
  protocol = '';
  #arrival = 0;
  isOpen = false;
  isCut = false;
  isSilent = false;
  /** Of the client, as its WebSocket tells. */
  bufferedAmount = 0;
  /** What the client has sent, whether or not it arrived. @type {Frame[]} */
  sent = [];
  /** How the client closed it. @type {{ code: number | undefined, reason: string | undefined } | undefined} */
  closed;

  /** @param {FakeServer} server @param {string} url @param {string[]} asked */
  constructor(server, url, asked) {
    this.server = server;
    this.url = url;
    this.asked = asked;
    server.wires.push(this);
    this.#later(() => server.accept(this));
  }

  /** By the client. @param {string} text */
  send(text) {
    const frame = JSON.parse(text);
    this.sent.push(frame);
    this.#later(() => this.server.take(this, frame));
  }

  /** By the client. @param {number} [code] @param {string} [reason] */
  close(code, reason) {
    this.closed = { code, reason };
    this.#later(() => {
      this.isCut = true;
      this.server.lost(this, code);
      this.onclose?.({ code, reason });
    });
  }

  /** By the server, in one frame. @param {Frame[]} messages */
  push(...messages) {
    const data = messages.map((message) => JSON.stringify(message)).join('\u001e');
    this.#later(() => this.onmessage?.({ data }));
  }

  /** By the server, after all frames before it. @param {number} code @param {string} [reason] */
  end(code, reason = '') {
    this.#later(() => this.cut(code, reason));
  }

  /** The network breaks, and the client is told at once. */
  cut(code = 1006, reason = '') {
    if (this.isCut) return;
    this.isCut = true;
    this.server.lost(this, code);
    this.onclose?.({ code, reason });
  }

  /** The network breaks, and nobody is told: neither side hears of the other any more. */
  silence() {
    this.isSilent = true;
  }

  /** @param {string} [protocol] */
  open(protocol = '') {
    this.isOpen = true;
    this.protocol = protocol;
    this.onopen?.({});
  }

  /** After all that is under way. @param {() => void} act */
  #later(act) {
    const { clock, latency } = this.server;
    this.#arrival = Math.max(this.#arrival, clock.now + latency);
    clock.set(() => this.isCut || this.isSilent || act(), this.#arrival - clock.now);
  }
}

/** @param {Frame} create @param {number} epoch */
function newSession({ session_id, room_id, resume_key, instance }, epoch) {
  return {
    id: String(session_id), room: String(room_id), key: String(resume_key), instance, epoch,
    /** @type {Wire | undefined} */ wire: undefined,
    /** What the client has not acknowledged. @type {Frame[]} */ mailbox: [],
    incarnation: `i${epoch}`, last: 0, acked: 0, cursor: 0, isAway: false,
    /** Where the mailbox ended at the first start since the client was there. @type {number | undefined} */ startedAt: undefined,
  };
}

/** A session as a restart finds it. @param {Session} session @returns {Session} */
function restored(session) {
  return { ...session, mailbox: [...session.mailbox], wire: undefined, isAway: true, startedAt: session.startedAt ?? session.last };
}

/** A server whose acks may come late, and which may be too busy. */
export class FakeServer {
  /** @type {Wire[]} */
  wires = [];
  /** @type {Map<string, Session>} */
  sessions = new Map();
  /** How many frames of each type came. @type {Record<string, number>} */
  counts = {};
  latency = 1;
  /** ms until an ack leaves. */
  ackDelay = () => 0;
  /** Whether a signal is refused as `busy`. */
  isBusy = () => false;
  /** Called before each frame that arrives. @type {(wire: Wire, frame: Frame) => void} */
  onFrame = () => {};
  /** Whether a connection comes about. */
  isUp = true;
  /** Whether it tells who owns a name, and who is away. */
  hasIncarnations = false;
  /** Whether its next `resumed` lists who is in the room, as after a restart. */
  hasSnapshots = false;
  /** Whether it is of before `store-went-back`: it trusts its store, whatever a client knows. */
  isOld = false;
  /** @type {Frame} */
  welcome = WELCOME;
  #epochs = 0;
  /** @type {Map<string, number>} the highest attempt of each instance */
  #attempts = new Map();

  /** @param {FakeClock} clock */
  constructor(clock) {
    this.clock = clock;
  }

  /** The WebSocket that leads to this server. */
  get WebSocket() {
    const server = this;
    return class extends Wire {
      /** @param {string} url @param {string[]} asked */
      constructor(url, asked) {
        super(server, url, asked);
      }
    };
  }

  get wire() {
    return /** @type {Wire} */ (this.wires.at(-1));
  }

  /** It is killed and starts again, with nothing. */
  restart() {
    this.sessions.clear();
    for (const wire of this.wires) wire.cut();
  }

  /** What its store holds now. @returns {Session[]} */
  snapshot() {
    return [...this.sessions.values()].map(restored);
  }

  /** It is killed and starts again with a store of before. @param {Session[]} snapshot */
  goBack(snapshot) {
    for (const wire of this.wires) wire.cut();
    this.sessions = new Map(snapshot.map((session) => [session.id, restored(session)]));
  }

  /** @param {Wire} wire */
  accept(wire) {
    if (!this.isUp) return wire.cut();
    wire.open(wire.asked[0]);
    wire.push(this.welcome);
  }

  /** @param {Wire} wire @param {Frame} frame */
  take(wire, frame) {
    this.counts[frame['type']] = (this.counts[frame['type']] ?? 0) + 1;
    this.onFrame(wire, frame);
    if (wire.isCut) return;
    if (frame['type'] === 'ping') wire.push({ type: 'pong', id: frame['id'] });
    if (frame['type'] === 'auth') wire.push({ type: 'authenticated', sub: 'alice', expires_in_ms: 600_000 });
    if (frame['type'] === 'create-peer') this.#create(wire, frame);
    if (frame['type'] === 'resume') this.#resume(wire, frame);
    if (frame['type'] === 'ack') this.#ack(wire, frame['received']);
    if (frame['type'] === 'destroy-peer') this.#destroy(wire, frame['session_id']);
    if (frame['type'] === 'leave') this.#leave(wire);
    if (SIGNALS.has(frame['type'])) this.#signal(wire, frame);
  }

  /** @param {Wire} wire @param {number} [code] */
  lost(wire, code) {
    for (const session of [...this.sessions.values()].filter((other) => other.wire === wire)) {
      session.wire = undefined;
      session.isAway = true;
      if (code === 1000 && !this.welcome['features']) this.#end(session);
      else this.#tellOthers(session, { type: 'peer-away', ...this.#named(session) });
    }
  }

  /** @param {Wire} wire @param {Frame} create */
  #create(wire, create) {
    if (this.#isLate(wire, create)) return;
    const known = this.sessions.get(create['session_id']);
    if (known && known.key !== create['resume_key']) {
      return wire.push({ type: 'peer-created', session_id: create['session_id'], success: false, error: { code: 'session-in-use', message: 'in use', retry_after_ms: 60_000 } });
    }
    const isSame = known?.instance === create['instance'] && known?.acked === 0 && known?.cursor === 0;
    if (known && !isSame) this.#anew(known, create['instance'], 'created-anew');
    const session = known ?? newSession(create, ++this.#epochs);
    this.sessions.set(session.id, session);
    if (!known) this.#tellOthers(session, { type: 'peer-joined', ...this.#named(session) });
    this.#hold(session, wire);
    wire.push({ type: 'peer-created', session_id: session.id, success: true, room_id: session.room, ...this.#snapshot(session), epoch: session.epoch });
    this.#deliver(session);
    this.#tellAway(session);
  }

  /** @param {Wire} wire @param {Frame} resume */
  #resume(wire, resume) {
    if (this.#isLate(wire, resume)) return;
    for (const item of resume['sessions']) {
      const { session_id, resume_key, epoch, received } = item;
      const session = this.sessions.get(session_id);
      if (!session || session.key !== resume_key) {
        wire.push({ type: 'resumed', session_id, outcome: 'gone', reason: 'unknown-session' });
        continue;
      }
      const reason = this.#doubt(session, resume['instance'], item);
      if (reason) {
        this.reset(session, wire, resume['instance'], reason, epoch);
        continue;
      }
      this.#trim(session, received);
      this.#hold(session, wire);
      wire.push({ type: 'resumed', session_id, outcome: 'resumed', epoch, received: session.cursor, last: session.last, ...(this.hasSnapshots && this.#snapshot(session)) });
      this.#deliver(session);
    }
  }

  /** A new epoch, with or without a question. @param {Session} session @param {Wire} wire @param {string} instance @param {string} reason @param {unknown} known the epoch that the client knows */
  reset(session, wire, instance, reason, known = session.epoch) {
    const received = known === session.epoch ? session.cursor : undefined;
    this.#anew(session, instance, reason);
    this.#hold(session, wire);
    wire.push({ type: 'resumed', session_id: session.id, outcome: 'reset', reason, received, epoch: session.epoch, ...this.#snapshot(session) });
    this.#tellAway(session);
  }

  /** Why a session cannot simply go on. @param {Session} session @param {string} instance @param {Frame} item of the `resume` */
  #doubt(session, instance, { epoch, received, sent, acked }) {
    if (session.instance !== instance) return 'new-instance';
    if (session.epoch !== epoch) return 'epoch';
    const isBehind = received > (session.startedAt ?? session.last) || acked > session.cursor;
    if (isBehind && !this.isOld) return 'store-went-back';
    return received < session.acked || session.cursor > sent ? 'client-behind' : undefined;
  }

  /** @param {Wire} wire @param {Frame} frame */
  #isLate(wire, { instance, attempt }) {
    const isLate = attempt < (this.#attempts.get(instance) ?? 0);
    if (isLate) wire.end(4009);
    else this.#attempts.set(instance, attempt);
    return isLate;
  }

  /** A new epoch. @param {Session} session @param {string} instance @param {string} reason */
  #anew(session, instance, reason) {
    if (session.instance !== instance) {
      session.wire?.push({ type: 'taken-over', session_id: session.id });
      session.wire?.end(4010);
    }
    Object.assign(session, { instance, epoch: ++this.#epochs, mailbox: [], last: 0, acked: 0, cursor: 0, wire: undefined });
    if (session.isAway) this.#tellOthers(session, { type: 'peer-back', ...this.#named(session) });
    session.isAway = false;
    this.#tellOthers(session, { type: 'peer-restarted', ...this.#named(session), reason });
  }

  /** @param {Session} session @param {Wire} wire */
  #hold(session, wire) {
    if (session.wire && session.wire !== wire) session.wire.end(4009);
    session.wire = wire;
    session.startedAt = undefined;
    if (!session.isAway) return;
    session.isAway = false;
    this.#tellOthers(session, { type: 'peer-back', ...this.#named(session) });
  }

  /** @param {Wire} wire @param {Frame} frame */
  #signal(wire, { session_id, seq, type, to, ...fields }) {
    const session = this.sessions.get(session_id);
    if (session?.wire !== wire) return wire.push({ type: 'error', code: 'unknown-session', message: 'unknown', session_id });
    if (seq > session.cursor + 1 || this.isBusy()) {
      const code = seq > session.cursor + 1 ? 'seq-gap' : 'busy';
      return wire.push({ type: 'error', code, message: code, session_id, received: session.cursor });
    }
    if (seq === session.cursor + 1) {
      session.cursor = seq;
      const isMeant = (/** @type {Session} */ other) => fields['to_incarnation'] === undefined || fields['to_incarnation'] === other.incarnation;
      const named = this.#others(session).filter(({ id }) => to === undefined || id === to);
      const others = named.filter(isMeant);
      const signal = { type, ...(to !== undefined && { to }), ...fields };
      for (const other of others) this.#append(other, { ...signal, from: session_id, source: { epoch: session.epoch, seq } });
      if (to !== undefined && others.length === 0) this.#append(session, { type: 'undeliverable', to, reason: named.length > 0 ? 'replaced' : 'unknown-peer', seqs: [seq] });
    }
    this.clock.set(() => session.wire === wire && wire.push({ type: 'ack', received: { [session_id]: session.cursor } }), this.ackDelay());
  }

  /** @param {Wire} wire @param {Record<string, number>} received */
  #ack(wire, received) {
    for (const [id, seq] of Object.entries(received)) {
      const session = this.sessions.get(id);
      if (session?.wire === wire) this.#trim(session, seq);
    }
  }

  /** @param {Session} session @param {number} seq */
  #trim(session, seq) {
    session.acked = Math.max(session.acked, seq);
    session.mailbox = session.mailbox.filter((message) => message['seq'] > seq);
  }

  /** @param {Wire} wire @param {string} id */
  #destroy(wire, id) {
    const session = this.sessions.get(id);
    if (session?.wire === wire) this.#end(session);
    wire.push(session?.wire === wire ? { type: 'peer-destroyed', session_id: id } : { type: 'error', code: 'unknown-session', message: 'unknown', session_id: id });
  }

  /** @param {Wire} wire */
  #leave(wire) {
    for (const { id } of [...this.sessions.values()].filter((session) => session.wire === wire)) this.#destroy(wire, id);
  }

  /** @param {Session} session */
  #end(session) {
    this.sessions.delete(session.id);
    this.#tellOthers(session, { type: 'peer-left', peer: session.id, reason: 'left' });
  }

  /** @param {Session} session */
  #snapshot(session) {
    const others = this.#others(session);
    const peers = others.map(({ id }) => id);
    if (!this.hasIncarnations) return { peers };
    return { peers, incarnations: others.map(({ incarnation }) => incarnation), away: others.filter(({ isAway }) => isAway).map(({ id }) => id) };
  }

  /** @param {Session} session */
  #tellAway(session) {
    for (const other of this.#others(session)) if (other.isAway) this.#append(session, { type: 'peer-away', ...this.#named(other) });
  }

  /** @param {Session} session */
  #named({ id, incarnation }) {
    return this.hasIncarnations ? { peer: id, incarnation } : { peer: id };
  }

  /** @param {Session} session */
  #others(session) {
    return [...this.sessions.values()].filter((other) => other !== session && other.room === session.room);
  }

  /** @param {Session} session @param {Frame} message */
  #tellOthers(session, message) {
    for (const other of this.#others(session)) this.#append(other, message);
  }

  /** @param {Session} session @param {Frame} message */
  #append(session, message) {
    session.last += 1;
    const frame = { session_id: session.id, seq: session.last, ...message };
    session.mailbox.push(frame);
    session.wire?.push(frame);
  }

  /** @param {Session} session */
  #deliver(session) {
    for (const frame of session.mailbox) session.wire?.push(frame);
  }
}
