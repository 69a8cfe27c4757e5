import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TokenlyError } from '../../../main/webapp/lib/errors.js';
import { Outbox } from '../../../main/webapp/lib/outbox.js';
import { outcomeOf } from './scene.js';

const LIMIT = 65_536;

/** @param {unknown} n */
const frame = (n) => ({ type: 'message', session_id: 's', n });

/** @param {Outbox} outbox @returns {[number, unknown][]} the numbers and contents of what is to be sent now */
const take = (outbox) => [...outbox.take()].map(({ seq, n }) => [Number(seq), n]);

/** @param {string} code */
const withCode = (code) => (/** @type {unknown} */ error) => error instanceof TokenlyError && error.code === code;

describe('the outbox', () => {
  it('keepsEachSignalUntilItIsConfirmed', async () => {
    const outbox = new Outbox();
    const receipts = ['x', 'y', 'z'].map((n) => outbox.add(frame(n), LIMIT));
    assert.deepEqual(take(outbox), [[1, 'x'], [2, 'y'], [3, 'z']]);
    assert.deepEqual(take(outbox), []);
    assert.equal(outbox.confirm(2), true);
    assert.equal(outbox.confirm(2), false);
    assert.deepEqual(await Promise.all(receipts.map(outcomeOf)), [{ seq: 1 }, { seq: 2 }, 'pending']);
    outbox.rewind();
    assert.deepEqual(take(outbox), [[3, 'z']]);
    assert.deepEqual([outbox.size, outbox.sent], [1, 3]);
  });

  it('takesNoConfirmationOfWhatWasNeverSent', () => {
    const outbox = new Outbox();
    void outbox.add(frame('x'), LIMIT);
    assert.equal(outbox.confirm(1), false);
    assert.deepEqual(take(outbox), [[1, 'x']]);
  });

  it('isBoundedInMessagesAndBytes', () => {
    const few = new Outbox({ messages: 2 });
    void few.add(frame(1), LIMIT);
    void few.add(frame(2), LIMIT);
    assert.throws(() => few.add(frame(3), LIMIT), withCode('outbox-full'));
    take(few);
    few.confirm(1);
    void few.add(frame(3), LIMIT);

    const bytes = JSON.stringify({ type: 'message', session_id: 's', seq: 1, n: 'é' }).length + 1;
    const small = new Outbox({ bytes: 2 * bytes });
    void small.add(frame('é'), LIMIT);
    void small.add(frame('é'), LIMIT);
    assert.throws(() => small.add(frame('é'), LIMIT), withCode('outbox-full'));
    assert.throws(() => new Outbox({ bytes: bytes - 1 }).add(frame('é'), LIMIT), withCode('outbox-full'));
  });

  it('refusesAFrameOverTheLimitOfTheServer', () => {
    const outbox = new Outbox();
    const empty = JSON.stringify({ type: 'message', session_id: 's', seq: 1, n: '' }).length;
    assert.throws(() => outbox.add(frame('x'.repeat(100 - empty + 1)), 100), withCode('frame-too-large'));
    void outbox.add(frame('x'.repeat(100 - empty)), 100);
    assert.equal(outbox.size, 1);
  });

  it('closesUpWhenWhatWasNeverSentIsAborted', async () => {
    const outbox = new Outbox();
    const abort = new AbortController();
    void outbox.add(frame('x'), LIMIT);
    const aborted = outbox.add(frame('y'), LIMIT, abort.signal);
    void outbox.add(frame('z'), LIMIT);
    abort.abort();
    assert.equal(await outcomeOf(aborted), 'aborted');
    assert.deepEqual(take(outbox), [[1, 'x'], [2, 'z']]);
  });

  it('keepsTheNumberOfWhatIsAbortedAfterItWasSent', async () => {
    const outbox = new Outbox();
    const abort = new AbortController();
    const aborted = outbox.add(frame('x'), LIMIT, abort.signal);
    void outbox.add(frame('y'), LIMIT);
    take(outbox);
    abort.abort();
    assert.equal(await outcomeOf(aborted), 'aborted');
    outbox.rewind();
    assert.deepEqual(take(outbox), [[1, 'x'], [2, 'y']]);
  });

  it('hasNoMoreBytesUnderWayThanFitsASlowLinkButAlwaysOneSignal', () => {
    const outbox = new Outbox();
    for (const size of [30_000, 30_000, 30_000, 65_000, 65_000]) outbox.add(frame('x'.repeat(size)), LIMIT).catch(({ code }) => assert.equal(code, 'session-reset'));
    const numbers = () => take(outbox).map(([seq]) => seq);
    assert.deepEqual(numbers(), [1, 2]);
    outbox.confirm(1);
    assert.deepEqual(numbers(), [3]);
    outbox.rewind();
    assert.deepEqual(numbers(), [2, 3]);
    outbox.confirm(3);
    assert.deepEqual(numbers(), [4]);
    assert.deepEqual(numbers(), []);
    outbox.rewind();
    outbox.confirm(4);
    assert.deepEqual(numbers(), [5]);
    outbox.restart(new TokenlyError('session-reset'));
    void outbox.add(frame('x'.repeat(60_000)), LIMIT);
    assert.deepEqual(numbers(), [1]);
  });

  it('takesOutWhatIsTooLargeForAServerThatHasNoneOfIt', async () => {
    const outbox = new Outbox();
    const [, large] = ['x', 'y'.repeat(200), 'z'].map((n) => outbox.add(frame(n), LIMIT));
    take(outbox);
    outbox.confirm(0);
    outbox.rewind(100);
    assert.equal(await outcomeOf(/** @type {Promise<unknown>} */ (large)), 'frame-too-large');
    assert.deepEqual(take(outbox), [[1, 'x'], [2, 'z']]);
  });

  it('givesNoNumberTwiceOfWhatWasForsakenUntilTheServerTells', async () => {
    for (const [has, next] of [[0, 1], [1, 2], [2, 3], [9, 3]]) {
      const outbox = new Outbox();
      const receipts = ['x', 'y', 'z'].map((n) => outbox.add(frame(n), LIMIT));
      const sending = outbox.take();
      sending.next(), sending.next();
      outbox.forsake(new TokenlyError('gave-up'));
      assert.deepEqual(await Promise.all(receipts.map(outcomeOf)), ['gave-up', 'gave-up', 'gave-up']);
      assert.deepEqual([outbox.size, outbox.sent, outbox.acked], [0, 2, 0]);
      void outbox.add(frame('new'), LIMIT);
      outbox.settle(Number(has));
      assert.deepEqual(take(outbox), [[next, 'new']]);
    }
  });

  it('startsAnewAndTellsWhatIsLost', async () => {
    const outbox = new Outbox();
    const lost = outbox.add(frame('x'), LIMIT);
    take(outbox);
    outbox.restart(new TokenlyError('session-reset'));
    assert.equal(await outcomeOf(lost), 'session-reset');
    void outbox.add(frame('y'), LIMIT);
    assert.equal(outbox.sent, 0);
    assert.deepEqual(take(outbox), [[1, 'y']]);
  });
});
