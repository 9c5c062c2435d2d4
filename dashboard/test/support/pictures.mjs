/** Makes the pictures of the documents again, from the demo: all, or those that are named. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PHONE, WIDE, launch } from './browser.mjs';
import { open } from './dashboard.mjs';
import { ROOT } from './places.mjs';
import { demo } from './server.mjs';

const FOLDER = join(ROOT, 'docs/pictures');

/** What to make: `NAME.png` of a view, with its parameters, in one theme and size. */
const PICTURES = [
  { name: 'overview', view: 'overview', theme: 'dark', size: WIDE },
  { name: 'chain', view: 'chain', theme: 'light', size: WIDE },
  { name: 'smile', view: 'smile', parameters: { compare: 'previous_close', side: 'call' }, theme: 'dark', size: WIDE },
  { name: 'map', view: 'map', parameters: { map: 'oi_change' }, theme: 'light', size: WIDE },
  { name: 'operations', view: 'operations', theme: 'light', size: WIDE },
  { name: 'phone', view: 'chain', theme: 'dark', size: PHONE },
];

const names = process.argv.slice(2);
const unknown = names.filter((name) => PICTURES.every((picture) => picture.name !== name));
if (unknown.length > 0) {
  const known = PICTURES.map(({ name }) => name).join(', ');
  process.stderr.write(`there is no picture ${unknown.join(', ')}; there are ${known}\n`);
  process.exit(1);
}

const server = await demo();
const browser = await launch();
try {
  await mkdir(FOLDER, { recursive: true });
  for (const picture of PICTURES.filter(({ name }) => names.length === 0 || names.includes(name))) {
    await make(picture);
  }
} finally {
  await browser.close();
  await server.close();
}

function make({ name, view, parameters = {}, theme, size }) {
  return browser.visit(server, { theme, size }, async (page) => {
    await open(page, server, view, { symbol: 'DEMO', ...parameters });
    const path = join(FOLDER, `${name}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    process.stdout.write(`${path}\n`);
  });
}
