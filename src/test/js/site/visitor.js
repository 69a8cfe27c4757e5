/**
 * What a page of an application does with the library, and what it sees; it runs in the page or in a worker. The library comes from
 * the server that `server` in our address names, which is of another origin than the page.
 */

/** @typedef {import('../../../main/webapp/lib/tokenly.js').Client} Client */
/** @typedef {import('../../../main/webapp/lib/tokenly.js').Peer} Peer */

const server = String(new URL(import.meta.url).searchParams.get('server'));
/** @type {typeof import('../../../main/webapp/lib/tokenly.js')} */
const { connect } = await import(`${server}/lib/tokenly.js`);

const PEER_EVENTS = /** @type {const} */ (['peer-joined', 'peer-away', 'peer-back', 'peer-restarted', 'peer-left', 'undeliverable', 'resumed', 'reset', 'taken-over', 'ended']);

/** One client with one session, and all that it is told. */
export class Visit {
  /** @type {string[]} */
  states = [];
  /** Of the newest peer, by name, and what it carried. @type {[string, any][]} */
  events = [];
  /** What the others said. @type {string[]} */
  texts = [];
  /** Of the frames that were sent. @type {string[]} */
  types = [];
  /** Of the signals that the server has. @type {number[]} */
  acked = [];
  /** @type {string[]} */
  failures = [];
  /** @type {Client} */
  client;
  /** @type {Promise<Peer>} */
  joined;

  /** @param {string} sessionId @param {string} roomId @param {string} [origin] of the server, or of a proxy before it */
  constructor(sessionId, roomId, origin = server) {
    this.client = connect(`${origin.replace('http', 'ws')}/rtc`);
    this.client.on('state', ({ state }) => this.states.push(state));
    this.client.on('sent', ({ frame }) => this.types.push(frame['type']));
    this.joined = this.join(sessionId, roomId);
  }

  /** @param {string} sessionId @param {string} roomId @returns {Promise<Peer>} */
  join(sessionId, roomId) {
    /** @type {[string, any][]} */
    const events = (this.events = []); // of this peer alone: who left while the one before it was there may have come before this one
    this.joined = this.client.createPeer({ sessionId, roomId, on: { signal: ({ text }) => this.texts.push(text) } });
    this.joined.then((peer) => PEER_EVENTS.forEach((name) => peer.on(name, (event) => events.push([name, event]))), () => {});
    return this.joined;
  }

  /** @param {string[]} texts for all others in the room */
  async say(...texts) {
    const peer = await this.joined;
    for (const text of texts) peer.send({ type: 'message', text }).then(({ seq }) => this.acked.push(seq), ({ code }) => this.failures.push(code));
  }
}

/** The newest one of this page. @type {Visit | undefined} */
export let visit;

/** @param {string} sessionId @param {string} roomId @param {string} [origin] */
export async function join(sessionId, roomId, origin) {
  visit = new Visit(sessionId, roomId, origin);
  await visit.joined;
}

/** What the newest one has seen so far. */
export function seen() {
  const { states, events, texts, types, acked, failures } = /** @type {Visit} */ (visit);
  return { states, events, texts, types, acked, failures };
}

/** A status of the server, as a page of another origin reads it. @returns {Promise<any>} */
export const status = async () => (await fetch(`${server}/status`)).json();

/** How a component of a page takes a name, and gives it up, in every order in which a framework may call it: each ends with the name taken. @type {Record<string, (name: string, room: string) => Promise<Visit>>} */
export const ORDERS = {
  async mountsTwiceAtOnce(name, room) {
    void new Visit(name, room).client.close();
    return new Visit(name, room);
  },
  async unmountsBeforeItsPeerIsMade(name, room) {
    const first = new Visit(name, room);
    await new Promise((resolve) => first.client.on('sent', resolve));
    void first.client.close();
    return new Visit(name, room);
  },
  async mountsWithoutWaitingForTheEnd(name, room) {
    const first = new Visit(name, room);
    await first.joined;
    void first.client.close();
    return new Visit(name, room);
  },
  async mountsAfterTheEnd(name, room) {
    const first = new Visit(name, room);
    await first.joined;
    await first.client.close();
    return new Visit(name, room);
  },
  async mountsBeforeItUnmounts(name, room) {
    const first = new Visit(name, room);
    await first.joined;
    const second = new Visit(name, room);
    void first.client.close();
    return second;
  },
  async unmountsTheFirstAtLast(name, room) {
    const first = new Visit(name, room);
    await first.joined;
    const second = new Visit(name, room);
    await second.joined;
    await first.client.close();
    return second;
  },
  async destroysItsPeerAndMakesItAgain(name, room) {
    const visit = new Visit(name, room);
    const peer = await visit.joined;
    void peer.destroy();
    void visit.join(name, room);
    return visit;
  },
};

/** All orders, one after the other; between them the component is unmounted without waiting. The last one stays. @param {string} name @param {string} room @returns {Promise<string[]>} those that did not get the name */
export async function mountAndUnmount(name, room) {
  const failed = [];
  for (const [order, act] of Object.entries(ORDERS)) {
    void visit?.client.close();
    visit = await act(name, room);
    const code = await Promise.race([visit.joined.then(() => '', (error) => error.code), new Promise((resolve) => setTimeout(resolve, 5000, 'it takes too long'))]);
    if (code) failed.push(`${order}: ${code}`);
  }
  return failed;
}
