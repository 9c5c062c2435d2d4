import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAddress, parseAddress, usualState } from '../../src/js/address.js';

test('parse_nothing_isTheUsualState', () => {
  assert.deepEqual(parseAddress(''), { state: usualState(), problems: [] });
  assert.equal(formatAddress(usualState()), '#/overview');
});

test('parse_whatWasFormatted_isTheSameState', () => {
  const state = {
    ...usualState(), view: 'smile', symbol: 'BANKNIFTY', expiry: ['NWeek+0', '2025-04-24'], tf: '15min', side: 'put',
    levels: 5, measure: ['oi', 'pcr_volume'], by_strike: ['vega'], span: 25, reference: 'minutes_back', back: 15,
    day: '2025-04-22', at: 1745296200, map: 'iv', compare: 'at', compare_at: 1745293500, sort: 'put_oi',
    order: 'descending', columns: 'greeks', strike: 24512.5, strike_expiry: 'NMonth+1', strike_days: 5, numbers: 'indian',
  };
  const address = formatAddress(state);
  assert.match(address, /expiry=NWeek%2B0&expiry=2025-04-24/);
  assert.deepEqual(parseAddress(address), { state, problems: [] });
});

test('format_nothingChosen_isKept', () => {
  const state = { ...usualState(), measure: [], by_strike: [] };
  const address = formatAddress(state);
  assert.equal(address, '#/overview?measure=none&by_strike=none');
  assert.deepEqual(parseAddress(address), { state, problems: [] });
});

for (const symbol of ['^NSEI', 'M&M', 'NIFTY 50', 'X'.repeat(64)]) {
  test(`parse_symbol${symbol}_isTaken`, () => {
    const address = formatAddress({ ...usualState(), symbol });
    assert.equal(parseAddress(address).state.symbol, symbol);
  });
}

const BAD = [
  ['#/chain?tf=2min', 'tf must be one of 1min, 5min, 15min; have 2min'],
  ['#/chain?expiry=soon', 'expiry must be a date such as 2025-04-24, or a label such as NWeek+0; have soon'],
  [`#/chain?symbol=${'X'.repeat(65)}`, `symbol must be a symbol of up to 64 characters; have ${'X'.repeat(65)}`],
  ['#/chain?expiry=none', 'expiry must be a date such as 2025-04-24, or a label such as NWeek+0; have none'],
  ['#/chain?levels=11', 'levels must be a whole number, 0 to 10; have 11'],
  ['#/chain?strike=-5', 'strike must be 0.000001 to 1000000000; have -5'],
  ['#/chart', 'the view must be one of overview, chain, smile, map, operations; have chart'],
];
for (const [address, problem] of BAD) {
  test(`parse_${address}_namesMemberValueAndWhatIsAllowed`, () => {
    const { state, problems } = parseAddress(address);
    assert.deepEqual(problems, [problem]);
    assert.equal(state.tf, '1min');
    assert.deepEqual(state.expiry, ['NWeek+0']);
  });
}

test('parse_unknownMember_isToldAndTheOthersAreKept', () => {
  const { state, problems } = parseAddress('#/chain?colour=red&symbol=NIFTY50');
  assert.equal(state.symbol, 'NIFTY50');
  assert.match(problems[0], /^there is no colour; the address may have symbol, expiry/);
  assert.match(parseAddress('#/chain?toString=1').problems[0], /^there is no toString/);
});

test('parse_everyExpiryThatIsRepeated_isKept', () => {
  const { state } = parseAddress('#/overview?expiry=NWeek%2B1&expiry=NMonth%2B0&expiry=NWeek%2B1');
  assert.deepEqual(state.expiry, ['NWeek+1', 'NMonth+0']);
});
