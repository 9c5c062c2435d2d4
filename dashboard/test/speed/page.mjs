/**
 * How fast is the page? Prints medians of what a person waits for:
 *
 *   paint   a view opened with a warm cache: first content, and all panels drawn
 *   delta   from the commit of a minute to its figures on the screen
 *   pan     frames a second while eight panels of 375 minutes and 21 levels are dragged
 *   heap    memory of the page while it follows the demo, after collecting garbage (--minutes N)
 *
 * Usage: node test/speed/page.mjs [paint|delta|pan|heap ...] [--minutes N]
 */
import { setTimeout as pause } from 'node:timers/promises';
import { api } from '../support/api.mjs';
import { launch } from '../support/browser.mjs';
import { live, open } from '../support/dashboard.mjs';
import { chainTicks, fridayAfter, minuteAgo, openSymbol } from '../support/feed.mjs';
import { demo, feeding } from '../support/server.mjs';

const SESSION = 375;
const PANELS = ['iv', 'delta', 'gamma', 'theta', 'vega', 'oi', 'pcr', 'price'];
const words = process.argv.slice(2);
const minutes = Number(words.includes('--minutes') ? words[words.indexOf('--minutes') + 1] : 60);
const named = words.filter((word) => ['paint', 'delta', 'pan', 'heap'].includes(word));
const wanted = named.length > 0 ? named : ['paint', 'delta', 'pan'];
const sorted = (values) => [...values].sort((a, b) => a - b);
const share = (values, part) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))];
const say = (name, values, unit) =>
  console.log(`${name}: median ${share(values, 0.5).toFixed(1)} ${unit}, 95 % ${share(values, 0.95).toFixed(1)}, most ${Math.max(...values).toFixed(1)} (${values.length} times)`);

const browser = await launch();
const tasks = { paint, delta, pan, heap };
try {
  for (const name of wanted) {
    await tasks[name]();
  }
} finally {
  await browser.close();
}

async function withServer(start, work) {
  const server = await start();
  try {
    await work(server);
  } finally {
    await server.close();
  }
}

function paint() {
  return withServer(demo, async (server) => {
    const { page } = await browser.page(server);
    for (const view of ['overview', 'chain', 'smile', 'map', 'operations']) {
      const first = [];
      const all = [];
      for (let i = 0; i < 12; i++) {
        await page.goto('about:blank');
        const began = performance.now();
        await open(page, server, view);
        if (i >= 2) {
          all.push(performance.now() - began);
          first.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
        }
      }
      say(`paint ${view}, first content`, first, 'ms');
      say(`paint ${view}, all panels drawn`, all, 'ms');
    }
    await page.context().close();
  });
}

function delta() {
  return withServer(feeding, async (server) => {
    const symbol = openSymbol();
    const expiry = fridayAfter(3);
    const start = minuteAgo(60);
    const commit = (n) => server.feed().commit(chainTicks({ symbol, expiry, time: start + 60 * n, spot: 24_500 + n, oi: 100_000 + 1000 * n, levels: 30 }));
    await commit(0);
    for (const view of ['chain', 'overview']) {
      const { page } = await browser.page(server);
      await open(page, server, view, { symbol });
      await live(page, 'live');
      await pause(1000);
      await page.evaluate(() => {
        window.told = new Map();
        const look = ({ target }) => requestAnimationFrame(() => window.told.set(Number(target.dataset.newest), Date.now()));
        new MutationObserver((records) => records.forEach(look)).observe(document.getElementById('main'), {
          subtree: true, attributes: true, attributeFilter: ['data-newest'],
        });
      });
      const times = [];
      for (let n = 1; n <= 20; n++) {
        const minute = view === 'chain' ? n : 20 + n;
        await commit(minute);
        await pause(800);
        const committed = Date.parse((await api(server, '/status')).live.last_commit);
        const shown = await page.evaluate((time) => window.told.get(time), start + 60 * minute);
        times.push((shown ?? Infinity) - committed);
      }
      say(`delta ${view}, commit to screen`, times, 'ms');
      await page.context().close();
    }
  });
}

function pan() {
  return withServer(feeding, async (server) => {
    const symbol = openSymbol();
    const expiry = fridayAfter(3);
    const start = minuteAgo(SESSION + 2);
    const day = [];
    for (let n = 0; n < SESSION; n++) {
      day.push(...chainTicks({ symbol, expiry, time: start + 60 * n, spot: 24_500 + 40 * Math.sin(n / 20), oi: 100_000 + 500 * n, levels: 14, iv: 0.15 + 0.01 * Math.sin(n / 13) }));
    }
    await server.feed().commit(day);
    const { page } = await browser.page(server);
    await open(page, server, 'overview', { symbol, levels: 10, measure: PANELS });
    const points = await page.evaluate(() => document.querySelectorAll('[data-panel^="level-"] .legend li').length);
    await pause(1000);
    const box = await page.locator('[data-panel="level-iv"] .plot').boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + 40];
    await page.mouse.move(x, y);
    await page.keyboard.down('Control');
    for (let i = 0; i < 3; i++) {
      await page.mouse.wheel(0, -100);
      await pause(80);
    }
    await page.keyboard.up('Control');
    await page.mouse.down();
    await page.mouse.move(x + 10, y);
    for (const from of ['top', 'the second screen']) {
      const frames = await page.evaluate(drag, [x, y]);
      console.log(`pan from ${from}: ${(1000 / (frames.reduce((a, b) => a + b) / frames.length)).toFixed(1)} frames/s on average, a frame's median ${share(frames, 0.5).toFixed(1)} ms, 95 % ${share(frames, 0.95).toFixed(1)} (${points} lines of ${SESSION} minutes)`);
      await page.evaluate(() => scrollTo(0, innerHeight));
    }
    await page.mouse.up();
    await page.context().close();
  });
}

/** Drags by one step a frame, and answers how long each frame took. */
function drag([x, y]) {
  return new Promise((resolve) => {
    const host = document.querySelector('[data-panel="level-iv"] .plot');
    const frames = [];
    let last = performance.now();
    const step = () => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      if (frames.length > 240) {
        resolve(frames.slice(10));
        return;
      }
      host.dispatchEvent(new PointerEvent('pointermove', { clientX: x + 160 * Math.sin(frames.length / 15), clientY: y, bubbles: true, pointerId: 1 }));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}

function heap() {
  return withServer(demo, async (server) => {
    const { page } = await browser.page(server);
    await open(page, server, 'overview', { measure: PANELS, levels: 5 });
    await live(page, 'live');
    const session = await page.context().newCDPSession(page);
    const used = [];
    for (let minute = 0; minute <= minutes; minute++) {
      for (let i = 0; i < 3; i++) {
        await session.send('HeapProfiler.collectGarbage');
      }
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      const { nodes } = await session.send('Memory.getDOMCounters');
      used.push(usedSize / 1e6);
      if (minute % 5 === 0) {
        console.log(`heap after ${minute} min: ${used.at(-1).toFixed(2)} MB, ${nodes} nodes`);
      }
      await pause(60_000);
    }
    const settled = used.slice(2);
    console.log(`heap: ${settled[0].toFixed(2)} MB after 2 min, ${settled.at(-1).toFixed(2)} MB after ${minutes}, ${((settled.at(-1) / settled[0] - 1) * 100).toFixed(1)} %`);
    await page.context().close();
  });
}
