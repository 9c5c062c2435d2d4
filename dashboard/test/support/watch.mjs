/** Notes what a page does that it should not, and all that it asks for. */
import assert from 'node:assert/strict';

/** How a failure of a page that has faults begins. */
export const FAULTY = 'the page has faults';

const WELL_EVERY = 30_000; // milliseconds
const OWN_SCHEMES = new Set(['data:', 'blob:', 'about:']);

/**
 * What happened on one page. Faults are warnings and errors on the console, errors that nobody
 * caught, requests that failed, violations of the Content-Security-Policy, and requests to any other
 * host than the server's. A request that the page itself gave up is none.
 */
export class Watch {
  #faults = [];
  #expected = [];

  /** Requests in order: `url`, `path`, `method`, `type`, `time` (epoch milliseconds), `status`. */
  requests = [];

  /** Messages of the stream: `time` (epoch milliseconds), `sent` or not, `text`. */
  messages = [];

  /** @param {string} host of the server, with its port; `null` where none is allowed */
  constructor(host) {
    this.host = host;
  }

  /** Begins to listen; for the support alone. */
  async listen(page) {
    await page.exposeBinding('noteViolation', (source, text) => this.#fault('policy', text));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        window.noteViolation(
          `${event.effectiveDirective} ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber} ${event.sample}`,
        );
      });
    });
    page.on('console', (message) => {
      if (['error', 'warning', 'assert'].includes(message.type())) {
        const { url, lineNumber } = message.location();
        this.#fault(`console ${message.type()}`, `${message.text()} (${url}:${lineNumber})`);
      }
    });
    page.on('pageerror', (error) => this.#fault('page error', error.stack ?? String(error)));
    page.on('crash', () => this.#fault('crash', page.url()));
    page.on('request', (request) => this.#requested(request));
    page.on('response', (response) => this.#answered(response.request(), response.status()));
    page.on('requestfailed', (request) => this.#failed(request));
    page.on('websocket', (socket) => this.#connected(socket));
  }

  #requested(request) {
    const url = new URL(request.url());
    if (OWN_SCHEMES.has(url.protocol)) {
      return;
    }
    this.requests.push({
      request, url: url.href, path: url.pathname, method: request.method(),
      type: request.resourceType(), time: Date.now(), status: null,
    });
    this.#checkHost(url);
  }

  #checkHost(url) {
    if (url.host !== this.host) {
      this.#fault('other host', url.href);
    }
  }

  #answered(request, status) {
    const noted = this.requests.find((one) => one.request === request);
    if (noted) {
      noted.status = status;
    }
  }

  #failed(request) {
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') {
      this.#fault('failed request', `${request.method()} ${request.url()}: ${reason}`);
    }
  }

  #connected(socket) {
    const url = new URL(socket.url());
    this.requests.push({
      request: null, url: url.href, path: url.pathname, method: 'GET',
      type: 'websocket', time: Date.now(), status: null,
    });
    this.#checkHost(url);
    const note = (isSent) => ({ payload }) =>
      this.messages.push({ time: Date.now(), isSent, text: String(payload) });
    socket.on('framesent', note(true));
    socket.on('framereceived', note(false));
  }

  #fault(kind, text) {
    const line = `${kind}: ${text}`;
    if (!this.#expected.some((pattern) => pattern.test(line))) {
      this.#faults.push(line);
    }
  }

  /** What went wrong so far. */
  get faults() {
    return [...this.#faults];
  }

  /** Lets faults that match a pattern happen while something runs. */
  async expecting(pattern, work) {
    this.#expected.push(pattern);
    try {
      return await work();
    } finally {
      this.#expected.splice(this.#expected.indexOf(pattern), 1);
    }
  }

  /** Requests since a time, of these types or of all. */
  requestsSince(time, types = null) {
    return this.requests.filter((one) => one.time >= time && (types === null || types.includes(one.type)));
  }

  /** What was asked for since a time: addresses, but for the question whether the server is well, where it came at its pace. */
  askedSince(time) {
    const asked = this.requestsSince(time);
    const others = asked.filter(({ path }) => path !== '/health/ready');
    const isOften = asked.length - others.length > 1 + (Date.now() - time) / WELL_EVERY;
    return (isOften ? asked : others).map(({ url }) => url);
  }

  /** Fails with all that went wrong. */
  assertClean() {
    assert.deepEqual(this.#faults, [], FAULTY);
  }
}
