/** Questions to the server. What cannot be answered is thrown as a {@link Refusal}. */

const TOKEN = 'strikegrid.token';
const LONGEST_WAIT = 30_000;

/** What the server refused, in its own words. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `the server answered with status ${status}`);
    this.status = status;
    this.code = problem.code ?? null;
    this.allowed = problem.allowed ?? null;
  }

  /** Whether the same may be answered a little later. */
  get isPassing() {
    return this.status >= 500;
  }
}

/** The server could not be reached. */
export class Unreachable extends Error {
  constructor() {
    super('the server cannot be reached');
    this.isPassing = true;
  }
}

export class Api {
  #onUnauthorized;

  /** How far the server's clock is ahead of this one, in milliseconds, by the answer that came last. */
  clockOffset = 0;

  /** @param {(refusal: Refusal) => void} onUnauthorized called where a token, or another one, is needed */
  constructor(onUnauthorized = () => {}) {
    this.#onUnauthorized = onUnauthorized;
  }

  get token() {
    return sessionStorage.getItem(TOKEN);
  }

  set token(token) {
    if (token) {
      sessionStorage.setItem(TOKEN, token);
    } else {
      sessionStorage.removeItem(TOKEN);
    }
  }

  #setClock(date) {
    if (date !== null) {
      this.clockOffset = Date.parse(date) + 500 - Date.now(); // it has whole seconds
    }
  }

  /**
   * Asks.
   *
   * @param {string} path such as `/fo/expiries`
   * @param {object} parameters a list is sent as repeated parameter; `null` is left out
   * @param {AbortSignal} [signal]
   * @throws {Refusal|Unreachable} the latter too where no answer comes within 30 seconds
   */
  async get(path, parameters = {}, signal = undefined) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== null && one !== undefined) {
          query.append(name, one);
        }
      }
    }
    const text = query.toString();
    const headers = { Accept: 'application/json' };
    if (this.token) {
      headers.Authorization = `Bearer ${this.token}`;
    }
    const late = AbortSignal.timeout(LONGEST_WAIT);
    let answer;
    try {
      answer = await fetch(text ? `${path}?${text}` : path, { headers, signal: signal ? AbortSignal.any([signal, late]) : late });
      this.#setClock(answer.headers.get('Date'));
      if (answer.ok) {
        return await answer.json();
      }
    } catch (failure) {
      throw failure.name === 'AbortError' ? failure : new Unreachable();
    }
    const problem = await answer.json().catch(() => ({}));
    const refusal = new Refusal(answer.status, problem);
    if (answer.status === 401 || answer.status === 403) {
      this.#onUnauthorized(refusal);
    }
    throw refusal;
  }
}
