import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { api } from '../support/api.mjs';
import { launch } from '../support/browser.mjs';
import { eventually } from '../support/compare.mjs';
import { figure, go, live, open, panel, panelStates, ready, tableOf } from '../support/dashboard.mjs';
import { chainTicks, fridayAfter, lastFridayAfter, minuteAgo, openSymbol } from '../support/feed.mjs';
import { feeding } from '../support/server.mjs';

const STOPPED_FOR = 3_000;
const NO_CONNECTION = /ERR_CONNECTION_REFUSED|WebSocket connection .* failed|net::ERR_/;

const MIDDLE = 24_500; // the same contracts throughout
const start = minuteAgo(0);
const symbol = openSymbol();
const near = fridayAfter(3);
const far = fridayAfter(10);
let server;
let browser;
let spot = 24_512;
let oi = 100_000;

/** Commits one minute of both expiries, so many minutes before the tests began. */
async function commit(minutes) {
  spot += 7;
  oi += 1_000;
  const time = start - 60 * minutes;
  await server.feed().commit([near, far].flatMap((expiry) => chainTicks({ symbol, expiry, time, spot, oi, middle: MIDDLE, levels: 6 })));
  return time;
}

before(async () => {
  server = await feeding();
  browser = await launch();
  for (const minutes of [22, 21, 20, 18, 17]) {
    await commit(minutes); // the 19th is left out
  }
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** Waits until something holds. */
async function until(condition, what) {
  const end = Date.now() + 10_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `not within 10 s: ${what}`);
    await pause(50);
  }
}

/** What a table through time has there; fails where it has no such row. */
function valueAt(table, time, column) {
  const row = table.rows.find((one) => one[0] === time);
  assert.ok(row, `${time} is one of the table's times`);
  return row[column];
}

test('minuteCommitted_pageOpen_isShownWithoutAsking', async () => {
  await browser.visit(server, {}, async (page, watch) => {
    await open(page, server, 'chain', { symbol });
    await live(page, 'live');
    await pause(500);
    const asked = Date.now();
    const before = await figure(page, 'call_oi', 'chain');
    await commit(16);
    const { chains: [chain] } = await api(server, '/fo/strike-distribution', { symbol });
    assert.notEqual(chain.totals.call_oi, before);
    await until(async () => (await figure(page, 'call_oi', 'chain')) === chain.totals.call_oi, 'the new open interest');
    for (const name of ['call_oi', 'put_oi', 'call_oi_change']) {
      assert.equal(await figure(page, name, 'chain'), chain.totals[name], name);
    }
    for (const name of ['pcr', 'pcr_volume', 'max_pain', 'atm_iv']) {
      assert.equal(await figure(page, name, 'chain'), chain[name], name);
    }
    assert.deepEqual(watch.askedSince(asked), [], 'requests while the stream is up');
  });
});

test('minutesCommitted_changeOfMinutesBack_movesWithoutAsking', async () => {
  await browser.visit(server, {}, async (page, watch) => {
    await open(page, server, 'chain', { symbol, reference: 'minutes_back', back: 1 });
    await live(page, 'live');
    await pause(500);
    const asked = Date.now();
    for (const minutes of [15, 14]) {
      const time = await commit(minutes);
      const { chains: [chain] } = await api(server, '/fo/strike-distribution', { symbol, oi_change: 'minutes_back', minutes_back: 1 });
      assert.equal(chain.oi_change_reference.time, time - 60);
      await until(async () => (await figure(page, 'call_oi', 'chain')) === chain.totals.call_oi, 'other open interest');
      for (const side of ['call', 'put']) {
        const wanted = chain.strikes.map((one) => one[side].oi_change);
        assert.ok(wanted.every((change) => change === 1_000));
        const cells = page.locator(`td.${side}[data-column="oi_change"]`);
        assert.deepEqual(await cells.evaluateAll((all) => all.map((one) => Number(one.dataset.value))), wanted);
        assert.equal(await figure(page, `${side}_oi_change`, 'chain'), chain.totals[`${side}_oi_change`]);
      }
    }
    await server.feed().commit(chainTicks({ symbol, expiry: near, time: start - 60 * 15 + 30, spot, oi: oi - 1_250, middle: MIDDLE, levels: 6 }));
    const { chains: [{ totals }] } = await api(server, '/fo/strike-distribution', { symbol, oi_change: 'minutes_back', minutes_back: 1 });
    assert.equal(totals.call_oi_change, 13 * 1_250, 'the minute that is compared with was corrected');
    await until(async () => (await figure(page, 'call_oi_change', 'chain')) === totals.call_oi_change, 'the change since the correction');
    assert.deepEqual(watch.askedSince(asked), [], 'requests while the stream is up');
  });
});

