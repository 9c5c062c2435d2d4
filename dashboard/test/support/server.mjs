/** Servers for tests: each is the real program, started by the launcher, with a store of its own. */
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Feed } from './feed.mjs';
import { LAUNCHER, ROOT } from './places.mjs';
import { giveUnpacked, keepUnpacked, recordedStore } from './stores.mjs';

const READY = /is ready at (http:\/\/\S+)/;
const READY_WITHIN = 300_000; // it may have to be built first
const STOPPED_WITHIN = 60_000;
const running = new Set();

// A test that is cut off leaves no server behind.
process.on('exit', () => running.forEach((child) => child.kill('SIGTERM')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => process.exit(1));
}

/** A server that runs, or ran and may be started again on the same data and port. */
export class Server {
  #arguments;
  #dataDir;
  #isOwn;
  #child = null;
  #port = 0;
  #ended = null;

  /** All that it has written so far. */
  log = '';

  /** Its address without a slash at the end, such as `http://127.0.0.1:40123`. */
  address = null;

  constructor(dataDir, isOwn, options) {
    this.#dataDir = dataDir;
    this.#isOwn = isOwn;
    this.#arguments = options;
  }

  /** The folder of its store. */
  get dataDir() {
    return this.#dataDir;
  }

  /** Its process; `null` while it is stopped. */
  get pid() {
    return this.#child?.pid ?? null;
  }

  /** Starts it, on the port that it had before where it ran before. */
  async start() {
    const child = spawn(
      LAUNCHER,
      ['serve', '--port', String(this.#port), '--data-dir', this.#dataDir, ...this.#arguments],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child = child;
    running.add(child);
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(String(error)));
      child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `status ${code}`}`));
    });
    this.#ended.then(() => {
      running.delete(child);
      this.#child = null;
    });
    this.address = await this.#ready(child);
    this.#port = Number(new URL(this.address).port);
    return this;
  }

  #ready(child) {
    const from = this.log.length;
    return new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`the server did not start: ${why}\n${this.log.slice(from)}`));
      const timer = setTimeout(() => {
        child.kill('SIGTERM');
        fail(`not ready after ${READY_WITHIN / 1000} s`);
      }, READY_WITHIN);
      const hear = (text) => {
        this.log += text;
        const found = READY.exec(this.log.slice(from));
        if (found) {
          clearTimeout(timer);
          resolve(found[1]);
        }
      };
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', hear);
      }
      this.#ended.then((why) => {
        clearTimeout(timer);
        fail(why);
      });
    });
  }

  /** Tells it to stop, and waits until it has. Its data stay. */
  async stop() {
    if (this.#child === null) {
      return;
    }
    const child = this.#child;
    const timer = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN);
    child.kill('SIGTERM');
    await this.#ended;
    clearTimeout(timer);
  }

  /** Stops it for good; a store of its own is removed. */
  async close() {
    await this.stop();
    if (this.#isOwn) {
      await rm(this.#dataDir, { recursive: true, force: true });
    }
  }

  /** Posts ticks; throws where one was not taken. */
  feed() {
    return new Feed(this);
  }
}

/** A server on an empty store of its own. */
export async function startServer(options = []) {
  const dataDir = await mkdtemp(join(tmpdir(), 'strikegrid-test-'));
  await chmod(dataDir, 0o711); // PostgreSQL runs as another user where this one is root
  await giveUnpacked(dataDir);
  const server = new Server(dataDir, true, options);
  try {
    await server.start();
    await keepUnpacked(dataDir);
    return server;
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** The simulated market: symbol DEMO, two expiries over two days, and it goes on. */
export function demo() {
  return startServer(['--demo']);
}

/** A server on a store that holds recorded files and nothing else; the test only reads it. */
export async function recorded(files) {
  return new Server(await recordedStore(files), false, []).start();
}

/**
 * A server without data whose markets never close, to which a test posts ticks: symbols EVER and EVERB
 * (Indian time), EVERUTC and EVERUTCB and, as shipped, BTC and ETH. A minute is committed a second after its end.
 */
export function feeding(options = []) {
  const markets = join(ROOT, 'dashboard/test/support/markets.yaml');
  return startServer(['--markets', markets, '--lateness', '1', ...options]);
}
