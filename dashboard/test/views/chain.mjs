import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, endOf } from '../support/api.mjs';
import { figure, figureText, open, panel, ready } from '../support/dashboard.mjs';
import { onEachScene } from '../support/scenes.mjs';

const FIGURES = [
  'underlying', 'forward', 'atm_strike', 'atm_iv', 'straddle', 'pcr', 'pcr_volume', 'max_pain', 'days_to_expiry',
];
const TOTALS = ['call_oi', 'put_oi', 'call_volume_day', 'put_volume_day', 'call_oi_change', 'put_oi_change'];
const COLUMNS = {
  few: ['oi', 'iv', 'price'],
  usual: ['oi', 'oi_change', 'volume_day', 'iv', 'delta', 'bid', 'ask', 'price'],
  greeks: ['oi', 'oi_change', 'volume_day', 'iv', 'delta', 'gamma', 'theta', 'vega', 'bid', 'ask', 'price'],
};

onEachScene('chain', (scene) => {
  for (const [columns, names] of Object.entries(COLUMNS)) {
    (columns === 'usual' ? test : scene.more)(`columns_${columns}_equalTheApi`, () =>
      scene.browser.visit(scene.server, {}, async (page) => {
        const at = scene.at();
        await open(page, scene.server, 'chain', { symbol: scene.symbol, at, columns });
        const { strikes } = await chainOf(scene, { at });
        const hasQuotes = strikes.some(({ call, put }) => [call?.bid, call?.ask, put?.bid, put?.ask].some((one) => one != null));
        const shown = names.filter((name) => hasQuotes || !['bid', 'ask'].includes(name));
        const rows = await chainRows(page);
        assert.deepEqual(rows.map(({ strike }) => strike), strikes.map(({ strike }) => strike));
        rows.forEach((row, i) => {
          assert.deepEqual(Object.keys(row.call), shown);
          for (const side of ['call', 'put']) {
            const expected = shown.map((name) => strikes[i][side]?.[name] ?? null);
            assert.deepEqual(shown.map((name) => row[side][name].value), expected, `${side} of ${row.strike}`);
          }
        });
      }));
  }

  test('figures_atAMinute_equalTheApi', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      const at = scene.at();
      await open(page, scene.server, 'chain', { symbol: scene.symbol, at });
      const chain = await chainOf(scene, { at });
      for (const name of FIGURES) {
        assert.equal(await figure(page, name), chain[name], name);
      }
      for (const name of TOTALS) {
        assert.equal(await figure(page, name), chain.totals[name], name);
      }
    }));

  for (const reference of ['session_open', 'minutes_back']) {
    scene.more(`oiChange_since_${reference}_equalsTheApi`, () =>
      scene.browser.visit(scene.server, {}, async (page) => {
        const at = scene.at();
        const back = reference === 'minutes_back' ? 15 : null;
        await open(page, scene.server, 'chain', { symbol: scene.symbol, at, reference, back });
        const { strikes, totals } = await chainOf(scene, { at, oi_change: reference, minutes_back: back });
        const rows = await chainRows(page);
        assert.deepEqual(
          rows.map(({ call, put }) => [call.oi_change.value, put.oi_change.value]),
          strikes.map(({ call, put }) => [call?.oi_change ?? null, put?.oi_change ?? null]),
        );
        assert.equal(await figure(page, 'call_oi_change'), totals.call_oi_change);
      }));
  }

  test('cell_unknownOrZero_isEmptyOrZero', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      await open(page, scene.server, 'chain', { symbol: scene.symbol, at: scene.at(), columns: 'greeks' });
      const cells = (await chainRows(page)).flatMap(({ call, put }) => [...Object.values(call), ...Object.values(put)]);
      for (const { value, text } of cells) {
        assert.equal(text === '', value === null, `${text} for ${value}`);
        assert.ok(value !== 0 || /^0/.test(text), `${text} for 0`);
      }
    }));

  scene.more('rows_opened_haveTheMoneyInSightAndWhatIsInItShaded', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      const at = scene.at();
      await open(page, scene.server, 'chain', { symbol: scene.symbol, at });
      const { atm_strike: money, underlying } = await chainOf(scene, { at });
      const rows = await chainRows(page);
      assert.deepEqual(rows.filter((row) => row.isAtMoney).map(({ strike }) => strike), [money]);
      const middle = await page.locator('tr.atm').evaluate((row) => {
        const [own, host] = [row.getBoundingClientRect(), row.closest('.chain-scroll').getBoundingClientRect()];
        return (own.top + own.bottom - host.top - host.bottom) / 2 / host.height;
      });
      assert.ok(Math.abs(middle) < 0.2, `the money is ${middle} of the height away from the middle`);
      for (const { strike, call, put } of rows) {
        assert.equal(call.oi.isInMoney, strike < underlying, `call of ${strike}`);
        assert.equal(put.oi.isInMoney, strike > underlying, `put of ${strike}`);
      }
    }));
});