for (const tf of ['1min', '5min']) {
  test(`minutesCommitted_overviewAt${tf}_equalTheSeriesOfTheApi`, async () => {
    await browser.visit(server, {}, async (page, watch) => {
      const measures = ['iv', 'delta', 'oi', 'pcr', 'pcr_volume', 'price', 'volume'];
      const expiry = ['NWeek+0', 'NWeek+1'];
      await open(page, server, 'overview', { symbol, tf, expiry, measure: measures, levels: 2 });
      await live(page, 'live');
      await pause(500);
      const asked = Date.now();
      const first = tf === '1min' ? 13 : 9;
      for (const minutes of [first, first - 1]) {
        await commit(minutes);
      }
      const day = (await api(server, '/fo/days', { symbol })).days[0];
      for (const indicator of measures) {
        const answer = await api(server, '/fo/moneyness-series', {
          symbol, timeframe: tf, expiry, indicator, option_side: 'both', max_level: 2, from: day.open, to: day.close,
        });
        await eventually(async () => { // the table follows the chart after a pause
          const table = await tableOf(page, `level-${indicator}`);
          assert.equal(table.rows.length, (answer.time.at(-1) - answer.time[0]) / (tf === '1min' ? 60 : 300) + 1);
          for (const series of answer.series) {
            const name = `${series.expiry} ${series.level === 0 ? 'ATM' : series.level > 0 ? `+${series.level}` : `\u2212${-series.level}`}`;
            const column = table.head.indexOf(name);
            assert.ok(column > 0, `${name} is one of ${table.head}`);
            answer.time.forEach((time, i) => {
              const shown = valueAt(table, time, column);
              const wanted = series.values[i];
              const isSame = shown === wanted || Math.abs(shown - wanted) <= 1e-6 * Math.max(1, Math.abs(wanted)); // floats, added
              assert.ok(isSame, `${indicator} ${name} at ${time}: ${shown}, the API has ${wanted}`);
            });
          }
        });
      }
      assert.deepEqual(watch.askedSince(asked), [], 'requests while the stream is up');
    });
  });
}

test('labelsOfOneDate_minuteCommitted_areBothDrawn', async () => {
  await browser.visit(server, {}, async (page) => {
    const monthly = lastFridayAfter(3);
    await server.feed().commit(chainTicks({ symbol, expiry: monthly, time: start - 60 * 10, spot, oi, middle: MIDDLE, levels: 6 }));
    const { expiries } = await api(server, '/fo/expiries', { symbol });
    const { labels } = expiries.find((one) => one.labels.length > 1);
    await open(page, server, 'overview', { symbol, measure: 'oi', levels: 0, expiry: labels.slice(0, 2) });
    await live(page, 'live');
    await pause(500);
    const time = start - 60 * 7;
    await commit(7);
    if (![near, far].includes(monthly)) {
      await server.feed().commit(chainTicks({ symbol, expiry: monthly, time, spot, oi, middle: MIDDLE, levels: 6 }));
    }
    const wanted = await api(server, '/fo/moneyness-series', {
      symbol, expiry: monthly, timeframe: '1min', indicator: 'oi', max_level: 0, from: time, to: time + 60,
    });
    assert.ok(wanted.series[0].values[0] > 0);
    await eventually(async () => {
      assert.deepEqual((await tableOf(page, 'level-oi')).rows.at(-1), [time, wanted.series[0].values[0], wanted.series[0].values[0]]);
    });
    await go(page, 'chain', { symbol, expiry: labels[1] });
    const { chains: [chain] } = await api(server, '/fo/strike-distribution', { symbol, expiry: labels[1] });
    assert.equal(chain.expiry, monthly);
    assert.equal(await figure(page, 'call_oi', 'chain'), chain.totals.call_oi);
  });
});

test('contractFirstSeen_chainOpen_hasItsChangeOfOpenInterest', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'chain', { symbol, reference: 'session_open' });
    await live(page, 'live');
    await pause(500);
    await server.feed().commit(chainTicks({ symbol, expiry: near, time: start - 60 * 6, spot, oi, middle: MIDDLE, levels: 7 }));
    const strike = MIDDLE + 7 * 50;
    await page.locator(`tr[data-strike="${strike}"] td.call[data-column="oi_change"][data-value="0"]`).waitFor();
    const { chains: [chain] } = await api(server, '/fo/strike-distribution', { symbol, oi_change: 'session_open' });
    assert.equal(chain.strikes.find((one) => one.strike === strike).call.oi_change, 0);
    assert.equal(await figure(page, 'call_oi_change', 'chain'), chain.totals.call_oi_change);
  });
});

