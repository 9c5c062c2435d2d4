/**
 * What a view follows of the stream. It notes how far the view was told, so that an answer that was on
 * its way meanwhile is not taken for the newest, and has the page begin anew with a new trading day.
 */

const PAUSE = 300;

export class Follower {
  #app;
  #told;
  #key = null;
  #end = null;
  #timer = 0;
  #day = null;
  #generation = 0;
  #oldest = null;

  /** Whether the server refused to send what is new. */
  isRefused = false;

  /**
   * @param {object} told
   * @param {() => void} told.reload asks for everything again
   * @param {(message: object) => void} [told.onSnapshot]
   * @param {(message: object) => void} told.onDelta
   * @param {(message: object) => void} [told.onProvisional]
   */
  constructor(app, told) {
    this.#app = app;
    this.#told = told;
  }

  /**
   * Follows something while the page is live.
   *
   * @param {object} query members of a `subscribe` message
   * @returns {boolean} whether it is something else than before
   */
  follow(query) {
    const { isLive, stream, presence } = this.#app;
    const key = isLive ? JSON.stringify(query) : null;
    if (key === this.#key) {
      return false;
    }
    this.#end?.();
    presence.refuse(this, null);
    this.isRefused = false;
    this.#key = key;
    this.#day = null;
    this.#generation = 0;
    this.#end = !isLive ? null : stream.subscribe(query, {
      onSnapshot: (message) => this.#snapshot(message),
      onDelta: (message) => this.#delta(message),
      onProvisional: (message) => {
        presence.report({ observed: Math.floor(this.#app.now()) });
        this.#told.onProvisional?.(message);
      },
      onError: (message) => {
        this.isRefused = true;
        presence.refuse(this, message.detail);
      },
    });
    return true;
  }

  /** Takes note of an answer of the API, and asks again soon if it is older than what the stream told. */
  check(answer) {
    const { trading_day: day, generation } = answer.meta.days.at(-1) ?? {};
    if (day !== undefined && (this.#oldest?.day !== day || this.#oldest.generation > generation)) {
      this.#oldest = { day, generation };
    }
    this.#compare();
  }

  #compare() {
    if (this.#oldest !== null && this.#oldest.day === this.#day && this.#oldest.generation < this.#generation) {
      this.reloadSoon();
    }
  }

  /** For what the stream alone cannot tell, such as a correction of an earlier hour. */
  reloadSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#oldest = null;
      this.#told.reload();
    }, PAUSE);
  }

  dispose() {
    clearTimeout(this.#timer);
    this.#end?.();
    this.#app.presence.refuse(this, null);
  }

  #snapshot(message) {
    this.#day = message.trading_day;
    this.#generation = 0;
    this.isRefused = false;
    this.#app.presence.refuse(this, null);
    this.#take(message.chains);
    message.chains.forEach((chain) => this.#app.presence.report({ observed: chain.as_of }));
    this.#told.onSnapshot?.(message);
    if (message.reason === 'rolled' || message.trading_day !== this.#app.market.days[0]?.trading_day) {
      this.#app.refresh();
    } else if (message.reason !== 'subscribed') {
      this.reloadSoon();
    } else {
      this.#compare();
    }
  }

  #delta(message) {
    this.#take(message.chains);
    for (const change of message.chains) {
      change.buckets.forEach((bucket) => this.#app.presence.report({ observed: bucket.as_of }));
    }
    if (this.#oldest?.day === this.#day) {
      this.#oldest.generation = Math.max(this.#oldest.generation, this.#generation);
    }
    this.#told.onDelta(message);
  }

  /** Generations are counted for each trading day. */
  #take(chains) {
    for (const { generation } of chains) {
      this.#generation = Math.max(this.#generation, generation);
    }
  }
}
