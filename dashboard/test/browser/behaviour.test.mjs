import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { api, endOf } from '../support/api.mjs';
import { launch } from '../support/browser.mjs';
import { eventually } from '../support/compare.mjs';
import { figure, figureText, go, live, open, panel, panelStates, ready, tableOf } from '../support/dashboard.mjs';
import { demo } from '../support/server.mjs';
import { LEVEL_MEASURES, MAP_MEASURES, STRIKE_MEASURES } from '../../src/js/address.js';

const symbol = 'DEMO';
let server;
let browser;
let today;
let yesterday;

before(async () => {
  server = await demo();
  browser = await launch();
  [today, yesterday] = (await api(server, '/fo/days', { symbol })).days;
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** A minute of the day before, which no longer changes. */
const minute = (n) => yesterday.close - 60 * n;

test('everyAdvertisedMeasure_chosen_isDrawn', async () => {
  const { indicators } = await api(server, '/fo/indicators');
  const horizontal = indicators.filter((one) => one.orientation.includes('horizontal')).map((one) => one.name);
  assert.deepEqual([...horizontal].sort(), [...LEVEL_MEASURES].sort(), 'the page offers what the API has by level');
  const vertical = indicators.filter((one) => one.orientation.includes('vertical')).map((one) => one.name);
  assert.deepEqual(STRIKE_MEASURES.filter((one) => !vertical.includes(one)), []);
  assert.deepEqual(MAP_MEASURES.filter((one) => !vertical.includes(one)), []);
  await browser.visit(server, {}, async (page, watch) => {
    for (const side of ['both', 'call', 'put']) {
      await open(page, server, 'overview', { side, measure: LEVEL_MEASURES, by_strike: STRIKE_MEASURES });
      const states = Object.entries(await panelStates(page));
      assert.equal(states.length, 1 + LEVEL_MEASURES.length + STRIKE_MEASURES.length);
      assert.deepEqual(states.filter(([, state]) => state !== 'ready'), [], `side ${side}`);
    }
    for (const map of MAP_MEASURES) {
      await go(page, 'map', { map });
      assert.deepEqual(await panelStates(page), { map: 'ready' }, map);
    }
    assert.deepEqual(watch.requests.filter(({ status }) => status >= 400).map(({ url }) => url), []);
  });
});

test('severalExpiries_overview_allAreDrawn', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'overview', { expiry: ['NWeek+0', 'NWeek+1'], measure: 'iv', levels: 1 });
    const { head } = await tableOf(page, 'level-iv');
    assert.deepEqual(head.slice(1), ['NWeek+0', 'NWeek+1'].flatMap((one) => ['\u22121', 'ATM', '+1'].map((level) => `${one} ${level}`)));
  });
});

test('addressOfAReplay_openedAgain_showsTheSame', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'chain', { at: minute(100), expiry: 'NWeek+1', sort: 'put_oi', order: 'descending', numbers: 'indian' });
    const [text, address] = [await page.locator('table.chain').innerText(), page.url()];
    const { chains: [chain] } = await api(server, '/fo/strike-distribution', { symbol, expiry: 'NWeek+1', at: endOf(minute(100)) });
    assert.equal(await figure(page, 'underlying', 'chain'), chain.underlying);
    const first = page.locator('table.chain tbody tr').first();
    const most = chain.strikes.reduce((a, b) => (b.put.oi > a.put.oi ? b : a));
    assert.equal(await first.getAttribute('data-strike'), String(most.strike));
    assert.equal(await first.locator('td.put[data-column="oi"]').innerText(), most.put.oi.toLocaleString('en-IN'));
    await page.goto('about:blank');
    await page.goto(address);
    await ready(page);
    assert.equal(await page.locator('table.chain').innerText(), text);
    assert.equal(page.url(), address);
  });
});

test('addressWithMistakes_opened_namesThemAndShowsTheRest', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'chain', { tf: '2min', colour: 'red' });
    const notice = await page.getByRole('alert').innerText();
    assert.match(notice, /tf must be one of 1min, 5min, 15min; have 2min/);
    assert.match(notice, /there is no colour/);
    assert.deepEqual(await panelStates(page), { chain: 'ready' });
  });
});

test('unknownExpiry_chosen_saysWhatThereIs', async () => {
  await browser.visit(server, {}, async (page, watch) => {
    await watch.expecting(/40[04]/, async () => {
      await open(page, server, 'chain', { expiry: 'NWeek+7' });
      assert.match(await panel(page, 'chain').innerText(), /NWeek\+7/);
      assert.deepEqual(await panelStates(page), { chain: 'error' });
    });
  });
});

