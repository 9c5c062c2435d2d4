/** Reading the dashboard as a person would, but to the last digit. */
import { query } from './api.mjs';

const READY_WITHIN = 20_000;

/** The address of a view with its state. */
export function addressOf(server, view, parameters = {}) {
  return `${server.address}/#/${view}${query(parameters)}`;
}

/** Opens a view afresh, and waits until all of its panels are drawn. */
export async function open(page, server, view, parameters = {}) {
  await page.goto('about:blank');
  await page.goto(addressOf(server, view, parameters));
  await ready(page);
}

/** Changes the view or its state on the page that is open, as a link would, and waits for its panels. */
export async function go(page, view, parameters = {}) {
  await page.evaluate(async (hash) => {
    if (location.hash !== hash) {
      const changed = new Promise((resolve) => {
        window.addEventListener('hashchange', () => setTimeout(resolve, 0), { once: true });
      });
      location.hash = hash;
      await changed;
    }
  }, `#/${view}${query(parameters)}`);
  await ready(page);
}

/** Waits until all panels of the view are drawn for the state that the page has now. */
export async function ready(page) {
  // what was done to the page a moment ago has reached it with the next picture
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 0)); }));
  try {
    await page.locator('html[data-ready="true"]').waitFor({ state: 'attached', timeout: READY_WITHIN });
  } catch {
    throw new Error(
      `not drawn after ${READY_WITHIN / 1000} s: ${page.url()}, panels ${JSON.stringify(await panelStates(page))}`,
    );
  }
}

/** Waits until the page says so of its connection: `live`, `reconnecting`, ... */
export async function live(page, state, within = READY_WITHIN) {
  await page.locator(`html[data-live="${state}"]`).waitFor({ state: 'attached', timeout: within });
}

/**
 * Has the page see one answer of the server however often it asks, so that what it shows of something
 * that moves on can be compared with what it was told.
 *
 * @param {string} path of the request, such as `/status`
 * @returns {Promise<() => Promise<object>>} gives that answer once the page has asked
 */
export async function holdAnswer(page, path) {
  let first = null;
  await page.route((url) => url.pathname === path, async (route) => {
    first ??= route.fetch();
    await route.fulfill({ response: await first });
  });
  return async () => (await first).json();
}

/** What the page says of its connection. */
export function liveState(page) {
  return page.locator('html').getAttribute('data-live');
}

/** The state of each panel by its name. */
export function panelStates(page) {
  return page.evaluate(() => {
    const panels = [...document.querySelectorAll('[data-panel]')];
    return Object.fromEntries(panels.map(({ dataset }) => [dataset.panel, dataset.state]));
  });
}

/** A panel. */
export function panel(page, name) {
  return page.locator(`[data-panel="${name}"]`);
}

/**
 * The unrounded value of a single figure: a number, `null` where the page says that it is unknown, or
 * a text such as a date. Throws where the page does not have it just once.
 *
 * @param {string|null} within the panel to look in
 */
export async function figure(page, name, within = null) {
  const { value } = await figureElement(page, name, within);
  return value;
}

/** A figure as it is read. */
export async function figureText(page, name, within = null) {
  const { text } = await figureElement(page, name, within);
  return text;
}

async function figureElement(page, name, within) {
  const scope = within === null ? '' : `[data-panel="${within}"] `;
  const found = await page.locator(`${scope}[data-figure="${name}"]`).evaluateAll((elements) =>
    elements.map((one) => ({ raw: one.dataset.value ?? null, text: one.innerText.trim() })));
  if (found.length !== 1 || found[0].raw === null) {
    throw new Error(`the page must have one figure ${scope}${name} with a value; has ${JSON.stringify(found)}`);
  }
  return { value: valueOf(found[0].raw), text: found[0].text };
}

/** All figures of the page by name, each with its values in order. */
export async function figures(page) {
  const found = await page.locator('[data-figure]').evaluateAll((elements) =>
    elements.map(({ dataset }) => [dataset.figure, dataset.value ?? null]));
  const all = {};
  for (const [name, raw] of found) {
    (all[name] ??= []).push(raw === null ? undefined : valueOf(raw));
  }
  return all;
}

/**
 * The table of a panel, which is shown first where the panel has a chart.
 *
 * @returns {Promise<{head: string[], rows: (number|string|null)[][], texts: string[][]}>} `rows` has
 *     unrounded values, `null` where unknown, and the text of cells that have no value
 */
export async function tableOf(page, name) {
  const shown = panel(page, name);
  const table = shown.locator('table').first();
  if (!(await table.isVisible())) {
    await shown.locator('[data-action="table"]').click();
    await table.waitFor({ state: 'visible' });
  }
  const { head, cells } = await table.evaluate((element) => ({
    head: [...element.tHead.rows].at(-1).cells.length
      ? [...[...element.tHead.rows].at(-1).cells].map((cell) => cell.innerText.trim()) : [],
    cells: [...element.tBodies].flatMap((body) => [...body.rows]).map((row) =>
      [...row.cells].map((cell) => ({ raw: cell.dataset.value ?? null, text: cell.innerText.trim() }))),
  }));
  return {
    head,
    rows: cells.map((row) => row.map(({ raw, text }) => (raw === null ? text : valueOf(raw)))),
    texts: cells.map((row) => row.map(({ text }) => text)),
  };
}

/** A value as it stands in `data-value`. */
export function valueOf(raw) {
  if (raw === '') {
    return null;
  }
  const number = Number(raw);
  return raw.trim() !== '' && Number.isFinite(number) ? number : raw;
}

/** What makes the page wider than its window; empty where nothing does. */
export function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= window.innerWidth) {
      return [];
    }
    const wide = [...document.body.querySelectorAll('*')]
      .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 0.5)
      .map((one) => `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''}`.slice(0, 80));
    return [`${scrollWidth} of ${window.innerWidth} px`, ...wide.slice(0, 10)];
  });
}

/** What the tabulator key comes by from the top of the page, until it begins again. */
export async function tabStops(page, most = 400) {
  const stops = [];
  await page.evaluate(() => {
    document.activeElement?.blur();
    window.scrollTo(0, 0);
  });
  for (let count = 0; count < most; count++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(describeFocus);
    if (stop === null || stop.isSeen) {
      break;
    }
    stops.push(stop);
  }
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('[data-test-seen]')) {
      delete one.dataset.testSeen;
    }
  });
  return stops;
}

function describeFocus() {
  const one = document.activeElement;
  if (one === null || one === document.body) {
    return null;
  }
  const isSeen = one.dataset.testSeen === '1';
  one.dataset.testSeen = '1';
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    isSeen,
    tag: one.tagName.toLowerCase(),
    name: (one.getAttribute('aria-label') ?? one.innerText ?? '').trim().slice(0, 60),
    id: one.id,
    action: one.dataset.action ?? null,
    panel: one.closest('[data-panel]')?.dataset.panel ?? null,
    hasMark: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
    isVisible: box.width > 0 && box.height > 0 && style.visibility === 'visible',
  };
}
