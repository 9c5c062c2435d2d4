import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api } from '../support/api.mjs';
import { chainTicks, fridayAfter, minuteAgo, openSymbol } from '../support/feed.mjs';
import { missingFiles } from '../support/places.mjs';
import { IS_ALL } from '../support/scenes.mjs';
import { feeding, recorded } from '../support/server.mjs';
import { AUGUST_2025, AUGUST_2026 } from '../support/stores.mjs';

test('commit_ticksOfAMinuteThatIsOver_areStored', async () => {
  const server = await feeding();
  try {
    const symbol = openSymbol();
    const expiry = fridayAfter(3);
    const time = minuteAgo(3);
    await server.feed().commit(chainTicks({ symbol, expiry, time, spot: 24_512, levels: 2 }));
    await server.feed().commit(chainTicks({ symbol, expiry, time: time + 30, spot: 24_516, levels: 2 }));
    const { chains: [chain] } = await api(server, '/fo/strike-distribution', { symbol, expiry });
    assert.equal(chain.bucket_time, time);
    assert.equal(chain.underlying, 24_516);
    assert.equal(chain.totals.call_oi, 5 * 100_000 + 20 * 2_500);
  } finally {
    await server.close();
  }
});

test('start_afterStop_hasItsPortAndData', async () => {
  const server = await feeding();
  try {
    const symbol = openSymbol();
    const expiry = fridayAfter(3);
    await server.feed().commit(chainTicks({ symbol, expiry, time: minuteAgo(3), spot: 24_512 }));
    const before = server.address;
    await server.stop();
    assert.equal(server.pid, null);
    await assert.rejects(api(server, '/health/live'));
    await server.start();
    assert.equal(server.address, before);
    assert.ok(await api(server, '/fo/strike-distribution', { symbol, expiry }));
  } finally {
    await server.close();
  }
});

const RECORDED = [
  { files: AUGUST_2026, source: 'quoted' },
  { files: AUGUST_2025, source: 'parity' },
];

for (const { files, source } of IS_ALL ? RECORDED : []) {
  test(`recorded_${files[0]}_isStored`, { skip: missingFiles(files) }, async () => {
    const server = await recorded(files);
    try {
      const { chains: [chain] } = await api(server, '/fo/strike-distribution', { symbol: 'NIFTY' });
      assert.equal(chain.underlying_source, source);
    } finally {
      await server.close();
    }
  });
}
