import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api } from '../support/api.mjs';
import { assertSeries, eventually } from '../support/compare.mjs';
import { open, tableOf } from '../support/dashboard.mjs';
import { onEachScene } from '../support/scenes.mjs';
import { MAP_MEASURES } from '../../src/js/address.js';

const SPAN = 10;

onEachScene('map', (scene) => {
  for (const map of MAP_MEASURES) {
    for (const side of map === 'oi' ? ['both', 'call', 'put'] : ['both']) {
      const isCore = side === 'both' && ['oi', 'oi_change'].includes(map);
      (isCore ? test : scene.more)(`${map}_of_${side}_equalsTheApi`, () =>
        scene.browser.visit(scene.server, {}, async (page) => {
          const at = scene.at();
          const { days } = await api(scene.server, '/fo/days', { symbol: scene.symbol });
          const { open: from, close: to } = days.find((day) => at >= day.open && at < day.close);
          const { table, answer } = await eventually(async () => { // a minute that comes meanwhile may bring a strike near the money
            await open(page, scene.server, 'map', { symbol: scene.symbol, at, map, side, tf: '5min', span: SPAN, reference: 'session_open' });
            const told = await api(scene.server, '/fo/strike-map', {
              symbol: scene.symbol, timeframe: '5min', indicator: map, option_side: side, max_level: SPAN, from, to,
              oi_change: map === 'oi_change' ? 'session_open' : null,
            });
            const shown = await tableOf(page, 'map');
            assert.deepEqual(shown.head.slice(2), told.strikes.map(String));
            return { table: shown, answer: told };
          });
          const lines = Object.fromEntries(answer.strikes.map((strike, row) => [String(strike), answer.values[row]]));
          const newest = Math.floor((at + 60) / 300) * 300 - 300; // the last bucket that was over by then
          assertSeries(table, answer.time, { underlying: answer.underlying, ...lines }, newest);
        }));
    }
  }
});
