import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, endOf } from '../support/api.mjs';
import { PHONE, WIDE, axe, screenshot } from '../support/browser.mjs';
import { open, overflow, panelStates, tabStops } from '../support/dashboard.mjs';
import { IS_ALL, onEachScene } from '../support/scenes.mjs';

const VIEWS = {
  overview: {},
  'overview-levels': { view: 'overview', levels: 5, measure: ['iv', 'delta', 'oi', 'volume'], expiry: ['NWeek+0', 'NWeek+1'], by_strike: ['oi', 'gamma', 'theta'] },
  chain: {},
  'chain-greeks': { view: 'chain', columns: 'greeks' },
  smile: { compare: 'session_open', expiry: ['NWeek+0', 'NWeek+1'] },
  map: { map: 'oi_change', reference: 'session_open' },
  strike: { view: 'chain' },
  operations: {},
};
const LOOKS = [
  { theme: 'light', size: WIDE },
  { theme: 'dark', size: PHONE },
  ...(IS_ALL ? [{ theme: 'dark', size: WIDE }, { theme: 'light', size: PHONE }] : []),
];

onEachScene('looks', (scene) => {
  for (const [name, { view = name, ...parameters }] of Object.entries(VIEWS)) {
    scene.more(`${name}_lightAndDarkWideAndNarrow_isWholeAndAccessible`, async () => {
      const at = scene.name === 'demo' ? null : scene.at();
      const strike = name === 'strike' ? await moneyOf(scene, at) : {};
      for (const { theme, size } of LOOKS) {
        const look = `${name} ${theme} ${size.width}`;
        await scene.browser.visit(scene.server, { theme, size }, async (page) => {
          await open(page, scene.server, view, { symbol: scene.symbol, at, ...parameters, ...strike });
          const states = Object.entries(await panelStates(page));
          assert.ok(states.length > 0, look);
          assert.deepEqual(states.filter(([, state]) => state === 'loading' || state === 'error'), [], look);
          assert.deepEqual(await overflow(page), [], look);
          assert.deepEqual(await cutTexts(page), [], look);
          await screenshot(page, `${scene.name}-${name}`, { isWhole: name !== 'strike' });
          assert.deepEqual(await axe(page), [], look);
        });
      }
    });
  }
}, IS_ALL ? undefined : ['demo']);

onEachScene('keyboard', (scene) => {
  for (const view of ['overview', 'chain', 'smile', 'map', 'operations']) {
    test(`${view}_tabulatorKey_reachesEveryControlAndIsSeen`, () =>
      scene.browser.visit(scene.server, {}, async (page) => {
        await open(page, scene.server, view, { symbol: scene.symbol });
        const stops = await tabStops(page);
        const unseen = stops.filter((stop) => !stop.hasMark || (!stop.isVisible && stop.tag !== 'input'));
        assert.deepEqual(unseen, [], 'the keyboard is somewhere that cannot be seen');
        assert.deepEqual(stops.filter((stop) => stop.name === '' && stop.tag === 'button'), [], 'a button has no name');
        const wanted = await page.evaluate(() =>
          [...document.querySelectorAll('button, a[href], select, .plot')]
            .filter((one) => one.checkVisibility({ visibilityProperty: true })).length);
        const reached = stops.filter((stop) => ['button', 'a', 'select', 'div'].includes(stop.tag)).length;
        assert.ok(reached >= wanted - 1, `${reached} of ${wanted} controls`);
      }));
  }
}, ['demo']);

async function moneyOf(scene, at) {
  const { chains: [chain] } = await api(scene.server, '/fo/strike-distribution', { symbol: scene.symbol, at: endOf(at) });
  return { strike: chain.atm_strike, strike_expiry: chain.expiry };
}

/** Texts of controls and figures that do not fit into their boxes. */
function cutTexts(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, .segments label, dt, dd, h2, .word, .chain th, .chain td, .legend li')]
      .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow !== 'visible')
      .map((one) => `${one.tagName} ${one.textContent.slice(0, 40)}: ${one.scrollWidth} of ${one.clientWidth}`)
      .slice(0, 10));
}
