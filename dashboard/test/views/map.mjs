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
        scene.browser.visit(scene.server, {}, (page) => eventually(async () => { // a new minute may bring a strike near the money
          const at = scene.at();
          await open(page, scene.server, 'map', { symbol: scene.symbol, at, map, side, tf: '5min', span: SPAN, reference: 'session_open' });
          const { days } = await api(scene.server, '/fo/days', { symbol: scene.symbol });
          const { open: from, close: to } = days.find((day) => at >= day.open && at < day.close);
          const answer = await api(scene.server, '/fo/strike-map', {
            symbol: scene.symbol, timeframe: '5min', indicator: map, option_side: side, max_level: SPAN, from, to,
            oi_change: map === 'oi_change' ? 'session_open' : null,
          });
          const lines = Object.fromEntries(answer.strikes.map((strike, row) => [String(strike), answer.values[row]]));
          const table = await tableOf(page, 'map');
          assert.deepEqual(table.head.slice(2), answer.strikes.map(String));
          const newest = Math.floor((at + 60) / 300) * 300 - 300; // the last bucket that was over by then
          assertSeries(table, answer.time, { underlying: answer.underlying, ...lines }, newest);
        })));
    }
  }
});
