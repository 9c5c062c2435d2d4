/** Questions to the server. What cannot be answered is thrown as a {@link Refusal}. */

const TOKEN = 'strikegrid.token';

/** What the server refused, in its own words. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `the server answered with status ${status}`);
    this.status = status;
    this.code = problem.code ?? null;
    this.allowed = problem.allowed ?? null;
  }
}

/** The server could not be reached. */
export class Unreachable extends Error {
  constructor() {
    super('the server cannot be reached');
  }
}

export class Api {
  #onUnauthorized;

  /** @param {(refusal: Refusal) => void} onUnauthorized called where a token is needed */
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

  /**
   * Asks.
   *
   * @param {string} path such as `/fo/expiries`
   * @param {object} parameters a list is sent as repeated parameter; `null` is left out
   * @param {AbortSignal} [signal]
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
    let answer;
    try {
      answer = await fetch(text ? `${path}?${text}` : path, { headers, signal });
      if (answer.ok) {
        return await answer.json();
      }
    } catch (failure) {
      throw failure.name === 'AbortError' ? failure : new Unreachable();
    }
    const problem = await answer.json().catch(() => ({}));
    const refusal = new Refusal(answer.status, problem);
    if (answer.status === 401) {
      this.#onUnauthorized(refusal);
    }
    throw refusal;
  }
}
