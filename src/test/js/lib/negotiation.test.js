/** The turns of offers and answers, over a connection that keeps its state alone. What WebRTC makes of them is tested in a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Negotiation } from '../../../main/webapp/lib/call/negotiation.js';

/** As much of an RTCPeerConnection as a negotiation asks for. */
class Connection {
  signalingState = 'stable';
  /** @type {any} */
  localDescription = null;
  /** @type {any} */
  remoteDescription = null;
  /** @type {any[]} */
  candidates = [];
  restarts = 0;
  /** @type {any} */
  onnegotiationneeded;
  /** @type {any} */
  onicecandidate;

  async setLocalDescription() {
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.localDescription = { type, sdp: `our ${type}` };
    this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
  }

  /** @param {any} description */
  async setRemoteDescription(description) {
    this.remoteDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
  }

  /** @param {any} candidate */
  async addIceCandidate(candidate) {
    if (candidate?.candidate === 'bad') throw new TypeError('no such candidate');
    this.candidates.push(candidate);
  }

  restartIce() {
    this.restarts++;
  }
}

/** @param {boolean} isLeader */
function begin(isLeader) {
  const connection = new Connection();
  /** @type {any[]} */
  const said = [];
  /** @type {any[]} */
  const errors = [];
  const negotiation = new Negotiation(/** @type {any} */ (connection), isLeader, (signal) => said.push(signal), (error) => errors.push(error));
  return { connection, negotiation, said, errors, types: () => said.splice(0).map(({ type, turn }) => turn ?? type) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('theLeaderIgnoresTheCandidatesOfAnOfferThatItDidNotTakeAndNoneAfterTheNextAnswer', async () => {
  const { connection, negotiation } = begin(true);
  connection.onnegotiationneeded();
  await settled();
  await negotiation.take({ type: 'offer', sdp: 'theirs', offer: 1 });
  await negotiation.take({ type: 'ice-candidate', candidate: { candidate: 'of the offer that was not taken' } });
  assert.deepEqual(connection.candidates, []);
  await negotiation.take({ type: 'answer', sdp: 'theirs', offer: 1 });
  await negotiation.take({ type: 'ice-candidate', candidate: { candidate: 'of the answer' } });
  assert.deepEqual(connection.candidates, [{ candidate: 'of the answer' }]);
});

test('aBadCandidateBeforeTheOfferStopsNoAnswer', async () => {
  const { connection, negotiation, errors, types } = begin(false);
  for (const candidate of ['good', 'bad', 'another']) await negotiation.take({ type: 'ice-candidate', candidate: { candidate } });
  await negotiation.take({ type: 'offer', sdp: 'theirs', offer: 1 });
  assert.deepEqual(types(), ['answer']);
  assert.deepEqual(connection.candidates.map(({ candidate }) => candidate), ['good', 'another']);
  assert.equal(errors.length, 1);
});

test('anotherNetworkInTheMiddleOfAnOfferRestartsIceAndSaysTheOfferAgain', async () => {
  const { connection, negotiation, types } = begin(true);
  connection.onnegotiationneeded();
  await settled();
  assert.equal(negotiation.isSettled, false);
  negotiation.restart();
  assert.deepEqual([connection.restarts, types()], [1, ['offer', 'offer']]);
  await negotiation.take({ type: 'answer', sdp: 'theirs', offer: 1 });
  assert.equal(negotiation.isSettled, true);
});

test('theFollowerAsksForTheTurnOnceAndOffersWhenItHasIt', async () => {
  const { connection, negotiation, types } = begin(false);
  connection.onnegotiationneeded(); // the leader's first offer comes by itself
  await negotiation.take({ type: 'offer', sdp: 'theirs', offer: 1 });
  connection.onnegotiationneeded();
  connection.onnegotiationneeded();
  assert.deepEqual([types(), negotiation.isSettled], [['answer', 'please'], false]);
  negotiation.renew();
  await negotiation.take({ type: 'message', turn: 'yours' });
  await negotiation.take({ type: 'message', turn: 'yours' });
  assert.deepEqual(types(), ['please', 'offer', 'offer']);
});
