import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WRITING, compact, grouped, percent, significant } from '../../src/js/numbers.js';

const GROUPED = [
  [1234567, 'indian', 0, '12,34,567'],
  [1234567, 'international', 0, '1,234,567'],
  [-1234.5, 'indian', 2, '\u22121,234.50'],
  [0, 'indian', 0, '0'],
  [-0.0001, 'international', 2, '0.00'],
  [null, 'indian', 2, ''],
];
for (const [value, form, digits, text] of GROUPED) {
  test(`grouped_${value}${form}_is${text}`, () => assert.equal(grouped(value, form, digits), text));
}

const COMPACT = [
  [12345678, 'indian', '1.23 Cr'],
  [1310650, 'indian', '13.1 L'],
  [99999, 'indian', '99,999'],
  [-250000, 'indian', '\u22122.5 L'],
  [12345678, 'international', '12.3 M'],
  [4200000000, 'international', '4.2 B'],
  [0, 'international', '0'],
  [null, 'international', ''],
];
for (const [value, form, text] of COMPACT) {
  test(`compact_${value}${form}_is${text}`, () => assert.equal(compact(value, form), text));
}

test('percent_fraction_isInPercent', () => {
  assert.equal(percent(0.1473, 'indian'), '14.73%');
  assert.equal(percent(0, 'indian'), '0.00%');
  assert.equal(percent(null, 'indian'), '');
});

test('significant_small_keepsDigitsThatCount', () => {
  assert.equal(significant(0.00133265, 3), '0.00133');
  assert.equal(significant(0, 3), '0');
  assert.equal(significant(null, 3), '');
});

test('write_unknownAndZero_differForEveryMeasure', () => {
  for (const [measure, { full, short }] of Object.entries(WRITING)) {
    assert.equal(full(null, 'indian'), '', measure);
    assert.equal(short(null, 'indian', 1), '', measure);
    assert.match(full(0, 'indian'), /^0/, measure);
    assert.match(short(0, 'indian', 1), /^0/, measure);
  }
});

test('write_changeThatRose_hasAPlus', () => {
  assert.equal(WRITING.oi_change.full(12500, 'indian'), '+12,500');
  assert.equal(WRITING.oi_change.full(-12500, 'indian'), '\u221212,500');
});

test('write_axisWithSmallSteps_tellsLabelsApart', () => {
  const labels = [0.14472, 0.14474, 0.14476].map((value) => WRITING.iv.short(value, 'indian', 0.00002));
  assert.equal(new Set(labels).size, 3);
});
