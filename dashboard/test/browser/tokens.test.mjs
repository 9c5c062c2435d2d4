import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { launch } from '../support/browser.mjs';
import { live } from '../support/dashboard.mjs';
import { LAUNCHER } from '../support/places.mjs';
import { startServer } from '../support/server.mjs';

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('serverWithTokens_opened_asksForOneAndFollows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'strikegrid-tokens-'));
  const made = async (role) => {
    const { stdout, stderr } = await promisify(execFile)(LAUNCHER, ['token', role, 'tester']);
    return { line: stdout, token: stderr.trim().split(/\s+/).at(-1) };
  };
  const [write, read] = [await made('write'), await made('read')];
  await writeFile(join(folder, 'tokens'), write.line + read.line);
  const guarded = await startServer(['--demo', '--tokens', join(folder, 'tokens')]);
  try {
    await browser.visit(guarded, {}, async (page, watch) => {
      const give = async (token) => {
        await page.getByLabel('Token with the role read').fill(token);
        await page.keyboard.press('Enter');
      };
      const why = page.locator('#token-why');
      await watch.expecting(/401|403/, async () => {
        await page.goto(`${guarded.address}/#/chain`);
        await why.filter({ hasText: 'asks for a bearer token' }).waitFor();
        await page.keyboard.press('Escape');
        await page.locator('.notice', { hasText: 'Open the page again' }).waitFor();
        await page.reload();
        await give('not a token');
        await why.filter({ hasText: 'no spaces' }).waitFor();
        await give('not-the-token');
        await why.filter({ hasText: 'nobody knows' }).waitFor();
        await give(write.token);
        await why.filter({ hasText: 'read' }).waitFor();
        await give(read.token);
        await page.locator('[data-panel="chain"][data-state="ready"]').waitFor();
      });
      await live(page, 'live');
      assert.equal(await page.evaluate((secret) => JSON.stringify(localStorage).includes(secret) || document.cookie.includes(secret), read.token), false);
      assert.ok(!page.url().includes(read.token), 'the token is not in the address');
    });
  } finally {
    await guarded.close();
    await rm(folder, { recursive: true });
  }
});
