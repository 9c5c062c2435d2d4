/**
 * Stores with recorded files. Each is imported once for each build of the program and kept in the
 * folder for temporary files, so that all test files share it; they only read it.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LAUNCHER, ROOT, recordedFile } from './places.mjs';

const OUTPUT_BYTES = 16 << 20;
const run = promisify(execFile);
const FOLDER = join(tmpdir(), `strikegrid-stores-${createHash('sha256').update(ROOT).digest('hex').slice(0, 12)}`);

/** PostgreSQL's programs as a server has unpacked them, which takes more than all else of a first start. */
const UNPACKED = `${FOLDER}-runtime`;

/** 19 to 21 August 2026 of NIFTY with underlying, IV and Greeks; parts of the days only. */
export const AUGUST_2026 = ['19', '20', '21'].map(
  (day) => `nse-chain-1min-202608/NIFTY_202608${day}.csv.gz`,
);

/** 29 August 2025 of NIFTY: eighteen expiries, and no underlying. */
export const AUGUST_2025 = ['nse-chain-1min-20250829/NIFTY_20250829.csv.gz'];

/** Runs the program to its end, and answers what it has written; throws where it fails. */
export async function runProgram(...words) {
  try {
    const { stdout, stderr } = await run(LAUNCHER, words, { cwd: ROOT, maxBuffer: OUTPUT_BYTES });
    return stdout + stderr;
  } catch (error) {
    throw new Error(`strikegrid ${words.join(' ')} failed:\n${error.stdout}${error.stderr}`);
  }
}

/** Imports files into the store of a folder. */
export function importFiles(dataDir, files) {
  return runProgram('import', '--data-dir', dataDir, ...files);
}

/** Gives a new data folder PostgreSQL's programs, where a server has unpacked them before. */
export async function giveUnpacked(dataDir) {
  if (existsSync(UNPACKED)) {
    await run('cp', ['-al', UNPACKED, join(dataDir, 'runtime')]);
    const { uid, gid } = await stat(UNPACKED); // a folder with something in it is not handed over
    await chown(dataDir, uid, gid);
  }
}

/** Keeps PostgreSQL's programs that a server has unpacked, for those that come. */
export async function keepUnpacked(dataDir) {
  if (!existsSync(UNPACKED)) {
    await rm(`${UNPACKED}.new`, { recursive: true, force: true });
    await run('cp', ['-al', join(dataDir, 'runtime'), `${UNPACKED}.new`]);
    await rename(`${UNPACKED}.new`, UNPACKED);
  }
}

/** The folder of a store that holds these recorded files, by their names in the recorded data. */
export async function recordedStore(names) {
  await runProgram('--version'); // builds where something changed
  const build = (await readFile(join(ROOT, 'target/app/server.current'), 'utf8')).trim();
  const key = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 12);
  const folder = join(FOLDER, build, key);
  const mark = join(folder, 'imported');
  if (!existsSync(mark)) {
    await forgetOthers(build);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const report = await importFiles(folder, names.map(recordedFile));
    await writeFile(mark, report);
  }
  return folder;
}

async function forgetOthers(build) {
  await mkdir(FOLDER, { recursive: true });
  for (const name of await readdir(FOLDER)) {
    if (name !== build) {
      await rm(join(FOLDER, name), { recursive: true, force: true });
    }
  }
}