test('replay_sliderKeysAndPlay_showEachMinuteAsItWas', async () => {
  await browser.visit(server, {}, async (page) => {
    const at = minute(60);
    await open(page, server, 'chain', { at });
    assert.ok(await page.locator('[data-word="replay"]').isVisible());
    for (const [key, expected] of [['ArrowRight', at + 60], ['ArrowLeft', at], ['ArrowLeft', at - 60]]) {
      await page.getByRole('slider', { name: 'Minute of the session' }).press(key);
      await ready(page);
      const { chains: [chain] } = await api(server, '/fo/strike-distribution', { symbol, at: endOf(expected) });
      await page.locator(`[data-figure="clock"][data-value="${expected}"]`).waitFor();
      await ready(page);
      await page.waitForFunction((value) => document.querySelector('[data-figure="underlying"]').dataset.value === String(value), chain.underlying);
      assert.equal(await figure(page, 'call_oi', 'chain'), chain.totals.call_oi);
      assert.equal(await figure(page, 'clock'), expected);
    }
    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForFunction((from) => Number(document.querySelector('[data-figure="clock"]').dataset.value) >= from + 180, at - 60);
    await page.getByRole('button', { name: 'Pause' }).click();
    await ready(page);
    const shown = await figure(page, 'clock');
    const { chains: [chain] } = await api(server, '/fo/strike-distribution', { symbol, at: endOf(shown) });
    await page.waitForFunction((value) => document.querySelector('[data-figure="underlying"]').dataset.value === String(value), chain.underlying);
    await page.getByRole('button', { name: 'Live' }).click();
    await live(page, 'live');
    assert.equal(await page.locator('[data-word="replay"]').count(), 0);
  });
});

test('replay_overview_showsNothingLater', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'overview', { at: minute(60), measure: ['iv'] });
    for (const name of ['underlying', 'level-iv']) {
      const { rows } = await tableOf(page, name);
      assert.equal(rows.at(-1)[0], minute(60), name);
    }
  });
});

test('replay_at5min_showsNoBucketThatIsNotOver', async () => {
  await browser.visit(server, {}, async (page) => {
    const at = minute(60);
    const last = Math.floor((at + 60) / 300) * 300 - 300;
    await open(page, server, 'overview', { at, tf: '5min', measure: ['oi'], levels: 0 });
    assert.equal((await tableOf(page, 'underlying')).rows.at(-1)[0], last);
    assert.equal((await tableOf(page, 'level-oi')).rows.at(-1)[0], last);
    const { chains: [{ atm_strike: strike }] } = await api(server, '/fo/strike-distribution', { symbol, at: endOf(at) });
    await open(page, server, 'map', { at, tf: '5min' });
    assert.equal((await tableOf(page, 'map')).rows.at(-1)[0], last);
    await open(page, server, 'map', { at, tf: '5min', strike });
    assert.equal((await tableOf(page, 'history-price')).rows.at(-1)[0], last);
    const history = await api(server, '/fo/strike-history', {
      symbol, strike, expiry: 'NWeek+0', timeframe: '5min', from: last, to: last + 300,
    });
    assert.equal(await figure(page, 'strike_call_price'), history.call.close[0]);
    assert.equal(await figure(page, 'strike_put_oi'), history.put.oi[0]);
  });
});

test('nothingChosen_overview_isStillSoWhenOpenedAgain', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'overview', { at: minute(10), measure: 'none', by_strike: 'none' });
    assert.deepEqual(Object.keys(await panelStates(page)), ['underlying']);
    assert.match(page.url(), /measure=none&by_strike=none/);
  });
});

test('strike_clickedInTheChain_opensItsHistory', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'chain', { at: minute(10) });
    await page.locator('tr.atm .strike-button').click();
    await ready(page);
    const strike = Number(await page.locator('tr.atm').getAttribute('data-strike'));
    const { chains: [chain] } = await api(server, '/fo/strike-distribution', { symbol, at: endOf(minute(10)) });
    const answer = await api(server, '/fo/strike-history', {
      symbol, strike, expiry: chain.expiry, timeframe: '1min', from: yesterday.open, to: minute(10) + 60,
    });
    for (const [name, field] of [['price', 'close'], ['iv', 'iv'], ['oi', 'oi'], ['volume', 'volume'], ['delta', 'delta']]) {
      const { rows } = await tableOf(page, `history-${name}`);
      assert.deepEqual(rows, answer.time.map((time, i) => [time, answer.call[field][i], answer.put[field][i]]), name);
    }
    assert.equal(await figure(page, 'strike_call_price'), answer.call.close.at(-1));
    await page.keyboard.press('Escape');
    await page.locator('.strike-panel').waitFor({ state: 'detached' });
  });
});

