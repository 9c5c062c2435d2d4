import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, endOf } from '../support/api.mjs';
import { assertSeries } from '../support/compare.mjs';
import { figure, open, ready, tableOf } from '../support/dashboard.mjs';
import { onEachScene } from '../support/scenes.mjs';

const MEASURES = { price: 'close', iv: 'iv', oi: 'oi', volume: 'volume', delta: 'delta', gamma: 'gamma', theta: 'theta', vega: 'vega' };

onEachScene('strike', (scene) => {
  test('history_ofTheMoney_equalsTheApi', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      const at = scene.at();
      const { strike, expiry } = await money(scene, at);
      await open(page, scene.server, 'chain', { symbol: scene.symbol, at, strike, strike_expiry: expiry, tf: '1min' });
      const answer = await historyOf(scene, at, strike, expiry);
      for (const [measure, field] of Object.entries(MEASURES)) {
        const lines = { calls: answer.call[field], puts: answer.put[field] };
        assertSeries(await tableOf(page, `history-${measure}`), answer.time, lines, at);
      }
    }));

  scene.more('figures_atAMinute_areTheLastKnownOnes', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      const at = scene.at();
      const { strike, expiry } = await money(scene, at);
      await open(page, scene.server, 'chain', { symbol: scene.symbol, at, strike, strike_expiry: expiry, tf: '1min' });
      const answer = await historyOf(scene, at, strike, expiry);
      const end = answer.time.findLastIndex((time) => time <= at) + 1;
      for (const side of ['call', 'put']) {
        for (const measure of ['price', 'iv', 'oi']) {
          const last = answer[side][MEASURES[measure]].slice(0, end).findLast((value) => value !== null) ?? null;
          assert.equal(await figure(page, `strike_${side}_${measure}`), last, `${side} ${measure}`);
        }
      }
    }));
});

onEachScene('strike opened from a view', (scene) => {
  test('row_ofTheChain_opensItAndEscapeClosesIt', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      const at = scene.at();
      const { strike } = await money(scene, at);
      await open(page, scene.server, 'chain', { symbol: scene.symbol, at });
      const button = page.locator(`tr[data-strike="${strike}"] button`);
      await button.focus();
      await page.keyboard.press('Enter');
      await page.locator('.strike-panel').waitFor();
      await ready(page);
      assert.match(page.url(), new RegExp(`strike=${strike}(&|$)`));
      await page.keyboard.press('Escape');
      await page.locator('.strike-panel').waitFor({ state: 'detached' });
      assert.doesNotMatch(page.url(), /strike=/);
      assert.ok(await button.evaluate((one) => one === document.activeElement), 'the keyboard is not where it was');
    }));

  for (const [view, name] of [['overview', 'strike-oi'], ['smile', 'smile'], ['overview', 'level-iv']]) {
    test(`click_into_${name}_opensAStrike`, () =>
      scene.browser.visit(scene.server, {}, async (page) => {
        await open(page, scene.server, view, { symbol: scene.symbol, at: scene.at() });
        const plot = page.locator(`[data-panel="${name}"] .plot`);
        await plot.scrollIntoViewIfNeeded();
        const { width, height } = await plot.boundingBox();
        const x = name === 'level-iv' ? await pixelOfAt(page, scene) : width / 2;
        await plot.click({ position: { x, y: height / 2 } });
        await page.locator('.strike-panel').waitFor();
        await ready(page);
        assert.match(page.url(), /strike=\d+/);
      }));
  }
}, ['august-2026']);

/** Where the last minute shown stands, from the left of a plot through the session. */
async function pixelOfAt(page, scene) {
  const { days } = await api(scene.server, '/fo/days', { symbol: scene.symbol });
  const day = days.find((one) => scene.at() >= one.open && scene.at() < one.close);
  const { width } = await page.locator('[data-panel="level-iv"] .plot').boundingBox();
  const [left, right] = [62, 14];
  return left + ((scene.at() + 30 - day.open) / (day.close - day.open)) * (width - left - right);
}

async function money(scene, at) {
  const { chains: [{ atm_strike: strike, expiry }] } = await api(scene.server, '/fo/strike-distribution', { symbol: scene.symbol, at: endOf(at) });
  return { strike, expiry };
}

async function historyOf(scene, at, strike, expiry) {
  const { days } = await api(scene.server, '/fo/days', { symbol: scene.symbol });
  const { open: from, close: to } = days.find((day) => at >= day.open && at < day.close);
  return api(scene.server, '/fo/strike-history', { symbol: scene.symbol, expiry, strike, timeframe: '1min', from, to });
}