onEachScene('chain at work', (scene) => {
  test('sort_byKeyboard_ordersRowsWithTheUnknownLast', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      await open(page, scene.server, 'chain', { symbol: scene.symbol, at: scene.at() });
      const head = page.locator('th[data-column="put_iv"]');
      for (const order of ['descending', 'ascending']) {
        await head.locator('button').focus();
        await page.keyboard.press('Enter');
        await page.locator(`th[data-column="put_iv"][aria-sort="${order}"]`).waitFor();
        await ready(page);
        const values = (await chainRows(page)).map(({ put }) => put.iv.value);
        const known = values.filter((value) => value !== null);
        const sorted = [...known].sort((a, b) => (order === 'ascending' ? a - b : b - a));
        assert.deepEqual(values, [...sorted, ...values.filter((value) => value === null)]);
        assert.equal(await page.locator('.chain-scroll').evaluate((one) => one.scrollTop), 0, 'the first row is in sight');
      }
      assert.match(page.url(), /sort=put_iv/);
    }));

  test('csv_saved_hasWhatIsShown', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      await open(page, scene.server, 'chain', { symbol: scene.symbol, at: scene.at(), columns: 'few' });
      const lines = (await saved(page, 'csv')).toString('utf8').trim().split('\r\n').map((line) => line.split(','));
      assert.deepEqual(lines[0], ['call_oi', 'call_iv', 'call_price', 'strike', 'put_price', 'put_iv', 'put_oi']);
      const rows = await chainRows(page);
      const written = (value) => (value === null ? '' : String(value));
      assert.deepEqual(lines.slice(1), rows.map(({ strike, call, put }) => [
        call.oi.value, call.iv.value, call.price.value, strike, put.price.value, put.iv.value, put.oi.value,
      ].map(written)));
    }));

  test('totals_large_areInLakhAndCroreUntilSwitched', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      await open(page, scene.server, 'chain', { symbol: scene.symbol, at: scene.at() });
      const value = await figure(page, 'call_oi');
      assert.ok(value >= 1e7);
      assert.match(await figureText(page, 'call_oi'), /^[\d.]+ Cr$/);
      await page.locator('summary', { hasText: 'Settings' }).click();
      await page.getByText('100,000', { exact: true }).click();
      await ready(page);
      assert.match(await figureText(page, 'call_oi'), /^[\d.]+ M$/);
      assert.equal(await figure(page, 'call_oi'), value);
    }));
}, ['august-2026']);

/** The chain of a minute, `at`. */
async function chainOf(scene, { at, ...parameters }) {
  const { chains } = await api(scene.server, '/fo/strike-distribution', { symbol: scene.symbol, at: endOf(at), ...parameters });
  return chains[0];
}

/** Rows of the table in their order: the strike, and for each side its cells by column. */
function chainRows(page) {
  return panel(page, 'chain').locator('tbody tr').evaluateAll((rows) => rows.map((row) => {
    const sides = { call: {}, put: {} };
    for (const cell of row.querySelectorAll('td[data-column]')) {
      const raw = cell.dataset.value;
      sides[cell.classList.contains('call') ? 'call' : 'put'][cell.dataset.column] = {
        value: raw === '' ? null : Number(raw), text: cell.innerText.trim(), isInMoney: cell.classList.contains('itm'),
      };
    }
    return { strike: Number(row.dataset.strike), isAtMoney: row.dataset.level === '0', ...sides };
  }));
}

async function saved(page, action) {
  const [download] = await Promise.all([
    page.waitForEvent('download'), panel(page, 'chain').locator(`[data-action="${action}"]`).click(),
  ]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
