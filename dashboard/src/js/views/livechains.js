/**
 * The chains of the chosen expiries as they are known at the minute that is shown. What the API answers
 * names the expiries and what open interest is compared with; while the page is live the chains
 * themselves are kept from the stream.
 */

import { SIDES, applyChange, chainOf, strikesOf, withRunning } from '../chainstate.js';
import { Follower } from '../follower.js';
import { Gaps } from '../gaps.js';
import { Loader } from '../loader.js';
import { referencesOf } from '../oireferences.js';
import { failureText, SECONDS } from './words.js';

const FIELDS = ['price', 'bid', 'ask', 'iv', 'delta', 'gamma', 'theta', 'vega', 'rho', 'volume', 'volume_day', 'oi'];
const RUNNING = 10; // minutes that an answer may have, and the stream has not told yet

/** What is asked for a minute is what was known when it had ended. */
const endOf = (minute) => (minute === null ? null : minute + SECONDS['1min']);

export class LiveChains {
  #app;
  #onChange;
  #loader;
  #follower;
  #answered = [];
  #told = new Map();
  #running = new Map();
  #gaps = new Gaps();
  #shown = null;
  #asked = new Set();
  #frame = 0;
  #isAside;

  /**
   * @param {() => void} onChange called once a frame at most
   * @param {object} options `isAside`: what the page says of its data is not of these
   */
  constructor(app, onChange, { isAside = false } = {}) {
    this.#app = app;
    this.#isAside = isAside;
    this.#onChange = onChange;
    this.#loader = new Loader(app);
    this.#follower = new Follower(app, {
      reload: () => this.#reload(),
      onSnapshot: (message) => this.#snapshot(message),
      onDelta: (message) => this.#delta(message),
      onProvisional: (message) => this.#provisional(message),
    });
    this.failure = null;
    this.isLoading = false;
  }

  /**
   * Asks for what the address says.
   *
   * @param {object} options `expiries` instead of those of the address; `compareAt`, the minute of
   *     chains to compare with, and `compareName`, which those have then; `maxLevel`, how far from the money;
   *     `hasChanges`, whether changes in open interest are those that the address asks for
   */
  show({ expiries = null, compareAt = null, compareName = null, maxLevel = null, hasChanges = true } = {}) {
    this.expiries = expiries ?? this.#app.state.expiry;
    this.compareAt = compareAt;
    this.compareName = compareName;
    this.maxLevel = maxLevel;
    this.hasChanges = hasChanges;
    this.#load();
    this.#follow();
  }

  /** Makes what is shown next be asked for anew. */
  forget() {
    this.#loader.forget();
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
    this.#loader.dispose();
    this.#follower.dispose();
  }

  /** The chains, in the order of the expiries asked for, with the running minute laid over them. */
  get all() {
    this.#shown ??= this.#answered.map((own) => {
      const chain = this.#newest(own);
      const running = this.#running.get(own.expiry);
      return withChanges(running && chain !== own ? withRunning(chain, running) : chain);
    });
    return this.#shown;
  }

  /** An answered chain as the stream has told it; as it is where the stream stands still and it is newer. */
  #newest(own) {
    const told = this.#told.get(own.expiry);
    const isStill = this.#app.stream.state !== 'live' || this.#follower.isRefused;
    const isOld = isStill && own.as_of > told?.as_of;
    return !told || isOld ? own : { ...own, ...told, asked: own.asked, isProvisional: false };
  }

  get first() {
    return this.all[0] ?? null;
  }

  #load() {
    const { state, market, day, at, isLive } = this.#app;
    if (!day) {
      return;
    }
    const reference = this.hasChanges ? state.reference : null;
    const isMoving = reference === 'minutes_back';
    const parameters = {
      symbol: market.symbol, expiry: this.expiries, at: endOf(at), oi_change: reference,
      minutes_back: isMoving ? state.back : null, oi_history: isMoving && isLive ? state.back + RUNNING : null,
      compare_at: endOf(this.compareAt), max_level: this.maxLevel,
    };
    const { expiries, compareName } = this;
    const { back } = state;
    this.#loader.load('/fo/strike-distribution', parameters, {
      minute: at,
      onAnswer: (answer) => this.#came(answer, { expiries, compareName, back }),
      onFailure: (failure) => {
        this.failure = failureText(failure);
        this.isLoading = false;
        this.#answered = [];
        this.#changed();
      },
      onStart: () => {
        this.isLoading = true;
        this.#asked.clear();
        this.#changed();
      },
    });
  }

  #reload() {
    this.forget();
    this.#load();
  }

  #came(answer, { expiries, compareName, back }) {
    this.#follower.check(answer);
    this.failure = null;
    this.isLoading = false;
    this.#answered = answer.chains.map((one, i) => {
      const { totals, ...chain } = { ...chainOf(one), ...one.totals };
      const { provisional: isProvisional } = answer.meta;
      return { ...chain, asked: expiries[i], compareName, references: referencesOf(one, isProvisional, back), isProvisional };
    });
    const observed = Math.max(...answer.chains.map((chain) => chain.as_of ?? 0));
    const { as_of: newest, gaps, provenance, provisional } = answer.meta;
    this.#gaps.take(gaps, provisional ? null : newest);
    this.#report({ observed: observed || null, provenance, gaps: this.#app.isLive ? this.#gaps.all : gaps });
    this.#changed();
  }

  #follow() {
    const query = { symbol: this.#app.market.symbol, timeframe: '1min', expiry: this.expiries, measure: FIELDS };
    if (this.maxLevel !== null) {
      query.max_level = this.maxLevel;
    }
    if (this.#follower.follow(query)) {
      this.#answered = this.#answered.map((own) => this.#newest(own)); // in sight until the next answer
      this.#told.clear();
      this.#running.clear();
      this.#shown = null;
    }
  }

  #snapshot(message) {
    this.#running.clear();
    this.#told = new Map(message.chains.map((from) => [from.expiry, chainOf(from)]));
    message.chains.forEach((from) => from.bucket_time !== null && this.#gaps.reach(from.bucket_time));
    this.#changed();
  }

  #delta(message) {
    this.#running.clear();
    let isReferenceLost = false;
    for (const change of message.chains) {
      const chain = this.#told.get(change.expiry);
      if (chain) {
        const before = chain.bucket_time;
        applyChange(chain, change);
        for (const { references } of this.#answered.filter((own) => own.expiry === change.expiry)) {
          isReferenceLost = references.take(change, before, chain) || isReferenceLost;
        }
      }
    }
    if (this.#isGapFilled(message) || this.#hasNewcomer() || isReferenceLost || this.failure !== null) {
      this.#follower.reloadSoon();
    }
    this.#changed();
  }

  #isGapFilled(message) {
    const times = new Set(message.chains.flatMap(({ buckets }) => buckets.map((bucket) => bucket.bucket_time)));
    const filled = [...times].sort((a, b) => a - b).filter((at) => this.#gaps.note(at, SECONDS['1min']));
    this.#report({ gaps: this.#gaps.all });
    return filled.length > 0;
  }

  /** Whether a contract has open interest of which it was not asked yet what it is compared with. */
  #hasNewcomer() {
    let isThere = false;
    for (const { expiry, references } of this.#answered) {
      const chain = this.#told.get(expiry);
      for (const [strike, sides] of chain?.strikes ?? []) {
        for (const side of SIDES) {
          const name = `${expiry} ${strike} ${side}`;
          if (sides[side]?.oi != null && references.of(strike, side, chain.bucket_time) === undefined && !this.#asked.has(name)) {
            this.#asked.add(name);
            isThere = true;
          }
        }
      }
    }
    return isThere;
  }

  #report(what) {
    if (!this.#isAside) {
      this.#app.presence.report(what);
    }
  }

  #provisional(message) {
    for (const running of message.chains) {
      this.#running.set(running.expiry, running);
    }
    this.#changed();
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

/** A chain with its changes in open interest, its totals and the strike at the money. */
function withChanges(chain) {
  const totals = { call: null, put: null };
  const strikes = strikesOf(chain).map((strike) => {
    const next = { ...strike };
    for (const side of SIDES) {
      const reference = chain.references.of(strike.strike, side, chain.bucket_time) ?? null;
      const oi = strike[side]?.oi ?? null;
      const change = oi === null || reference === null ? null : oi - reference;
      next[side] = strike[side] ? { ...strike[side], oi_change: change } : null;
      totals[side] = change === null ? totals[side] : (totals[side] ?? 0) + change;
    }
    return next;
  });
  return {
    ...chain,
    oi_change_reference: chain.references.at(chain.bucket_time),
    list: strikes,
    atm_strike: strikes.find((strike) => strike.level === 0)?.strike ?? chain.atm_strike ?? null,
    call_oi_change: totals.call,
    put_oi_change: totals.put,
  };
}
