/**
 * The measures by the names of the API, and the one rule by which several contracts become one
 * value (docs/reference/semantics.md, both sides and several strikes together).
 */

/** How several values become one: `sides` a call and a put, `strikes` those of a level. */
export const MEASURES = {
  iv: { label: 'Implied volatility', short: 'IV', sides: 'outside', strikes: 'mean' },
  delta: { label: 'Delta', short: 'Delta', sides: 'all', strikes: 'mean' },
  gamma: { label: 'Gamma', short: 'Gamma', sides: 'outside', strikes: 'mean' },
  theta: { label: 'Theta, per day', short: 'Theta', sides: 'outside', strikes: 'mean' },
  vega: { label: 'Vega, per vol point', short: 'Vega', sides: 'outside', strikes: 'mean' },
  rho: { label: 'Rho, per rate point', short: 'Rho', sides: 'outside', strikes: 'mean' },
  price: { label: 'Price', short: 'Price', sides: 'all', strikes: 'mean' },
  oi: { label: 'Open interest', short: 'OI', sides: 'sum', strikes: 'sum' },
  volume: { label: 'Volume', short: 'Volume', sides: 'sum', strikes: 'sum' },
  oi_change: { label: 'Change of open interest', short: 'OI change', sides: 'sum', strikes: 'sum' },
  pcr: { label: 'PCR by open interest', short: 'PCR (OI)', ratioOf: 'oi' },
  pcr_volume: { label: 'PCR by day volume', short: 'PCR (volume)', ratioOf: 'volume_day' },
};

/** What must be asked of the stream to follow these measures. */
export function streamFields(measures) {
  const fields = measures.flatMap((name) => [MEASURES[name].ratioOf ?? name, ...(MEASURES[name].sides === 'outside' ? ['iv'] : [])]);
  return [...new Set(fields)];
}

/**
 * A call and a put of one strike together; `null` is unknown. IV and the Greeks that follow it are those of the side out
 * of the money, else of the other; where a feed gave the IV, and without a forward, the mean.
 *
 * @param {{strike: number, call?: object|null, put?: object|null}} cell of one strike, with the IV of both sides
 * @param {number|null} forward of its expiry then
 */
export function both(measure, cell, forward) {
  const values = [cell.call?.[measure] ?? null, cell.put?.[measure] ?? null];
  const known = values.filter((value) => value !== null);
  const rule = MEASURES[measure].sides;
  if (known.length === 0 || (rule === 'all' && known.length < 2)) {
    return null;
  }
  const sum = known.reduce((a, b) => a + b, 0);
  if (rule !== 'outside') {
    return sum;
  }
  const isFeed = [cell.call, cell.put].some((side) => side?.iv_source === 'feed');
  if (known.length < 2 || isFeed || forward === null) {
    return sum / known.length;
  }
  const outside = cell.strike >= forward ? 0 : 1;
  const hasIv = [cell.call, cell.put][outside].iv != null;
  return values[hasIv ? outside : 1 - outside];
}

/**
 * The value of a measure for each level of one bucket.
 *
 * @param {Iterable<{level: number|null, strike: number, call?: object|null, put?: object|null}>} cells
 * @param {'call'|'put'|'both'} side
 * @param {number|null} forward of their expiry then
 * @returns {Map<number, number>} levels without a value are absent
 */
export function foldLevels(measure, side, cells, forward) {
  const { ratioOf, strikes } = MEASURES[measure];
  const folds = new Map();
  for (const cell of cells) {
    if (cell.level == null) {
      continue;
    }
    const fold = folds.get(cell.level) ?? { sum: 0, count: 0, calls: 0 };
    folds.set(cell.level, fold);
    const call = cell.call?.[ratioOf ?? measure] ?? null;
    const put = cell.put?.[ratioOf ?? measure] ?? null;
    fold.calls += call ?? 0;
    const value = ratioOf ? put : side === 'both' ? both(measure, cell, forward) : { call, put }[side];
    if (value != null) {
      fold.sum += value;
      fold.count++;
    }
  }
  const values = new Map();
  for (const [level, { sum, count, calls }] of folds) {
    const value = ratioOf ? sum / calls : strikes === 'mean' ? sum / count : sum;
    if (count > 0 && Number.isFinite(value)) {
      values.set(level, value);
    }
  }
  return values;
}