test('minuteLeftOut_overview_breaksTheLineAndSaysSo', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'overview', { symbol, measure: 'iv', levels: 0 });
    const table = await tableOf(page, 'level-iv');
    const gap = table.rows.find((row) => row[0] === start - 60 * 19);
    assert.equal(gap[1], null);
    assert.equal(table.texts[table.rows.indexOf(gap)][1], '');
    await page.locator('[data-word="gap"]').first().waitFor();
    await go(page, 'chain', { symbol });
    await page.locator('[data-word="gap"]').first().waitFor();
    const gapsAt = async (at) => {
      await open(page, server, 'chain', { symbol, at });
      return page.locator('[data-word="gap"]').count();
    };
    assert.equal(await gapsAt(start - 60 * 21), 1, 'from the opening to the first minute, and none that nobody knew of yet');
    assert.equal(await gapsAt(start - 60 * 18), 2);
  });
});

test('contractWithoutVolatility_chain_hasAnEmptyCellAndZeroIsZero', async () => {
  const time = start - 60 * 11;
  const ticks = chainTicks({ symbol, expiry: near, time, spot, oi, levels: 6 });
  const strike = Math.round(spot / 50) * 50 + 600;
  ticks.push({ symbol, expiry: near, strike, side: 'put', time, price: 0.05, oi: 0, volume_day: 0, underlying: spot });
  await server.feed().commit(ticks);
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'chain', { symbol, columns: 'greeks' });
    const { chains: [chain] } = await api(server, '/fo/strike-distribution', { symbol });
    const { put } = chain.strikes.find((one) => one.strike === strike);
    assert.equal(put.iv, null, 'the sample has a contract without implied volatility');
    const row = page.locator(`tr[data-strike="${strike}"]`);
    for (const column of ['iv', 'delta', 'gamma', 'theta', 'vega']) {
      const cell = row.locator(`td.put[data-column="${column}"]`);
      assert.equal(await cell.innerText(), '', column);
      assert.equal(await cell.getAttribute('data-value'), '', column);
    }
    assert.equal(await row.locator('td.put[data-column="oi"]').innerText(), '0');
    assert.equal(await row.locator('td.call[data-column="oi"]').innerText(), '');
  });
});

test('serverStops_pageOpen_saysSoAndRecoversWithoutAGap', async () => {
  await browser.visit(server, {}, async (page, watch) => {
    await open(page, server, 'overview', { symbol, measure: 'oi', levels: 1 });
    await live(page, 'live');
    await watch.expecting(NO_CONNECTION, async () => {
      await server.stop();
      await live(page, 'reconnecting');
      await page.locator('[data-word="reconnecting"]').waitFor();
      await pause(Number(process.env.STRIKEGRID_TEST_STOP_MS ?? STOPPED_FOR));
      assert.ok((await tableOf(page, 'level-oi')).rows.length > 0, 'what was known stays in sight');
      await server.start();
      await commit(5);
      await live(page, 'live');
    });
    await page.locator('[data-word="reconnecting"]').waitFor({ state: 'detached' });
    await commit(4);
    await until(async () => (await tableOf(page, 'underlying')).rows.at(-1)[0] === start - 60 * 4, 'the newest minute');
    await ready(page);
    const day = (await api(server, '/fo/days', { symbol })).days[0];
    const answer = await api(server, '/fo/moneyness-series', { symbol, timeframe: '1min', indicator: 'oi', max_level: 1, from: day.open, to: day.close });
    await eventually(async () => {
      const table = await tableOf(page, 'level-oi');
      for (const series of answer.series) {
        const column = table.head.indexOf({ '-1': '\u22121', 0: 'ATM', 1: '+1' }[series.level]);
        answer.time.forEach((time, i) => {
          assert.equal(valueAt(table, time, column), series.values[i], `level ${series.level} at ${time}`);
        });
      }
    });
  });
});

test('viewOpenedWhileTheServerStands_serverIsBack_isDrawn', async () => {
  await browser.visit(server, {}, async (page, watch) => {
    await open(page, server, 'chain', { symbol });
    await live(page, 'live');
    await watch.expecting(NO_CONNECTION, async () => {
      await server.stop();
      await live(page, 'reconnecting');
      await go(page, 'overview', { symbol, measure: 'iv', levels: 0 });
      assert.equal((await panelStates(page))['level-iv'], 'error');
      await server.start();
      await live(page, 'live');
      await page.locator('[data-panel="level-iv"][data-state="ready"]').waitFor();
      await page.locator('[data-panel="strike-oi"][data-state="ready"]').waitFor();
    });
  });
});

