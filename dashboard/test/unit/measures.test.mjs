import assert from 'node:assert/strict';
import { test } from 'node:test';
import { both, foldLevels, streamFields } from '../../src/js/measures.js';

const BOTH = [
  ['oi', 5, 7, 12], ['oi', null, 7, 7], ['oi', null, null, null], ['oi', 0, null, 0],
  ['delta', 0.6, -0.4, 0.2], ['delta', 0.6, null, null], ['price', 100, 90, 190],
  ['iv', 0.2, 0.1, 0.15], ['iv', 0.2, null, 0.2], ['iv', null, null, null],
];
for (const [measure, call, put, value] of BOTH) {
  test(`both_${measure}Of${call}And${put}_is${value}`, () => {
    const found = both(measure, call, put);
    assert.ok(found === value || Math.abs(found - value) < 1e-12, `${found}`);
  });
}

const CELLS = [
  { level: 0, call: { iv: 0.2, oi: 10 }, put: { iv: 0.3, oi: 20 } },
  { level: 0, call: { iv: 0.4, oi: 30 }, put: { iv: null, oi: null } },
  { level: 1, call: { iv: null, oi: 0 }, put: null },
  { level: null, call: { iv: 0.9, oi: 99 }, put: null },
];

test('foldLevels_severalStrikes_sumAndMean', () => {
  assert.equal(foldLevels('oi', 'both', CELLS).get(0), 60);
  assert.ok(Math.abs(foldLevels('iv', 'both', CELLS).get(0) - 0.325) < 1e-12);
  assert.ok(Math.abs(foldLevels('iv', 'call', CELLS).get(0) - 0.3) < 1e-12);
});

test('foldLevels_zeroAndUnknown_differ', () => {
  assert.equal(foldLevels('oi', 'call', CELLS).get(1), 0);
  assert.equal(foldLevels('iv', 'call', CELLS).has(1), false);
  assert.equal(foldLevels('oi', 'put', CELLS).has(1), false);
});

test('foldLevels_ratio_isOfSums', () => {
  assert.equal(foldLevels('pcr', 'both', CELLS).get(0), 0.5);
  assert.equal(foldLevels('pcr', 'both', CELLS).has(1), false);
});

test('streamFields_ratios_needTheirParts', () => {
  assert.deepEqual(streamFields(['iv', 'pcr', 'oi', 'pcr_volume']), ['iv', 'oi', 'volume_day']);
});
