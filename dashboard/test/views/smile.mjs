import { test } from 'node:test';
import { api, endOf } from '../support/api.mjs';
import { assertRows } from '../support/compare.mjs';
import { open, panel, tableOf } from '../support/dashboard.mjs';
import { onEachScene } from '../support/scenes.mjs';

onEachScene('smile', (scene) => {
  test('smile_ofBothSides_equalsTheApi', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      const at = scene.at();
      await open(page, scene.server, 'smile', { symbol: scene.symbol, at, span: 500 });
      const { strikes, forward } = await chainOf(scene, { at });
      assertRows(await tableOf(page, 'smile'), ['both', 'calls', 'puts'], strikes.map(({ strike, call, put }) =>
        [strike, together(call, put, strike >= forward), call?.iv ?? null, put?.iv ?? null]));
    }));

  for (const side of ['call', 'put']) {
    scene.more(`smile_of_${side}_equalsTheApi`, () =>
      scene.browser.visit(scene.server, {}, async (page) => {
        const at = scene.at();
        await open(page, scene.server, 'smile', { symbol: scene.symbol, at, side, span: 10 });
        const { strikes } = await chainOf(scene, { at });
        const near = strikes.filter(({ level }) => Math.abs(level) <= 10);
        assertRows(await tableOf(page, 'smile'), [`${side}s`], near.map((one) => [one.strike, one[side]?.iv ?? null]));
      }));
  }

  test('smile_againstAnotherMinute_hasBothAsTheApi', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      const at = scene.at();
      const then = at - 30 * 60;
      await open(page, scene.server, 'smile', { symbol: scene.symbol, at, side: 'call', span: 500, compare: 'at', compare_at: then });
      const { strikes } = await chainOf(scene, { at });
      const before = new Map((await chainOf(scene, { at: then })).strikes.map((one) => [one.strike, one.call?.iv ?? null]));
      assertRows(await tableOf(page, 'smile'), ['calls', 'pinned calls'], strikes.map(({ strike, call }) =>
        [strike, call?.iv ?? null, before.get(strike) ?? null]));
    }));

  test('term_atAMinute_equalsTheApi', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      const at = scene.at();
      await open(page, scene.server, 'smile', { symbol: scene.symbol, at });
      const day = new Date(at * 1000).toISOString().slice(0, 10); // the same date in the zones of these markets
      const { expiries } = await api(scene.server, '/fo/expiries', { symbol: scene.symbol, at: day });
      const { chains } = await api(scene.server, '/fo/strike-distribution', {
        symbol: scene.symbol, at: endOf(at), expiry: expiries.map(({ expiry }) => expiry), max_level: 0,
      });
      assertRows(await tableOf(page, 'term'), ['ATM IV'], chains
        .map(({ days_to_expiry: days, atm_iv: iv }) => [days, iv]).sort(([a], [b]) => a - b));
    }));
});

onEachScene('smile of the day before', (scene) => {
  test('compare_withPreviousClose_isChosenInTheView', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      await open(page, scene.server, 'smile', { symbol: scene.symbol, day: '2026-08-20', side: 'put', span: 500 });
      await page.getByLabel('Compare with').selectOption('previous_close');
      await panel(page, 'smile').getByText(/previous close: \d\d:\d\d IST of 19 Aug 2026/).waitFor();
      const { days } = await api(scene.server, '/fo/days', { symbol: scene.symbol });
      const [now, then] = await Promise.all(['2026-08-20', '2026-08-19'].map((date) =>
        chainOf(scene, { at: days.find((day) => day.trading_day === date).close - 60, expiry: '2026-08-25' })));
      const before = new Map(then.strikes.map((one) => [one.strike, one.put?.iv ?? null]));
      assertRows(await tableOf(page, 'smile'), ['puts', 'previous close puts'], now.strikes.map(({ strike, put }) =>
        [strike, put?.iv ?? null, before.get(strike) ?? null]));
    }));
}, ['august-2026']);

/** The chain of a minute, `at`. */
async function chainOf(scene, { at, ...parameters }) {
  const { chains } = await api(scene.server, '/fo/strike-distribution', { symbol: scene.symbol, at: endOf(at), ...parameters });
  return chains[0];
}

/** The IV of both sides: of the one out of the money, or the mean where a feed gave it. */
function together(call, put, isAbove) {
  const known = [call?.iv, put?.iv].filter((value) => value != null);
  const isFeed = [call, put].some((side) => side?.iv_source === 'feed');
  if (known.length === 2 && !isFeed) {
    return (isAbove ? call : put).iv;
  }
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
}
