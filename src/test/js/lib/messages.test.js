/** That an application's own messages are checked: `npm run check` compiles this, and that is the test. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

/** @typedef {{ type: 'offer', sdp: string } | { type: 'ice-candidate', candidate: string, mid?: number } | { type: 'message', text: string }} Mine */
/** @typedef {import('../../../main/webapp/lib/tokenly.js').Client<Mine>} Client */
/** @typedef {import('../../../main/webapp/lib/tokenly.js').Peer<Mine>} Peer */

/** @type {(typeof import('../../../main/webapp/lib/tokenly.js'))['connect']} is compiled only */
const connect = () => assert.fail();

/** @param {Peer} peer */
export function sends(peer) {
  void peer.send({ type: 'offer', sdp: 'v=0' });
  void peer.send({ type: 'offer', to: 'bob', to_incarnation: 'i', sdp: 'v=0' });
  void peer.send({ type: 'ice-candidate', candidate: 'c', mid: 1 });
  // @ts-expect-error: a field is missing
  void peer.send({ type: 'offer' });
  // @ts-expect-error: its name has a typo
  void peer.send({ type: 'message', txet: 'hi' });
  // @ts-expect-error: a field too many, as where the one that may be absent has a typo
  void peer.send({ type: 'ice-candidate', candidate: 'c', midd: 1 });
  // @ts-expect-error: it has another type
  void peer.send({ type: 'message', text: 1 });
  // @ts-expect-error: there is no such message
  void peer.send({ type: 'answer', sdp: 'v=0' });
  // @ts-expect-error: nor is this an address
  void peer.send({ type: 'message', text: 'hi', to: 7 });
}

/** @param {Peer} peer */
export async function reads(peer) {
  peer.on('signal', (signal) => {
    if (signal.type === 'offer') return [signal.sdp.length, signal.from, signal.seq];
    // @ts-expect-error: that is a field of an offer
    return signal.sdp;
  });
  for await (const signal of peer) {
    if (signal.type === 'message') return signal.text.length;
    // @ts-expect-error: it is read-only
    signal.type = 'message';
  }
  return undefined;
}

export async function connects() {
  /** @type {Client} */
  const client = connect(async () => 'ws://localhost/rtc', { token: async () => 'jwt' });
  // @ts-expect-error: the function returns no text
  connect('ws://localhost/rtc', { token: () => 7 });
  const peer = await client.createPeer({ sessionId: 'a', roomId: 'r', on: { signal: ({ type, from }) => `${type} ${from}`, 'peer-left': ({ reason }) => reason } });
  sends(peer);
  // @ts-expect-error: there is no such event
  void client.createPeer({ sessionId: 'a', roomId: 'r', on: { singal: () => {} } });
}

/** Where an application says nothing of its messages. */
export async function anything() {
  const peer = await connect('ws://localhost/rtc').createPeer({ sessionId: 'a', roomId: 'r' });
  void peer.send({ type: 'message', whatever: [1, 2], to: 'b' });
  peer.on('signal', ({ type, ['whatever']: whatever }) => [type, whatever[0]]);
  // @ts-expect-error: but the type is one of four
  void peer.send({ type: 'shout' });
}

test('theMessagesOfAnApplicationAreChecked', () => assert.throws(() => connect('')));
