/** What the tests of the views are run on: the demo and two kinds of recorded days. */
import { after, before, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { minuteAgo } from './feed.mjs';
import { missingFiles } from './places.mjs';
import { demo, recorded } from './server.mjs';
import { AUGUST_2025, AUGUST_2026 } from './stores.mjs';

/**
 * `at` is a minute that is over and in the middle of data; `hasQuotes` and the like say what the data
 * does not have.
 */
const ALL_SCENES = [
  { name: 'demo', symbol: 'DEMO', skip: false, start: demo, at: () => minuteAgo(7) },
  {
    name: 'august-2026', isSlow: true, symbol: 'NIFTY50', skip: missingFiles(AUGUST_2026),
    start: () => recorded(AUGUST_2026), at: () => Date.parse('2026-08-19T12:30:00+05:30') / 1000,
  },
  {
    name: 'august-2025', isSlow: true, symbol: 'NIFTY50', skip: missingFiles(AUGUST_2025),
    start: () => recorded(AUGUST_2025), at: () => Date.parse('2025-08-29T12:30:00+05:30') / 1000,
  },
];

/** Whether what is slow runs too. */
export const IS_ALL = process.env.STRIKEGRID_TEST_ALL === '1';

const SCENES = IS_ALL ? ALL_SCENES : ALL_SCENES.filter(({ isSlow }) => !isSlow);

/**
 * A test that runs on the demo, and on recorded days only where all is asked for: what it looks at is
 * much the same there.
 */
function more(scene) {
  return IS_ALL || scene === 'demo' ? test : () => {};
}

const suites = [];

/**
 * Has the same tests run on each of them, or on those that are named.
 *
 * @param {(scene: {name: string, symbol: string, at: () => number, more: function,
 *     server: object, browser: object}) => void}
 *     define the tests; the server and the browser are there once they run
 */
export function onEachScene(what, define, names = SCENES.map(({ name }) => name)) {
  suites.push({ what, define, names });
}

/** Runs all that was to be run, with one server and one browser for each scene. */
export function runScenes() {
  for (const own of SCENES) {
    describe(own.name, { skip: own.skip }, () => {
      const scene = { ...own, more: more(own.name), server: null, browser: null };
      before(async () => {
        scene.browser = await launch();
        scene.server = await own.start();
      });
      after(async () => {
        await scene.browser?.close();
        await scene.server?.close();
      });
      for (const { what, define } of suites.filter(({ names }) => names.includes(own.name))) {
        describe(what, () => define(scene));
      }
    });
  }
}
