import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange, chainOf } from '../../src/js/chainstate.js';
import { FixedReferences, MovingReferences } from '../../src/js/oireferences.js';

const MINUTE = 60;
const strike = (call, put, time = 9 * MINUTE) => ({
  strike: 100, level: 0, call: call && { time, oi: call, oi_change: 1 }, put: put && { time, oi: put, oi_change: null },
});

/** A chain at the ninth minute of which the sixth has no bars. */
function answered() {
  return {
    bucket_time: 9 * MINUTE, oi_change_reference: { kind: 'minutes_back', time: 7 * MINUTE, source: 'bar' },
    strikes: [strike(90, 900)],
    oi_history: { time: [5, 7, 8, 9].map((n) => n * MINUTE), call: [[50, 70, 80, 90]], put: [[null, 700, 800, 900]] },
  };
}

function change(...buckets) {
  return {
    generation: 2, strike_gap: 50, known: [], gone: [],
    buckets: buckets.map(([minute, call, put]) => ({
      bucket_time: minute * MINUTE, whole: true, strikes: [{ strike: 100, level: 0, call: { oi: call }, put }],
    })),
  };
}

/** Applies a change, and answers whether the references must be asked for anew. */
function take(references, chain, ...buckets) {
  const one = change(...buckets);
  const before = chain.bucket_time;
  applyChange(chain, one);
  return references.take(one, before, chain);
}

test('moving_answeredMinute_isComparedWithTheNewestBarAtOrBefore', () => {
  for (const [back, time, call, put] of [[1, 8, 80, 800], [2, 7, 70, 700], [3, 5, 50, null], [4, 5, 50, null]]) {
    const references = new MovingReferences(answered(), back);
    assert.deepEqual(references.at(9 * MINUTE), { kind: 'minutes_back', time: time * MINUTE, source: 'bar' });
    assert.equal(references.of(100, 'call', 9 * MINUTE), call);
    assert.equal(references.of(100, 'put', 9 * MINUTE), put);
  }
});

test('moving_beforeTheFirstBar_hasNoReference', () => {
  const references = new MovingReferences(answered(), 5);
  assert.deepEqual(references.at(9 * MINUTE), { kind: 'minutes_back', time: null, source: 'none' });
  assert.equal(references.of(100, 'call', 9 * MINUTE), null);
  assert.equal(references.of(100, 'call', null), null);
});

test('moving_minuteTold_isComparedWithLater', () => {
  const chain = chainOf(answered());
  const references = new MovingReferences(answered(), 2);
  assert.equal(take(references, chain, [10, 95, { carried: true, oi: 900 }]), false);
  assert.equal(references.of(100, 'call', chain.bucket_time), 80);
  assert.equal(take(references, chain, [11, 99, { oi: 910 }]), false);
  assert.equal(references.of(100, 'call', chain.bucket_time), 90);
  assert.equal(take(references, chain, [12, 99, { oi: 920 }]), false);
  assert.equal(references.of(100, 'call', chain.bucket_time), 95);
  assert.equal(references.of(100, 'put', chain.bucket_time), 900, 'known before, and carried');
});

test('moving_runningMinuteCommitted_countsAsItWasCommitted', () => {
  const chain = chainOf(answered());
  const references = new MovingReferences(answered(), 1);
  take(references, chain, [9, 91, { oi: 901 }]);
  take(references, chain, [10, 95, { oi: 905 }]);
  assert.equal(references.of(100, 'call', chain.bucket_time), 91);
});

test('moving_twoMinutesAtOnce_areBothKept', () => {
  const chain = chainOf(answered());
  const references = new MovingReferences(answered(), 1);
  assert.equal(take(references, chain, [10, 95, { oi: 905 }], [11, 96, { oi: 906 }]), false);
  assert.equal(references.at(chain.bucket_time).time, 10 * MINUTE);
  assert.equal(references.of(100, 'call', chain.bucket_time), 95);
});

test('moving_earlierMinuteCorrected_isComparedWithAsItIsNow', () => {
  const chain = chainOf(answered());
  const references = new MovingReferences(answered(), 1);
  const corrected = change([8, 85, null]);
  corrected.buckets[0].whole = false;
  assert.equal(references.take(corrected, chain.bucket_time, chain), false);
  assert.equal(references.of(100, 'call', 9 * MINUTE), 85);
  assert.equal(references.of(100, 'put', 9 * MINUTE), 800, 'was not told again');
});

test('moving_gapFilled_isComparedWith', () => {
  const chain = chainOf(answered());
  const references = new MovingReferences(answered(), 3);
  assert.equal(take(references, chain, [6, 60, { oi: 600 }]), false);
  assert.equal(references.at(9 * MINUTE).time, 6 * MINUTE);
  assert.equal(references.of(100, 'put', 9 * MINUTE), 600);
});

test('moving_partOfAnUnknownMinuteBetween_mustBeAskedFor', () => {
  for (const [minute, isLost] of [[6, true], [4, false]]) {
    const chain = chainOf(answered());
    const one = change([minute, 60, { oi: 600 }]);
    one.buckets[0].whole = false;
    assert.equal(new MovingReferences(answered(), 2).take(one, chain.bucket_time, chain), isLost, `minute ${minute}`);
  }
});

test('moving_longAgo_isForgotten', () => {
  const chain = chainOf(answered());
  const references = new MovingReferences(answered(), 1);
  take(references, chain, [10, 95, { oi: 905 }]);
  const one = change([5, 51, null]);
  one.buckets[0].whole = false;
  assert.equal(references.take(one, chain.bucket_time, chain), false);
  assert.equal(references.at(9 * MINUTE).time, null, 'nothing before the newest reference is kept');
});

test('contractSeenSince_anyKind_isUnknown', () => {
  assert.equal(new MovingReferences(answered(), 1).of(150, 'call', 9 * MINUTE), undefined);
  assert.equal(new FixedReferences(answered(), false).of(150, 'call'), undefined);
});

test('fixed_changeOfAContract_isMeasuredFromItsReference', () => {
  const references = new FixedReferences(answered(), false);
  assert.equal(references.of(100, 'call'), 89);
  assert.equal(references.of(100, 'put'), null);
  assert.equal(references.at(11 * MINUTE).time, 7 * MINUTE);
});

test('sessionOpen_earlierMinuteChanged_mustBeAskedFor', () => {
  const opening = { ...answered(), oi_change_reference: { kind: 'session_open', time: 5 * MINUTE, source: 'bar' } };
  const references = new FixedReferences(opening, false);
  assert.equal(take(references, chainOf(opening), [8, 1, null]), true);
  assert.equal(take(references, chainOf(opening), [10, 1, null]), false);
  assert.equal(take(new FixedReferences(answered(), false), chainOf(answered()), [8, 1, null]), false, 'of minutes back that stand still');
});

test('sessionOpen_firstMinuteStillRuns_isUnknown', () => {
  const opening = { ...answered(), oi_change_reference: { kind: 'session_open', time: 5 * MINUTE, source: 'bar' }, strikes: [strike(90, 900)] };
  opening.strikes[0].call.oi_change = 0;
  assert.equal(new FixedReferences(opening, true).of(100, 'call'), undefined);
  assert.equal(new FixedReferences(opening, false).of(100, 'call'), 90);
});
