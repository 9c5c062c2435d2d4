import assert from 'node:assert/strict';
import { test } from 'node:test';
import { query } from '../support/api.mjs';
import { valueOf } from '../support/dashboard.mjs';
import { chainTicks, fridayAfter, minuteAgo, openSymbol } from '../support/feed.mjs';

test('query_listAndNull_repeatsAndLeavesOut', () => {
  assert.equal(query({ expiry: ['NWeek+0', 'NMonth+0'], at: null, tf: '1min' }),
    '?expiry=NWeek%2B0&expiry=NMonth%2B0&tf=1min');
  assert.equal(query({}), '');
});

const VALUES = [['', null], ['0', 0], ['-0.5', -0.5], ['1e-7', 1e-7], ['2025-04-24', '2025-04-24'], [' ', ' ']];

for (const [raw, value] of VALUES) {
  test(`valueOf_${JSON.stringify(raw)}_is${value}`, () => assert.equal(valueOf(raw), value));
}

test('fridayAfter_anyDay_isTheNextFridayFromThere', () => {
  assert.equal(fridayAfter(0, Date.parse('2026-11-26T12:00:00Z')), '2026-11-27');
  assert.equal(fridayAfter(0, Date.parse('2026-11-27T12:00:00Z')), '2026-11-27');
  assert.equal(fridayAfter(1, Date.parse('2026-11-27T12:00:00Z')), '2026-12-04');
});

test('minuteAgo_anyTime_isTheStartOfAMinute', () => {
  assert.equal(minuteAgo(2, 600_059_999), 599_880);
});

test('openSymbol_nearMidnight_isOfTheOtherZone', () => {
  assert.equal(openSymbol(Date.parse('2026-11-24T18:35:00Z')), 'EVERUTC');
  assert.equal(openSymbol(Date.parse('2026-11-24T00:05:00Z')), 'EVER');
});

test('chainTicks_callAndPut_keepParity', () => {
  const ticks = chainTicks({ symbol: 'EVER', expiry: '2026-11-27', time: 1_795_550_000, spot: 24_512, levels: 1 });
  const [underlying, ...contracts] = ticks;
  assert.equal(underlying.price, 24_512);
  assert.deepEqual(contracts.map(({ strike }) => strike), [24_450, 24_450, 24_500, 24_500, 24_550, 24_550]);
  for (const strike of [24_450, 24_500, 24_550]) {
    const [call, put] = contracts.filter((one) => one.strike === strike);
    assert.ok(Math.abs(call.price - put.price - (24_512 - strike)) <= 0.1);
  }
});
