import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Inbox } from '../../../main/webapp/lib/inbox.js';

/** @param {number} seq @param {number} sourceSeq @param {string} [epoch] @param {string} [from] */
const signal = (seq, sourceSeq, epoch = 'e', from = 'a') => ({ type: 'message', seq, from, source: { epoch, seq: sourceSeq } });

/** It comes and is processed. @param {Inbox} inbox @param {ReturnType<typeof signal>} message @returns {boolean} whether it is passed on */
function process(inbox, message) {
  assert.equal(inbox.judge(message), 'next');
  inbox.take(message);
  inbox.hold(message, false);
  return inbox.release() !== undefined;
}

describe('an inbox', () => {
  it('takesEachNumberOnceAndNoneBeforeItsTurn', () => {
    const inbox = new Inbox();
    assert.equal(process(inbox, signal(1, 1)), true);
    assert.equal(inbox.judge(signal(1, 1)), 'old');
    assert.equal(inbox.judge(signal(3, 3)), 'gap');
    assert.equal(inbox.judge({ type: 'peer-away', seq: 2, peer: 'a' }), 'next');
    assert.equal(inbox.received, 1);
  });

  it('countsAsProcessedOnlyWhatIsBeforeTheFirstThatItHolds', () => {
    const inbox = new Inbox();
    for (const seq of [1, 2, 3]) inbox.take({ type: 'message', seq });
    assert.deepEqual([inbox.received, inbox.taken], [3, 3]);
    inbox.hold(signal(2, 1), true);
    inbox.hold(signal(3, 2), false);
    assert.deepEqual([inbox.received, inbox.taken], [1, 3]);
    assert.deepEqual([inbox.release()?.isReplayed, inbox.received], [true, 2]);
    assert.deepEqual([inbox.release()?.isReplayed, inbox.received], [false, 3]);
    assert.equal(inbox.release(), undefined);
  });

  it('knowsASignalAgainAfterItsOwnReset', () => {
    const inbox = new Inbox();
    process(inbox, signal(1, 7));
    inbox.restart();
    assert.equal(process(inbox, signal(1, 7)), false);
    assert.equal(process(inbox, signal(2, 8)), true);
    assert.equal(process(inbox, signal(3, 7)), false);
    assert.equal(process(inbox, signal(4, 7, 'e', 'b')), true, 'the numbers of another sender say nothing');
    assert.equal(process(inbox, signal(5, 1, 'later')), true, 'nor do those of another epoch');
    assert.equal(inbox.received, 5);
  });

  it('doesNotKnowAgainWhatItHeldAndDropped', () => {
    const inbox = new Inbox();
    inbox.take(signal(1, 7));
    inbox.hold(signal(1, 7), false);
    inbox.restart();
    assert.equal(process(inbox, signal(1, 7)), true);
  });

  it('forgetsTheSendersThatAreInTheRoomNoLonger', () => {
    const inbox = new Inbox();
    process(inbox, signal(1, 7));
    process(inbox, signal(2, 7, 'e', 'b'));
    inbox.take({ type: 'peer-left', seq: 3, peer: 'a' });
    assert.equal(process(inbox, signal(4, 7)), true);
    inbox.restart();
    inbox.keepOnly(new Set(['a']));
    assert.equal(process(inbox, signal(1, 7)), false);
    assert.equal(process(inbox, signal(2, 7, 'e', 'b')), true);
  });
});
