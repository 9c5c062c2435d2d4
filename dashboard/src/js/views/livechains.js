/**
 * The chains of the chosen expiries as they are known at the minute that is shown: asked for once,
 * then kept up to date from the stream.
 */

import { applyChange, chainOf, strikesOf, withRunning } from '../chainstate.js';
import { Loader, StreamMark } from '../loader.js';
import { failureText } from './words.js';

const FIELDS = ['price', 'bid', 'ask', 'iv', 'delta', 'gamma', 'theta', 'vega', 'rho', 'volume', 'volume_day', 'oi'];
const SIDES = ['call', 'put'];

export class LiveChains {
  #app;
  #onChange;
  #loader;
  #committed = [];
  #running = new Map();
  #mark = new StreamMark();
  #shown = null;
  #unsubscribe = null;
  #subscribed = null;
  #frame = 0;

  /** @param {() => void} onChange called once a frame at most */
  constructor(app, onChange) {
    this.#app = app;
    this.#onChange = onChange;
    this.#loader = new Loader(app);
    this.failure = null;
    this.meta = null;
  }

  /**
   * Asks for what the address says.
   *
   * @param {object} options `expiries` instead of those of the address; `compareAt`, the time of
   *     chains to compare with; `maxLevel`, how far from the money
   */
  show({ expiries = null, compareAt = null, maxLevel = null } = {}) {
    this.expiries = expiries ?? this.#app.state.expiry;
    this.compareAt = compareAt;
    this.maxLevel = maxLevel;
    this.#load();
    this.#subscribe();
  }

  reload() {
    this.#loader.forget();
    this.#load();
  }

  /** Asks again for what failed. */
  retry() {
    if (this.failure) {
      this.reload();
    }
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
    this.#loader.dispose();
    this.#unsubscribe?.();
  }

  /** The chains, in the order of the expiries asked for, with the running minute laid over them. */
  get all() {
    this.#shown ??= this.#committed.map((chain) => {
      const running = this.#running.get(chain.expiry);
      return withChanges(running ? withRunning(chain, running) : chain);
    });
    return this.#shown;
  }

  get first() {
    return this.all[0] ?? null;
  }

  #load() {
    const { state, market, day, at } = this.#app;
    if (!day) {
      return;
    }
    const parameters = {
      symbol: market.symbol, expiry: this.expiries, at, oi_change: state.reference,
      minutes_back: state.reference === 'minutes_back' ? state.back : null, compare_at: this.compareAt,
      max_level: this.maxLevel,
    };
    this.#loader.load('/fo/strike-distribution', parameters, (answer) => this.#came(answer), (failure) => {
      this.failure = failureText(failure);
      this.#committed = [];
      this.#changed();
    });
  }

  #came(answer) {
    if (this.#mark.isAhead(answer)) {
      this.reload();
    }
    this.failure = null;
    this.meta = answer.meta;
    this.#running.clear();
    this.#committed = answer.chains.map((one, i) => {
      const chain = chainOf(one);
      Object.assign(chain, one.totals, { asked: this.expiries[i], references: referencesOf(one) });
      delete chain.totals;
      return chain;
    });
    const observed = Math.max(...answer.chains.map((chain) => chain.as_of ?? 0));
    this.#app.presence.report({ observed: observed || null, provenance: answer.meta.provenance });
    this.#changed();
  }

  #subscribe() {
    const { market, isLive } = this.#app;
    const query = { symbol: market.symbol, timeframe: '1min', expiry: this.expiries, measure: FIELDS };
    if (this.maxLevel !== null) {
      query.max_level = this.maxLevel;
    }
    const key = isLive ? JSON.stringify(query) : null;
    if (key === this.#subscribed) {
      return;
    }
    this.#unsubscribe?.();
    this.#subscribed = key;
    this.#mark.clear();
    this.#running.clear();
    this.#unsubscribe = !isLive ? null : this.#app.stream.subscribe(query, {
      onSnapshot: (message) => this.#snapshot(message),
      onDelta: (message) => this.#delta(message),
      onProvisional: (message) => this.#provisional(message),
    });
  }

  #snapshot(message) {
    this.#mark.take(message.chains);
    this.#running.clear();
    if (message.reason === 'new_day' || message.reason === 'rolled') {
      this.#app.refresh();
      return;
    }
    for (const from of message.chains) {
      const chain = this.#find(from.expiry);
      if (chain) {
        const { labels, asked, references, days_to_expiry: days, compare, oi_change_reference: reference } = chain;
        const next = { ...chainOf(from), labels, references, compare, days_to_expiry: days, oi_change_reference: reference };
        this.#committed[this.#committed.indexOf(chain)] = { ...next, asked };
        this.#app.presence.report({ observed: from.as_of });
      }
    }
    if (message.reason !== 'subscribed') {
      this.reload(); // the references may be others
    }
    this.#changed();
  }

  #delta(message) {
    this.#mark.take(message.chains);
    this.#running.clear();
    for (const change of message.chains) {
      const chain = this.#find(change.expiry);
      if (chain) {
        applyChange(chain, change);
        this.#app.presence.report({ observed: chain.as_of });
      }
    }
    this.retry();
    if (this.#app.state.reference === 'minutes_back') {
      this.reload(); // the time that is compared with moves on too
    }
    this.#changed();
  }

  #provisional(message) {
    for (const running of message.chains) {
      this.#running.set(running.expiry, running);
    }
    this.#app.presence.report({ observed: Math.floor(this.#app.now()) });
    this.#changed();
  }

  #find(expiry) {
    return this.#committed.find((chain) => chain.expiry === expiry);
  }

  #changed() {
    this.#shown = null;
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#onChange();
      });
    }
  }
}

/** The open interest that each contract's change is measured against. */
function referencesOf(chain) {
  const references = new Map();
  for (const strike of chain.strikes) {
    const of = (side) => (side?.oi == null || side.oi_change == null ? null : side.oi - side.oi_change);
    references.set(strike.strike, { call: of(strike.call), put: of(strike.put) });
  }
  return references;
}

/** A chain with its changes in open interest, its totals and the strike at the money. */
function withChanges(chain) {
  const totals = { call: null, put: null };
  const strikes = strikesOf(chain).map((strike) => {
    const next = { ...strike };
    for (const side of SIDES) {
      const reference = chain.references.get(strike.strike)?.[side] ?? null;
      const oi = strike[side]?.oi ?? null;
      const change = oi === null || reference === null ? null : oi - reference;
      next[side] = strike[side] ? { ...strike[side], oi_change: change } : null;
      totals[side] = change === null ? totals[side] : (totals[side] ?? 0) + change;
    }
    return next;
  });
  return {
    ...chain,
    list: strikes,
    atm_strike: strikes.find((strike) => strike.level === 0)?.strike ?? chain.atm_strike ?? null,
    call_oi_change: totals.call,
    put_oi_change: totals.put,
  };
}
