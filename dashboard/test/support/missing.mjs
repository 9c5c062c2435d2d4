/** Writes what is missing to open the dashboard in a browser; nothing where all is there. */
import { findChromium } from './places.mjs';

const OLDEST = [20, 10];

const [major, minor] = process.versions.node.split('.').map(Number);
const missing = [];
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  missing.push(`node (${OLDEST.join('.')} or newer; have ${process.versions.node})`);
}
if (findChromium() === null) {
  missing.push('chromium (or set STRIKEGRID_CHROMIUM)');
}
process.stdout.write(missing.join(', '));