const CLICKS = [['overview', 'strike-oi'], ['overview', 'level-iv'], ['smile', 'smile'], ['map', 'map']];
for (const [view, name] of CLICKS) {
  test(`strike_clickedIn_${view}_${name}_opensItsHistory`, async () => {
    await browser.visit(server, {}, async (page) => {
      await open(page, server, view);
      const plot = panel(page, name).locator('.plot');
      const box = await plot.boundingBox();
      await plot.click({ position: { x: box.width * 0.5, y: box.height * 0.5 } });
      await page.locator('.strike-panel').waitFor();
      await ready(page);
      assert.match(page.url(), /strike=\d+&strike_expiry=\d{4}-/);
      assert.equal((await panelStates(page))['history-price'], 'ready');
    });
  });
}

test('smile_againstThePreviousClose_hasBothAndTheTerm', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'smile', { day: today.trading_day, side: 'call', compare: 'previous_close', span: 5 });
    const table = await tableOf(page, 'smile');
    const then = await api(server, '/fo/strike-distribution', { symbol, expiry: 'NWeek+0', at: endOf(minute(1)) });
    const column = table.head.indexOf('previous close calls');
    for (const [strike, ...values] of table.rows) {
      const wanted = then.chains[0].strikes.find((one) => one.strike === strike)?.call?.iv ?? null;
      assert.equal(values[column - 1], wanted, `strike ${strike}`);
    }
    const term = await tableOf(page, 'term');
    const { expiries } = await api(server, '/fo/expiries', { symbol, at: today.trading_day });
    assert.deepEqual(term.rows.map(([days]) => days), expiries.map((one) => one.days_to_expiry));
    assert.ok(term.rows.every(([, iv]) => iv > 0));
  });
});

test('savedFiles_chainAndChart_haveWhatIsShown', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'chain', { at: minute(10) });
    const save = async (name, action) => {
      const [download] = await Promise.all([page.waitForEvent('download'), panel(page, name).locator(`[data-action="${action}"]`).click()]);
      return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
    };
    const { chains: [chain] } = await api(server, '/fo/strike-distribution', { symbol, at: endOf(minute(10)) });
    const csv = await save('chain', 'csv');
    assert.equal(csv.name, `DEMO-${chain.expiry}-chain.csv`);
    const lines = csv.content.toString().trimEnd().split('\r\n').map((line) => line.split(','));
    assert.equal(lines.length, chain.strikes.length + 1);
    const [oi, strike] = ['call_oi', 'strike'].map((column) => lines[0].indexOf(column));
    chain.strikes.forEach((one, i) => {
      assert.equal(Number(lines[i + 1][strike]), one.strike);
      assert.equal(Number(lines[i + 1][oi]), one.call.oi);
    });
    const picture = await save('chain', 'png');
    assert.equal(picture.content.subarray(1, 4).toString(), 'PNG');
    await go(page, 'overview', { at: minute(10) });
    const chart = await save('level-iv', 'png');
    assert.equal(chart.content.subarray(1, 4).toString(), 'PNG');
    assert.ok(chart.content.length > 10_000, 'a chart is in the picture');
    const { rows } = await tableOf(page, 'level-iv');
    const values = await save('level-iv', 'csv');
    assert.equal(values.content.toString().trimEnd().split('\r\n').length, rows.length + 1);
  });
});

test('numbers_switched_areGroupedTheOtherWay', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'chain', { at: minute(10) });
    const oi = await figure(page, 'call_oi', 'chain');
    assert.equal(await figureText(page, 'call_oi', 'chain'), `${Number((oi / 1e6).toPrecision(3))} M`);
    await page.locator('summary', { hasText: 'Settings' }).click();
    await page.getByText('1,00,000').click();
    await ready(page);
    assert.equal(await figure(page, 'call_oi', 'chain'), oi);
    assert.match(await figureText(page, 'call_oi', 'chain'), / (Cr|L)$/);
  });
});

test('expiryPicker_searched_choosesByKeyboard', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'chain');
    await page.locator('[data-picker="expiry"]').press('Enter');
    const { expiries } = await api(server, '/fo/expiries', { symbol });
    const search = page.getByRole('searchbox');
    if (await search.isVisible()) {
      await search.fill('NWeek+1');
      await page.keyboard.press('Enter');
    } else {
      await page.getByRole('radio', { name: /^NWeek\+1/ }).press('Space');
    }
    await ready(page);
    assert.match(page.url(), /expiry=NWeek%2B1/);
    assert.match(await panel(page, 'chain').innerText(), new RegExp(expiries[1].expiry.slice(0, 4)));
  });
});

