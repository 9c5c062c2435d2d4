import assert from 'node:assert/strict';
import { test } from 'node:test';
import { both, foldLevels, streamFields } from '../../src/js/measures.js';

const BOTH = [
  ['oi', 5, 7, 12], ['oi', null, 7, 7], ['oi', null, null, null], ['oi', 0, null, 0],
  ['delta', 0.6, -0.4, 0.2], ['delta', 0.6, null, null], ['price', 100, 90, 190],
  ['iv', 0.2, null, 0.2], ['iv', null, 0.1, 0.1], ['iv', null, null, null],
];
for (const [measure, call, put, value] of BOTH) {
  test(`both_${measure}Of${call}And${put}_is${value}`, () => {
    const found = both(measure, { strike: 100, call: { [measure]: call }, put: { [measure]: put } }, 101);
    assert.ok(found === value || Math.abs(found - value) < 1e-12, `${found}`);
  });
}

const SIDES = [
  ['theForward', { strike: 100 }, 100, 0.2], ['aStrikeAbove', { strike: 110 }, 100, 0.2], ['aStrikeBelow', { strike: 90 }, 100, 0.1],
  ['noForward', { strike: 90 }, null, 0.15], ['anIvOfAFeed', { strike: 90, iv_source: 'feed' }, 100, 0.15],
];
for (const [name, { strike, iv_source: source }, forward, value] of SIDES) {
  test(`both_ivAt_${name}_isOfTheSideOutOfTheMoneyElseTheMean`, () => {
    const found = both('iv', { strike, call: { iv: 0.2, iv_source: source }, put: { iv: 0.1 } }, forward);
    assert.ok(Math.abs(found - value) < 1e-12, `${found}`);
  });
}

test('both_gammaOfASideWithoutIv_isOfTheOther', () => {
  assert.equal(both('gamma', { strike: 110, call: { iv: null, gamma: 1 }, put: { iv: 0.2, gamma: 2 } }, 100), 2);
});

const CELLS = [
  { level: 0, call: { iv: 0.2, oi: 10 }, put: { iv: 0.3, oi: 20 } },
  { level: 0, call: { iv: 0.4, oi: 30 }, put: { iv: null, oi: null } },
  { level: 1, call: { iv: null, oi: 0 }, put: null },
  { level: null, call: { iv: 0.9, oi: 99 }, put: null },
];

test('foldLevels_severalStrikes_sumAndMean', () => {
  assert.equal(foldLevels('oi', 'both', CELLS, null).get(0), 60);
  assert.ok(Math.abs(foldLevels('iv', 'both', CELLS, null).get(0) - 0.325) < 1e-12);
  assert.ok(Math.abs(foldLevels('iv', 'call', CELLS, null).get(0) - 0.3) < 1e-12);
});

test('foldLevels_zeroAndUnknown_differ', () => {
  assert.equal(foldLevels('oi', 'call', CELLS, null).get(1), 0);
  assert.equal(foldLevels('iv', 'call', CELLS, null).has(1), false);
  assert.equal(foldLevels('oi', 'put', CELLS, null).has(1), false);
});

test('foldLevels_ratio_isOfSums', () => {
  assert.equal(foldLevels('pcr', 'both', CELLS, null).get(0), 0.5);
  assert.equal(foldLevels('pcr', 'both', CELLS, null).has(1), false);
});

test('streamFields_ratios_needTheirParts', () => {
  assert.deepEqual(streamFields(['iv', 'pcr', 'oi', 'pcr_volume']), ['iv', 'oi', 'volume_day']);
  assert.deepEqual(streamFields(['gamma', 'price']), ['gamma', 'iv', 'price']);
});