test('nothingChosenByLevel_minuteCommitted_underlyingMoves', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'overview', { symbol, measure: 'none' });
    await live(page, 'live');
    await pause(500);
    const time = await commit(3);
    await until(async () => (await tableOf(page, 'underlying')).rows.at(-1)[0] === time, 'the newest minute');
    assert.equal(await page.locator('[data-word="refused"]').count(), 0);
  });
});

test('feedIsSilent_pageOpen_saysStale', async () => {
  await browser.visit(server, {}, async (page) => {
    await page.clock.install();
    await open(page, server, 'chain', { symbol });
    await live(page, 'live');
    await page.clock.fastForward('05:00');
    await page.locator('[data-word="stale"]').waitFor();
    assert.ok(await panel(page, 'chain').isVisible());
  });
});

test('openInterestMap_minuteCommitted_growsWithoutAsking', async () => {
  await browser.visit(server, {}, async (page, watch) => {
    for (const map of ['oi', 'oi_change']) {
      await open(page, server, 'map', { symbol, map, reference: 'session_open' });
      await live(page, 'live');
      await pause(500);
      const asked = Date.now();
      const time = await commit(map === 'oi' ? 2 : 1);
      const parameters = { symbol, timeframe: '1min', indicator: map, max_level: 15, oi_change: map === 'oi' ? null : 'session_open' };
      const day = (await api(server, '/fo/days', { symbol })).days[0];
      const answer = await api(server, '/fo/strike-map', { ...parameters, from: day.open, to: day.close });
      assert.ok(answer.time.includes(time));
      await eventually(async () => {
        const table = await tableOf(page, 'map');
        answer.strikes.forEach((strike, row) => {
          const column = table.head.indexOf(String(strike));
          answer.time.forEach((at, i) => assert.equal(valueAt(table, at, column), answer.values[row][i], `${strike} at ${at}`));
        });
      });
      assert.deepEqual(watch.askedSince(asked), [], 'requests while the stream is up');
    }
  });
});

test('firstMinuteOfADay_pageOpen_beginsAnew', async () => {
  await browser.visit(server, {}, async (page, watch) => {
    const own = `${symbol}B`;
    const before = minuteAgo(0) - 86_400;
    const bar = (minute, strike) => ({
      bucket_time: before - 60 * minute, symbol: own, expiry: near, strike, underlying_close: 24_500,
      call_close: 60, put_close: 60, call_oi_last: 700 + minute, put_oi_last: 900, call_iv_avg: 0.5, call_iv_count: 1,
    });
    await server.feed().store([3, 2, 1].flatMap((minute) => [24_450, 24_500, 24_550].map((strike) => bar(minute, strike))));
    await open(page, server, 'overview', { symbol: own, measure: ['oi', 'iv'], levels: 1 });
    await live(page, 'live');
    await page.locator('[data-word="stale"]', { hasText: "no data of today's session" }).waitFor();
    const [first] = (await api(server, '/fo/days', { symbol: own })).days;
    const chain = (minutes) => chainTicks({ symbol: own, expiry: near, time: minuteAgo(minutes) + 59, spot: 24_500, levels: 3 });
    for (const minutes of [2, 1]) {
      await server.feed().commit(chain(minutes));
    }
    const days = await api(server, '/fo/days', { symbol: own });
    assert.notEqual(days.days[0].trading_day, first.trading_day);
    const answer = await api(server, '/fo/expiry-metrics', { symbol: own, timeframe: '1min', from: days.days[0].open, to: days.days[0].close });
    await until(async () => (await tableOf(page, 'underlying')).rows.at(-1)[0] === answer.series[0].time.at(-1), 'the minutes of the new day');
    await ready(page);
    const table = await tableOf(page, 'underlying');
    assert.equal(table.rows[0][0], answer.series[0].time[0], 'nothing of the day before');
    await page.locator('[data-word="stale"]').waitFor({ state: 'detached' });
    await pause(1_000);
    const settled = Date.now();
    await pause(2_000);
    assert.deepEqual(watch.askedSince(settled), [], 'requests after the new day has begun');
    await go(page, 'chain', { symbol: own });
    const { chains: [own1] } = await api(server, '/fo/strike-distribution', { symbol: own });
    assert.equal(await figure(page, 'call_oi', 'chain'), own1.totals.call_oi);
  });
});