for (const [what, hasTouch] of [['pressed', false], ['tapped', true]]) {
  test(`pickersTexts_${what}_choose`, async () => {
    await browser.visit(server, { hasTouch }, async (page) => {
      const press = (place) => (hasTouch ? place.tap() : place.click());
      await open(page, server, 'overview', { measure: 'iv', by_strike: 'none' });
      await press(page.locator('[data-picker="measure"]'));
      await press(page.locator('.picker-option', { hasText: 'Open interest' }).first());
      await page.waitForURL(/measure=iv&measure=oi/);
      await press(page.locator('.picker-option', { hasText: 'Delta' }).first()); // the box is still open
      await page.waitForURL(/measure=iv&measure=delta&measure=oi/);
      await press(page.locator('[data-picker="expiry"]'));
      await press(page.locator('.picker-option', { hasText: 'NWeek+1' }).first());
      await page.waitForURL(/expiry=NWeek%2B0&expiry=NWeek%2B1/);
      await open(page, server, 'chain');
      await press(page.locator('[data-picker="expiry"]'));
      await press(page.locator('.picker-option', { hasText: 'NWeek+1' }).first());
      await page.waitForURL(/expiry=NWeek%2B1/);
      assert.equal(await page.locator('.picker-box:visible').count(), 0);
      await ready(page);
    });
  });
}

test('measurePicker_enterKey_choosesAndStays', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'overview', { measure: 'iv', by_strike: 'none', at: minute(10) });
    await page.locator('[data-picker="measure"]').press('Enter');
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) {
      await page.keyboard.press(key);
    }
    await page.waitForURL(/measure=iv&measure=delta/);
    assert.equal(await page.locator('.picker-box:visible').count(), 1);
  });
});

test('settings_leftInAnyWay_close', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'overview', { at: minute(10), measure: 'none' });
    const settings = page.locator('details.settings');
    const leave = [
      () => page.keyboard.press('Escape'), () => page.locator('main').click({ position: { x: 5, y: 300 } }),
      () => page.getByRole('link', { name: 'Chain' }).click(),
    ];
    for (const one of leave) {
      await settings.locator('summary').click();
      assert.equal(await settings.getAttribute('open'), '');
      await one();
      await page.waitForFunction(() => !document.querySelector('details.settings').open);
    }
    await ready(page);
  });
});

test('playFromTheEnd_beginsWhereTheDataDoes', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'chain', { day: yesterday.trading_day });
    await page.getByRole('button', { name: 'Play' }).click();
    const answer = await api(server, '/fo/expiry-metrics', { symbol, timeframe: '1min', from: yesterday.open, to: yesterday.close });
    await page.waitForFunction((first) => {
      const shown = Number(document.querySelector('[data-figure="clock"]').dataset.value);
      return shown > first - 300 && shown < first + 600;
    }, answer.series[0].time[0]);
    await page.getByRole('button', { name: 'Pause' }).click();
    await ready(page);
  });
});

test('expiryPicker_arrowKeys_passByWithoutChoosing', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'chain', { at: minute(10) });
    await panel(page, 'chain').waitFor();
    await page.locator('[data-picker="expiry"]').press('Enter');
    if (await page.getByRole('searchbox').isVisible()) {
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('ArrowDown');
    assert.doesNotMatch(page.url(), /expiry=/);
    const name = await page.evaluate(() => document.activeElement.value);
    await page.keyboard.press('Enter');
    await ready(page);
    assert.equal(new URLSearchParams(page.url().split('?')[1]).get('expiry') ?? 'NWeek+0', name);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.picker), 'expiry');
  });
});

test('crossHair_arrowKeys_readsOneMinuteInAllPanels', async () => {
  await browser.visit(server, {}, async (page) => {
    await open(page, server, 'overview', { at: minute(10), measure: ['iv', 'oi'], levels: 0 });
    const plot = panel(page, 'level-iv').locator('.plot');
    await plot.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    const iv = panel(page, 'level-iv').locator('.legend output').first();
    const oi = panel(page, 'level-oi').locator('.legend output').first();
    const answer = await api(server, '/fo/moneyness-series', {
      symbol, indicator: 'iv', timeframe: '1min', max_level: 0, from: minute(11), to: minute(10),
    });
    const wanted = `${(answer.series[0].values[0] * 100).toFixed(2)}%`;
    await eventually(async () => assert.equal(await iv.innerText(), wanted));
    assert.match(await oi.innerText(), /\d/);
  });
});
