import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Backoff } from '../../../main/webapp/lib/backoff.js';
import { policyOf } from '../../../main/webapp/lib/policy.js';
import { WELCOME } from './fake-server.js';

const LOST = { code: 1006, reason: '' };

describe('the delay before an attempt', () => {
  it('isTheOneOfTheGuide', () => {
    const backoff = new Backoff(() => 0);
    const next = () => backoff.next(policyOf({ maxAttempts: 'announced' }, WELCOME), LOST);
    assert.deepEqual([1, 2, 3, 4, 5].map(next), [1000, 2000, 4000, 8000, 16_000].map((delay, k) => ({ attempt: k + 1, delay })));
    assert.equal(next(), undefined);
    backoff.reset();
    assert.deepEqual(next(), { attempt: 1, delay: 1000 });
  });

  it('staysTheLongestForAsLongAsTheApplicationDoesNotGiveUp', () => {
    const backoff = new Backoff(() => 0.5);
    const policy = policyOf({}, WELCOME);
    const delays = Array.from({ length: 100 }, () => backoff.next(policy, LOST)?.delay);
    assert.deepEqual([delays[4], delays[5], delays[99]], [14_400, 14_400, 14_400]);
  });

  it('goesOnFromItsPlaceAfterAShortSuccessThatDoesNotCount', () => {
    const backoff = new Backoff(() => 0);
    const policy = policyOf({ delays: [10, 20, 30], maxAttempts: 2 });
    const next = () => backoff.next(policy, LOST);
    assert.deepEqual(next(), { attempt: 1, delay: 10 });
    for (const delay of [20, 30, 30]) {
      backoff.succeeded();
      assert.deepEqual(next(), { attempt: 2, delay });
    }
    assert.deepEqual(next(), { attempt: 2, delay: 30 });
    assert.equal(next(), undefined, 'two that failed');
  });

  it('isShortenedByChanceWithinTheJitter', () => {
    const policy = { ...policyOf({}, WELCOME), jitter: 0.5 };
    const delays = [0, 0.5, 1].map((random) => new Backoff(() => random).next(policy, LOST)?.delay);
    assert.deepEqual(delays, [1000, 750, 500]);
  });

  it('isTheLastOneForAllFurtherAttempts', () => {
    const backoff = new Backoff(() => 0);
    const policy = policyOf({ delays: [10, 20], maxAttempts: 4 });
    assert.deepEqual([1, 2, 3, 4, 5].map(() => backoff.next(policy, LOST)?.delay), [10, 20, 20, 20, undefined]);
  });

  it('isWhatTheServerAsksFor', () => {
    const policy = policyOf({ delays: [10, 20, 30, 40] });
    for (const code of [1001, 1012, 1013, 4013]) {
      const backoff = new Backoff(() => 0);
      assert.equal(backoff.next(policy, { code, reason: 'retry_after_ms=7' })?.delay, 7);
      assert.equal(backoff.next(policy, { code, reason: 'retry_after_ms=8' })?.delay, 8);
      assert.equal(backoff.next(policy, { code, reason: 'the server stops' })?.delay, 30);
      assert.equal(backoff.next(policy, { code, reason: '' }, 9)?.delay, 9, 'as its drain said');
    }
    assert.equal(new Backoff(() => 0).next(policy, { code: 1006, reason: 'retry_after_ms=7' })?.delay, 10);
  });

  it('isNoneAfterAHeartbeatTimeoutButOnlyOnce', () => {
    const backoff = new Backoff(() => 0);
    const policy = policyOf({ delays: [10, 20] });
    assert.deepEqual([1, 2].map(() => backoff.next(policy, { code: 4008, reason: '' })?.delay), [0, 20]);
  });

  it('isNeverMoreThanATimerCanKeep', () => {
    assert.equal(new Backoff(() => 0).next(policyOf({ delays: [2 ** 40] }), LOST)?.delay, 2 ** 31 - 1);
  });
});

describe('the policy', () => {
  it('isTheOptionsElseTheServersElseTheDefaults', () => {
    assert.deepEqual(policyOf({}).delays, [1000, 2000, 4000, 8000, 16_000]);
    const welcome = { reconnect: { delays_ms: [5, 6], max_attempts: 3, jitter: 0.1, connect_timeout_ms: 7, reset_after_ms: 0 }, heartbeat: { interval_ms: 8, timeout_ms: 20 }, limits: { frame_bytes: 9 } };
    assert.deepEqual(policyOf({}, welcome), {
      delays: [5, 6], maxAttempts: Infinity, jitter: 0.1, connectTimeoutMillis: 7, resetAfterMillis: 0, heartbeat: { intervalMillis: 8, timeoutMillis: 12 }, frameBytes: 9, features: [],
    });
    const options = { delays: [1], jitter: 0, connectTimeoutMillis: 2, heartbeat: { intervalMillis: 3, timeoutMillis: 4 } };
    assert.deepEqual(policyOf(options, welcome), {
      delays: [1], maxAttempts: 1, jitter: 0, connectTimeoutMillis: 2, resetAfterMillis: 0, heartbeat: { intervalMillis: 3, timeoutMillis: 4 }, frameBytes: 9, features: [],
    });
  });

  it('hasAsManyAttemptsAsTheApplicationOrByItsWishTheServerSays', () => {
    const welcome = { reconnect: { max_attempts: 3 } };
    assert.deepEqual([policyOf({}).maxAttempts, policyOf({}, welcome).maxAttempts], [Infinity, Infinity]);
    assert.deepEqual([policyOf({ maxAttempts: 'announced' }).maxAttempts, policyOf({ maxAttempts: 'announced' }, welcome).maxAttempts], [5, 3]);
    assert.equal(policyOf({ maxAttempts: 0 }, welcome).maxAttempts, 0);
    assert.deepEqual([policyOf({ delays: [1, 2] }, welcome).maxAttempts, policyOf({ delays: [1, 2], maxAttempts: Infinity }).maxAttempts], [2, Infinity]);
  });

  it('survivesAWelcomeThatSaysNonsense', () => {
    assert.deepEqual(policyOf({}, { reconnect: { delays_ms: [], max_attempts: 'many', jitter: null }, heartbeat: {}, limits: { frame_bytes: -1 } }), policyOf({}));
  });
});
