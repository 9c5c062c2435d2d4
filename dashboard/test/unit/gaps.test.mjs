import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gaps } from '../../src/js/gaps.js';

const known = (gaps) => gaps.all.map(({ from, to }) => [from, to]);

test('note_nextBucket_isNoGap', () => {
  const gaps = new Gaps();
  assert.equal(gaps.note(600, 60), false); // nothing is known of what was before
  gaps.note(660, 60);
  gaps.note(660, 60);
  assert.deepEqual(known(gaps), []);
});

test('note_bucketsLeftOut_areAGap', () => {
  const gaps = new Gaps();
  gaps.take([{ from: 60, to: 120 }], 600);
  assert.equal(gaps.note(780, 60), false);
  assert.deepEqual(known(gaps), [[60, 120], [660, 780]]);
});

test('note_nextBucketAfterSilence_fillsNoGap', () => {
  const gaps = new Gaps();
  gaps.take([{ from: 60, to: 120 }, { from: 660, to: 900 }], 600);
  assert.equal(gaps.note(660, 60), false);
  assert.deepEqual(known(gaps), [[60, 120]]);
  gaps.note(780, 60);
  assert.deepEqual(known(gaps), [[60, 120], [720, 780]]);
});

test('note_lateBucketInAGap_isToldAndMakesNoOther', () => {
  const gaps = new Gaps();
  gaps.take([{ from: 60, to: 180 }], 600);
  assert.equal(gaps.note(120, 60), true);
  assert.equal(gaps.note(660, 60), false);
  assert.deepEqual(known(gaps), [[60, 180]]);
});

test('reach_laterBucket_isNoGap', () => {
  const gaps = new Gaps();
  gaps.take([], 600);
  gaps.reach(900);
  gaps.note(960, 60);
  assert.deepEqual(known(gaps), []);
});
