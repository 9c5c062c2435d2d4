import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api } from '../support/api.mjs';
import { figure, holdAnswer, open, panel } from '../support/dashboard.mjs';
import { onEachScene } from '../support/scenes.mjs';

onEachScene('operations', (scene) => {
  test('panels_opened_sayWhatTheServerSays', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      const told = await holdAnswer(page, '/status');
      await open(page, scene.server, 'operations', { symbol: scene.symbol });
      const status = await told();
      assert.equal(await figure(page, 'state'), status.state);
      assert.deepEqual(await columnOf(page, 'feeds', 0), status.feeds.map((one) => `${one.name} (${one.provenance})`));
      assert.deepEqual(await columnOf(page, 'aggregates', 0), status.aggregates.map(({ name }) => name));
      assert.deepEqual(await columnOf(page, 'jobs', 0), status.jobs.map(({ name }) => name));
      assert.deepEqual(await columnOf(page, 'jobs', 1), status.jobs.map(({ state }) => state.replaceAll('_', ' ')));
      const store = await panel(page, 'store').innerText();
      assert.match(store, new RegExp(`${status.store.engine}, PostgreSQL ${status.store.server_version}`));
      for (const { symbol, newest_day: day } of status.symbols) {
        assert.match(store, new RegExp(`${symbol}.* to ${day}`));
      }
    }));
});

onEachScene('operations of a store at rest', (scene) => {
  test('rowsOfRollUps_opened_areThoseOfTheServer', () =>
    scene.browser.visit(scene.server, {}, async (page) => {
      await open(page, scene.server, 'operations', { symbol: scene.symbol, numbers: 'international' });
      const { aggregates } = await api(scene.server, '/status');
      const number = (value) => value.toLocaleString('en-US');
      assert.deepEqual(await columnOf(page, 'aggregates', 1), aggregates.map((one) => number(one.row_count)));
      const share = ({ rows_with_oi: with_, row_count: all }) => `${((with_ / all) * 100).toFixed(1)}%`;
      assert.deepEqual(await columnOf(page, 'aggregates', 2), aggregates.map(share));
    }));
}, ['august-2026']);

/** The texts of a column of a panel's table, from above. */
function columnOf(page, name, column) {
  return panel(page, name).locator(`tbody tr > :nth-child(${column + 1})`).evaluateAll((cells) => cells.map((one) => one.innerText.trim()));
}
