/** Where things are that the tests use. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const RECORDED = 'STRIKEGRID_RECORDED_DATA';
const CHROMIUM = 'STRIKEGRID_CHROMIUM';
const CHROMIUM_NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/** The folder of the repository. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** The launcher. */
export const LAUNCHER = join(ROOT, 'strikegrid');

/** Where tests put their pictures; not part of the repository. */
export const PICTURES = join(ROOT, 'dashboard/test/pictures');

/** The browser: the one that is named, else the first in the path; `null` where there is none. */
export function findChromium(environment = process.env) {
  const named = environment[CHROMIUM];
  if (named) {
    return isProgram(named) ? named : null;
  }
  for (const name of CHROMIUM_NAMES) {
    for (const folder of (environment.PATH ?? '').split(delimiter)) {
      if (folder && isProgram(join(folder, name))) {
        return join(folder, name);
      }
    }
  }
  return null;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The folder of the recorded data, which is not part of the repository: the one that is named, else
 * `shared/data` in the repository or the nearest folder above it that has one; `null` where there is
 * none.
 */
export function recordedFolder(environment = process.env, start = ROOT) {
  if (environment[RECORDED]) {
    return environment[RECORDED];
  }
  for (let folder = start; ; folder = dirname(folder)) {
    const found = join(folder, 'shared/data');
    if (existsSync(found)) {
      return found;
    }
    if (folder === dirname(folder)) {
      return null;
    }
  }
}

/** A recorded file; `null` where it is not there. */
export function recordedFile(name) {
  const folder = recordedFolder();
  const path = folder === null ? null : join(folder, name);
  return path !== null && existsSync(path) ? path : null;
}

/** Why a test that needs recorded files is skipped; `false` where all are there. */
export function missingFiles(names) {
  const missing = names.filter((name) => recordedFile(name) === null);
  return missing.length > 0
    ? `no recorded data ${missing.join(', ')}: set ${RECORDED} to its folder`
    : false;
}
