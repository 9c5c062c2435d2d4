import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BucketCells, applyChange, chainOf, withRunning } from '../../src/js/chainstate.js';

/** The messages that the contract of the stream works through, in their order. */
const MESSAGES = [...readFileSync(new URL('../../../contract/stream.md', import.meta.url), 'utf8').matchAll(/```json\n([\s\S]*?)```/g)]
  .map(([, text]) => JSON.parse(text));
const message = (type) => structuredClone(MESSAGES.find((one) => one.type === type));

function followed() {
  const chain = chainOf(message('snapshot').chains[0]);
  applyChange(chain, message('delta').chains[0]);
  return chain;
}

test('applyChange_newBucket_isTheChainsNow', () => {
  const chain = followed();
  assert.equal(chain.bucket_time, 1745553900);
  assert.equal(chain.call_oi, 157275);
  assert.equal(chain.pcr, 0.9971387696709585);
  assert.equal(chain.generation, 2);
});

test('applyChange_carriedCell_keepsWhatWasKnown', () => {
  const { strikes } = followed();
  assert.deepEqual(strikes.get(24450).call, { time: 1745553840, iv: 0.141, iv_source: 'feed', oi: 21425, iv_time: 1745553840, oi_time: 1745553840 });
  assert.deepEqual(strikes.get(24500).call, { time: 1745553900, iv: 0.14, iv_source: 'feed', oi: 31575, iv_time: 1745553900, oi_time: 1745553900 });
});

test('applyChange_earlierBucket_changesNoNewerValue', () => {
  const chain = followed();
  const late = { ...message('delta').chains[0], generation: 3 };
  late.buckets[0] = { ...late.buckets[0], bucket_time: 1745553840, underlying: 1, strikes: [{ strike: 24500, level: 9, call: { iv: 0.9, oi: 1 }, put: { iv: 0.8, oi: 2 } }] };
  applyChange(chain, late);
  assert.equal(chain.underlying, 24520);
  assert.equal(chain.strikes.get(24500).level, 0);
  assert.equal(chain.strikes.get(24500).call.oi, 31575);
  assert.equal(chain.strikes.get(24500).put.oi, 2); // of the same minute as what was known
});

test('applyChange_partNotTold_staysAsItWasWithItsTime', () => {
  const chain = followed();
  chain.strikes.get(24500).call.volume = 75;
  const next = message('delta').chains[0];
  next.buckets[0] = { ...next.buckets[0], bucket_time: 1745553960, strikes: [{ strike: 24500, level: 0, call: { tells: ['quote'], iv: null, oi: 31575, volume: null, volume_day: null, bid: 3, ask: null } }] };
  chain.strikes.get(24500).call.volume_day = 150;
  applyChange(chain, next);
  assert.deepEqual(chain.strikes.get(24500).call, {
    time: 1745553960, iv: 0.14, iv_source: 'feed', oi: 31575, iv_time: 1745553900, oi_time: 1745553900, volume: null, volume_day: 150, bid: 3, ask: null, quote_time: 1745553960,
  });
});

test('applyChange_partTold_isUnknownWhereTheBarHasNone', () => {
  const chain = followed();
  const next = message('delta').chains[0];
  next.buckets[0] = { ...next.buckets[0], bucket_time: 1745553960, strikes: [{ strike: 24500, level: 0, call: { tells: ['price', 'iv'], iv: null, price: 3, oi: 31575 } }] };
  applyChange(chain, next);
  assert.deepEqual(chain.strikes.get(24500).call, {
    time: 1745553960, iv: null, oi: 31575, price: 3, iv_time: 1745553960, price_time: 1745553960, oi_time: 1745553900,
  });
});

test('applyChange_goneAndKnown_areRemovedAndSet', () => {
  const chain = followed();
  applyChange(chain, { expiry: '2025-04-30', generation: 3, strike_gap: 50, buckets: [], gone: [24450], known: [{ strike: 24600, level: 2, call: null, put: { time: 1745553900, iv: 0.2, oi: 5 } }] });
  assert.deepEqual([...chain.strikes.keys()].sort(), [24500, 24550, 24600]);
});

test('withRunning_runningMinute_leavesWhatIsCommitted', () => {
  const chain = followed();
  const seen = withRunning(chain, message('provisional').chains[0]);
  assert.equal(seen.isProvisional, true);
  assert.equal(seen.underlying, 24510);
  assert.equal(seen.pcr, chain.pcr);
  assert.equal(seen.strikes.get(24500).call.oi, 31650);
  assert.equal(chain.strikes.get(24500).call.oi, 31575);
  assert.equal(chain.underlying, 24520);
});

test('take_bucketInParts_needsAWholeOneFirst', () => {
  const cells = new BucketCells();
  const part = { bucket_time: 60, whole: false, strikes: [{ strike: 1, level: 0, call: { oi: 2 } }] };
  assert.equal(cells.take('e', part), null);
  cells.take('e', { bucket_time: 60, whole: true, strikes: [{ strike: 1, level: 0, call: { oi: 1 }, put: { oi: 5 } }, { strike: 2, level: 1, call: null, put: null }] });
  assert.deepEqual(cells.take('e', part), [{ strike: 1, level: 0, call: { oi: 2 }, put: { oi: 5 } }, { strike: 2, level: 1, call: null, put: null }]);
});

test('take_manyBuckets_onlyTheNewestAreKept', () => {
  const cells = new BucketCells();
  for (let minute = 0; minute < 100; minute++) {
    cells.take('e', { bucket_time: 1745553840 + 60 * minute, whole: true, strikes: [] });
  }
  assert.equal(cells.take('e', { bucket_time: 1745553840, whole: false, strikes: [] }), null);
  assert.deepEqual(cells.take('e', { bucket_time: 1745553840 + 60 * 99, whole: false, strikes: [] }), []);
});
