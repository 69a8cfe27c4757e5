/** What was processed of each sender. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Inbox } from '../../../main/webapp/lib/inbox.js';

const FROM_B = { type: 'message', seq: 1, from: 'b', source: { epoch: 'e', seq: 1 } };

describe('an inbox', () => {
  it('knowsASignalAgainInANewEpoch', () => {
    const inbox = new Inbox();
    inbox.advance(FROM_B);
    inbox.restart();
    inbox.keepOnly(new Set(['b']));
    assert.equal(inbox.judge(FROM_B), 'again');
  });

  it('forgetsTheSendersThatAreInTheRoomNoLonger', () => {
    const inbox = new Inbox();
    inbox.advance(FROM_B);
    inbox.restart();
    inbox.keepOnly(new Set(['c']));
    assert.equal(inbox.judge(FROM_B), 'new');
  });
});
