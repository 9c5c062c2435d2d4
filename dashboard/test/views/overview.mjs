import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, endOf } from '../support/api.mjs';
import { assertRows, assertSeries } from '../support/compare.mjs';
import { open, panelStates, tableOf } from '../support/dashboard.mjs';
import { onEachScene } from '../support/scenes.mjs';

const MEASURES = ['iv', 'delta', 'gamma', 'theta', 'vega', 'rho', 'oi', 'pcr', 'pcr_volume', 'price', 'volume'];
const BY_STRIKE = ['oi', 'oi_change', 'iv', 'delta', 'gamma', 'theta', 'vega', 'price', 'volume'];
const RATIOS = new Set(['pcr', 'pcr_volume']);
const LEVELS = 2;
const SPAN = 10;

onEachScene('overview', (scene) => {
  for (const side of ['both', 'call', 'put']) {
    (side === 'both' ? test : scene.more)(`levels_of_${side}_equalTheApi`, () =>
      scene.browser.visit(scene.server, {}, async (page) => {
        const at = scene.at();
        await open(page, scene.server, 'overview', { symbol: scene.symbol, at, side, measure: MEASURES, levels: LEVELS });
        for (const measure of MEASURES) {
          const answer = await seriesOf(scene, measure, { at, side, tf: '1min' });
          assertSeries(await tableOf(page, `level-${measure}`), answer.time, linesOf(answer), at);
        }
      }));
  }

  scene.more('levels_ofRollUps_equalTheApi', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      for (const tf of ['5min', '15min']) {
        await open(page, scene.server, 'overview', { symbol: scene.symbol, day: await dayOf(scene), tf, measure: ['iv', 'oi'] });
        for (const measure of ['iv', 'oi']) {
          const answer = await seriesOf(scene, measure, { at: scene.at(), side: 'both', tf });
          assert.ok(answer.time.length > 0);
          const isRunning = scene.name === 'demo'; // its newest bucket moves on
          const until = isRunning ? answer.time.at(-2) ?? answer.time[0] - 1 : Infinity;
          const table = await tableOf(page, `level-${measure}`);
          table.rows = table.rows.filter(([time]) => time <= until);
          assertSeries(table, answer.time, linesOf(answer), until);
        }
      }
    }));

  test('underlying_throughTheSession_equalsTheApi', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      const at = scene.at();
      await open(page, scene.server, 'overview', { symbol: scene.symbol, at });
      const { series: [{ time, underlying, forward }] } = await api(scene.server, '/fo/expiry-metrics', {
        symbol: scene.symbol, expiry: 'NWeek+0', timeframe: '1min', ...await sessionOf(scene, at),
      });
      assertSeries(await tableOf(page, 'underlying'), time, { underlying, forward }, at);
    }));

  test('strikes_atAMinute_equalTheApi', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      const at = scene.at();
      await open(page, scene.server, 'overview', { symbol: scene.symbol, at, by_strike: BY_STRIKE, span: SPAN });
      const { chains: [{ strikes }] } = await api(scene.server, '/fo/strike-distribution', { symbol: scene.symbol, at: endOf(at) });
      const near = strikes.filter(({ level }) => Math.abs(level) <= SPAN);
      for (const measure of BY_STRIKE) {
        const rows = near.map(({ strike, call, put }) => [strike, call?.[measure] ?? null, put?.[measure] ?? null]);
        assertRows(await tableOf(page, `strike-${measure}`), ['calls', 'puts'], rows);
      }
    }));

  scene.more('expiries_two_areBothDrawn', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      const at = scene.at();
      const expiry = ['NWeek+0', 'NWeek+1'];
      await open(page, scene.server, 'overview', { symbol: scene.symbol, at, expiry, measure: 'iv', levels: 1, by_strike: 'iv' });
      const { time, series } = await api(scene.server, '/fo/moneyness-series', {
        symbol: scene.symbol, expiry, timeframe: '1min', indicator: 'iv', option_side: 'both', max_level: 1, ...await sessionOf(scene, at),
      });
      const lines = Object.fromEntries(series.map((one) => [`${one.expiry} ${levelName(one.level)}`, one.values]));
      assertSeries(await tableOf(page, 'level-iv'), time, lines, at);
      const { head } = await tableOf(page, 'strike-iv');
      assert.deepEqual(head.slice(1), ['NWeek+0 calls', 'NWeek+0 puts', 'NWeek+1 calls', 'NWeek+1 puts']);
    }));

  scene.more('panels_ofEveryMeasureThatTheServerHas_areAnswered', () =>
    scene.browser.visit(scene.server, {}, async (page, watch) => {
      const { indicators } = await api(scene.server, '/fo/indicators');
      const horizontal = indicators.filter((one) => one.orientation.includes('horizontal')).map(({ name }) => name);
      await open(page, scene.server, 'overview', { symbol: scene.symbol, measure: horizontal, by_strike: BY_STRIKE });
      const states = await panelStates(page);
      for (const name of horizontal) {
        assert.ok(['ready', 'empty'].includes(states[`level-${name}`]), `${name}: ${states[`level-${name}`]}`);
      }
      assert.deepEqual(watch.requests.filter(({ status }) => status >= 400).map(({ url }) => url), []);
    }));
});

/** The session that holds a minute. */
async function sessionOf(scene, at) {
  const { days } = await api(scene.server, '/fo/days', { symbol: scene.symbol });
  const { open: from, close: to } = days.find((day) => at >= day.open && at < day.close);
  return { from, to };
}

async function dayOf(scene) {
  const { days } = await api(scene.server, '/fo/days', { symbol: scene.symbol });
  return days.find((day) => scene.at() >= day.open && scene.at() < day.close).trading_day;
}

async function seriesOf(scene, indicator, { at, side, tf }) {
  return api(scene.server, '/fo/moneyness-series', {
    symbol: scene.symbol, expiry: 'NWeek+0', timeframe: tf, indicator,
    option_side: RATIOS.has(indicator) ? 'both' : side, max_level: LEVELS, ...await sessionOf(scene, at),
  });
}

function linesOf({ series }) {
  return Object.fromEntries(series.map(({ level, values }) => [levelName(level), values]));
}

function levelName(level) {
  return level === 0 ? 'ATM' : level > 0 ? `+${level}` : `\u2212${-level}`;
}
