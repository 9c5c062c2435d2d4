/**
 * What the open interest of a chain's contracts is compared with. Each kind answers the same: the
 * reference of a contract, when that was, and whether a change of the chain leaves it unknown.
 */

import { SIDES } from './chainstate.js';

/**
 * The references of a chain that the API answered.
 *
 * @param {boolean} isProvisional whether its newest minute still runs
 * @param {number} back minutes, for a chain with its history
 */
export function referencesOf(chain, isProvisional, back) {
  return chain.oi_history ? new MovingReferences(chain, back) : new FixedReferences(chain, isProvisional);
}

/** References that stand whatever comes: of the previous close, of the session's opening, of a chain that stands still. */
export class FixedReferences {
  #reference;
  #strikes = new Map();

  constructor(chain, isProvisional) {
    this.#reference = chain.oi_change_reference;
    for (const strike of chain.strikes) {
      const own = {};
      for (const side of SIDES) {
        const cell = strike[side];
        const isFirst = isProvisional && cell?.oi_change === 0 && cell.time === chain.bucket_time && this.#isOpening;
        if (cell?.oi != null && !isFirst) {
          own[side] = cell.oi_change == null ? null : cell.oi - cell.oi_change;
        }
      }
      this.#strikes.set(strike.strike, own);
    }
  }

  get #isOpening() {
    return this.#reference.kind === 'session_open';
  }

  /** As the API names it: `kind`, `time`, `source`. */
  at() {
    return this.#reference;
  }

  /**
   * The reference of a contract: `null` where there is none, `undefined` where nobody knows yet, as of a contract
   * whose first minute may be the one that still runs.
   */
  of(strike, side) {
    return this.#strikes.get(strike)?.[side];
  }

  /** Takes a change of the chain, and says whether the references must be asked for anew: an earlier minute may have a contract's first bar. */
  take(change, before) {
    return this.#isOpening && change.buckets.some(({ bucket_time: at }) =>
      at <= this.#reference.time || (before !== null && at < before));
  }
}

/** References that move with the chain, always so many minutes behind its newest one. */
export class MovingReferences {
  #seconds;
  #known = new Set();
  #minutes = new Map();
  #asked = null;

  constructor(chain, back) {
    this.#seconds = back * 60;
    const { time, call, put } = chain.oi_history;
    time.forEach((at, t) => this.#minutes.set(at, new Map(chain.strikes.map(({ strike }, k) => [strike, { call: call[k][t], put: put[k][t] }]))));
    for (const strike of chain.strikes) {
      SIDES.filter((side) => strike[side]?.oi != null).forEach((side) => this.#known.add(`${strike.strike} ${side}`));
    }
  }

  /** As the API names it, for a chain whose newest minute is the given one. */
  at(newest) {
    const time = this.#reference(newest);
    return { kind: 'minutes_back', time, source: time === null ? 'none' : 'bar' };
  }

  #reference(newest) {
    if (newest !== this.#asked?.newest) {
      const times = newest === null ? [] : [...this.#minutes.keys()].filter((time) => time <= newest - this.#seconds);
      this.#asked = { newest, time: times.length === 0 ? null : Math.max(...times) };
    }
    return this.#asked.time;
  }

  /** The reference of a contract of a chain whose newest minute is the given one; `undefined` where nobody knows. */
  of(strike, side, newest) {
    if (!this.#known.has(`${strike} ${side}`)) {
      return undefined;
    }
    return this.#minutes.get(this.#reference(newest))?.get(strike)?.[side] ?? null;
  }

  /**
   * Takes a change of the chain, and says whether the references must be asked for anew: so where a minute between those
   * that are known has changed, and is not told whole.
   *
   * @param {number|null} before the chain's newest minute before the change
   * @param {object} chain after the change
   */
  take(change, before, chain) {
    let isLost = false;
    for (const bucket of change.buckets) {
      const known = this.#minutes.get(bucket.bucket_time);
      if (known || bucket.whole) {
        this.#minutes.set(bucket.bucket_time, withCells(bucket.whole ? new Map() : known, bucket));
      } else {
        isLost ||= bucket.bucket_time > this.#oldest;
      }
    }
    this.#asked = null;
    this.#forget(chain.bucket_time);
    return isLost;
  }

  get #oldest() {
    return Math.min(...this.#minutes.keys());
  }

  /** Minutes before the one that the newest is compared with are not needed any more. */
  #forget(newest) {
    const reference = this.#reference(newest);
    [...this.#minutes.keys()].filter((time) => time < reference).forEach((time) => this.#minutes.delete(time));
  }
}

/** The open interest of a minute's contracts as a bucket tells it. */
function withCells(minute, { strikes }) {
  for (const cell of strikes) {
    const own = minute.get(cell.strike) ?? {};
    for (const side of SIDES) {
      own[side] = cell[side] ? cell[side].oi : own[side];
    }
    minute.set(cell.strike, own);
  }
  return minute;
}
