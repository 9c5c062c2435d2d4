import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, launch } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';

let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('visit_pageWithoutFaults_passes', async () => {
  await browser.visit(server, {}, async (page, watch) => {
    await page.goto(`${server.address}/docs`);
    await page.locator('.opblock').first().waitFor();
    assert.ok(watch.requests.some(({ path, status }) => path === '/openapi.yaml' && status === 200));
  });
});

const FAULTS = [
  ['console warning', () => console.warn('made by a test')],
  ['console error', () => console.error('made by a test')],
  ['page error', () => setTimeout(() => { throw new Error('made by a test'); })],
  ['page error', () => { Promise.reject(new Error('made by a test')); }],
  ['policy', () => document.head.append(Object.assign(document.createElement('script'), { text: '0' }))],
  ['other host', () => window.open('http://127.0.0.2:9/', '_self')],
  ['failed request', () => window.open('http://127.0.0.2:9/', '_self')],
  ['console error', () => fetch('/not/there')],
];

for (const [kind, make] of FAULTS) {
  test(`assertClean_${kind}_fails: ${make}`, async () => {
    const { page, watch } = await browser.page(server);
    await page.goto(`${server.address}/docs`);
    watch.assertClean();
    await page.evaluate(make).catch(() => {});
    await assert.doesNotReject(until(() => watch.faults.some((fault) => fault.startsWith(`${kind}: `))));
    assert.throws(() => watch.assertClean(), /the page has faults/);
    await page.context().close();
  });
}

test('expecting_faultThatMatches_isNone', async () => {
  await browser.visit(server, {}, async (page, watch) => {
    await page.goto(`${server.address}/docs`);
    await watch.expecting(/made by a test/, () => page.evaluate(() => console.warn('made by a test')));
  });
});

test('axe_imageWithoutText_isFound', async () => {
  await browser.visit(server, {}, async (page) => {
    await page.goto(`${server.address}/docs`);
    await page.evaluate(() => document.body.prepend(document.createElement('img')));
    const found = await axe(page);
    assert.ok(found.some((one) => one.startsWith('critical image-alt')), found.join('\n'));
  });
});

async function until(condition) {
  for (let count = 0; count < 100 && !condition(); count++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(condition());
}
