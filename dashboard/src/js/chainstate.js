/**
 * Chains kept up to date from the messages of a stream, by the rules of contract/stream.md. Nothing of
 * a running minute is kept: it is laid over what is committed.
 */

const FIGURES = [
  'bucket_time', 'as_of', 'underlying', 'underlying_source', 'forward', 'rate', 'pcr', 'pcr_volume',
  'max_pain', 'call_oi', 'put_oi', 'call_volume_day', 'put_volume_day', 'atm_iv', 'straddle',
  'contracts', 'carried',
];

/** What is known of a contract comes in parts, each of the newest bar that tells of it. */
const PARTS = {
  price: ['price', 'open', 'high', 'low', 'close'],
  quote: ['bid', 'ask'],
  iv: ['iv', 'iv_source', 'delta', 'gamma', 'theta', 'vega', 'rho'],
  oi: ['oi'],
};

/** The part that a measure belongs to; `null` where it has none. */
export const partOf = (measure) => Object.keys(PARTS).find((part) => PARTS[part].includes(measure)) ?? null;

/** The two sides of a strike. */
export const SIDES = ['call', 'put'];

/** One chain as it is known now, from a snapshot or from an answer of the API. */
export function chainOf(from) {
  const chain = { ...from, strikes: new Map() };
  for (const strike of from.strikes) {
    chain.strikes.set(strike.strike, { ...strike });
  }
  return chain;
}

/** Applies one chain of a delta; the chain given is changed. */
export function applyChange(chain, change) {
  chain.generation = change.generation;
  chain.strike_gap = change.strike_gap;
  for (const bucket of change.buckets) {
    applyBucket(chain, bucket);
  }
  for (const strike of change.gone) {
    chain.strikes.delete(strike);
  }
  for (const known of change.known) {
    chain.strikes.set(known.strike, { ...known });
  }
}

/** A copy of a chain with the buckets that still run laid over it. */
export function withRunning(chain, running) {
  const copy = { ...chain, strikes: new Map(chain.strikes), isProvisional: true, committed_time: chain.bucket_time };
  for (const bucket of running.buckets) {
    const known = { ...bucket };
    for (const figure of FIGURES) {
      if (bucket[figure] === null && figure !== 'as_of') {
        known[figure] = chain[figure]; // not computed before the minute is over
      }
    }
    if (bucket.underlying_source === 'none') {
      known.underlying_source = chain.underlying_source;
    }
    applyBucket(copy, known);
  }
  return copy;
}

function applyBucket(chain, bucket) {
  const isNewest = chain.bucket_time == null || bucket.bucket_time >= chain.bucket_time;
  if (isNewest) {
    for (const figure of FIGURES) {
      chain[figure] = bucket[figure];
    }
  }
  for (const cell of bucket.strikes) {
    const strike = chain.strikes.get(cell.strike);
    if (strike) {
      const next = { ...strike, level: isNewest ? cell.level : strike.level };
      for (const side of SIDES) {
        next[side] = applyCell(strike[side], cell[side], bucket.bucket_time);
      }
      chain.strikes.set(cell.strike, next);
    }
  }
}

/** Applies what a bar tells: of each part all its measures, known or not, and volume; a day's volume stays known. */
function applyCell(known, cell, time) {
  if (!cell || cell.carried || (known && time < known.time)) {
    return known;
  }
  const { tells = Object.keys(PARTS), ...measures } = cell;
  const next = { ...known, time };
  if (tells.includes('iv')) {
    delete next.iv_source; // said of an IV that a feed gave
  }
  for (const [measure, value] of Object.entries(measures)) {
    const part = partOf(measure);
    const isTold = part === null ? measure === 'volume' || value !== null : tells.includes(part);
    if (isTold || !(measure in next)) {
      next[measure] = value;
    }
    if (isTold && part !== null) {
      next[`${part}_time`] = time;
    } else if (part !== null) {
      next[`${part}_time`] ??= null;
    }
  }
  return next;
}

/** The strikes of a chain, ascending. */
export function strikesOf(chain) {
  return [...chain.strikes.values()].sort((a, b) => a.strike - b.strike);
}

/**
 * The cells of the newest buckets, kept so that a value can be made of a bucket of which only some
 * cells are told again.
 */
export class BucketCells {
  #kept = 4;
  #buckets = new Map();

  /**
   * Takes a bucket of one expiry.
   *
   * @returns {object[]|null} all its cells; `null` where it is not whole and was not told before
   */
  take(expiry, bucket) {
    const key = `${expiry} ${bucket.bucket_time}`;
    let cells = this.#buckets.get(key);
    if (bucket.whole) {
      cells = new Map();
    } else if (!cells) {
      return null;
    }
    for (const cell of bucket.strikes) {
      cells.set(cell.strike, { ...cells.get(cell.strike), ...cell });
    }
    this.#buckets.set(key, cells);
    this.#forget(expiry);
    return [...cells.values()];
  }

  #forget(expiry) {
    const own = [...this.#buckets.keys()].filter((key) => key.startsWith(`${expiry} `));
    for (const key of own.sort().slice(0, -this.#kept)) {
      this.#buckets.delete(key);
    }
  }

  clear() {
    this.#buckets.clear();
  }
}
