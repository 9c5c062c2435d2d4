/** Real Chromium for tests. */
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { PICTURES, findChromium } from './places.mjs';
import { FAULTY, Watch } from './watch.mjs';

const FLAGS = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** The two sizes that every view is looked at in. */
export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

const PATIENCE = 10_000; // milliseconds
let axeSource = null;

/** Starts a browser with a profile of its own. */
export async function launch() {
  const program = findChromium();
  if (program === null) {
    throw new Error('there is no Chromium: install it, or set STRIKEGRID_CHROMIUM to the program');
  }
  const flags = process.getuid?.() === 0 ? [...FLAGS, '--no-sandbox'] : FLAGS;
  return new Browser(await chromium.launch({ executablePath: program, args: flags }));
}

/** A browser that has been started. */
export class Browser {
  #browser;

  constructor(browser) {
    this.#browser = browser;
  }

  /** Ends it, with all its pages. */
  close() {
    return this.#browser.close();
  }

  /**
   * A page without cookies or storage of another one.
   *
   * @param {{address: string}|null} server the only one that it may ask
   * @param {object} options
   * @param {{width: number, height: number}} options.size
   * @param {'light'|'dark'} options.theme what the person prefers
   * @param {boolean} options.isMoving false where the person prefers less movement, as most tests do
   * @param {string} options.zone the person's own
   * @param {string} options.language the person's own
   */
  async page(server, options = {}) {
    const {
      size = WIDE, theme = 'light', isMoving = false, zone = 'Europe/London', language = 'en-GB', ...others
    } = options;
    const context = await this.#browser.newContext({
      viewport: size,
      deviceScaleFactor: 1,
      colorScheme: theme,
      reducedMotion: isMoving ? 'no-preference' : 'reduce',
      timezoneId: zone,
      locale: language,
      hasTouch: size.width < 600,
      acceptDownloads: true,
      ...others,
    });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const watch = new Watch(server === null ? null : new URL(server.address).host);
    await watch.listen(page);
    return { page, watch };
  }

  /**
   * Lets something happen on a page of its own, which is closed afterwards and must have been clean.
   *
   * @param {(page: import('playwright-core').Page, watch: Watch) => Promise<void>} work
   */
  async visit(server, options, work) {
    const { page, watch } = await this.page(server, options);
    try {
      await work(page, watch);
      watch.assertClean();
    } catch (error) {
      if (watch.faults.length === 0 || error.message.startsWith(FAULTY)) {
        throw error;
      }
      throw new Error(`${error.message}\n${FAULTY} too:\n${watch.faults.join('\n')}`, { cause: error });
    } finally {
      await page.unrouteAll({ behavior: 'ignoreErrors' }).catch(() => {}); // a page that crashed has none
      await page.context().close();
    }
  }
}

/**
 * What axe finds serious or critical on a page: a text for each element with its rule, so that an empty
 * list is expected. Its source is run as the debugger does, since the page's own policy lets nothing
 * foreign in.
 */
export async function axe(page) {
  axeSource ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, help, nodes }) =>
      nodes.map(({ target, html, any }) =>
        `${impact} ${id}: ${help}; ${target.join(' ')}: ${html.slice(0, 200)} ${any.map((one) => one.message).join(' ')}`));
}

/**
 * Puts a picture of a page into the tests' folder of pictures, as `NAME-THEME-WIDTH.png`: all of it, or
 * what is in the window.
 */
export async function screenshot(page, name, { folder = PICTURES, isWhole = true } = {}) {
  const theme = await page.evaluate(() => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
  const path = join(folder, `${name}-${theme}-${page.viewportSize().width}.png`);
  await page.screenshot({ path, fullPage: isWhole, animations: 'disabled' });
  return path;
}
