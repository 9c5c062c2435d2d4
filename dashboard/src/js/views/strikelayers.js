/** Charts of a chain by strike, on the price axis. */

import { StrikeAxis } from '../axes.js';
import { expiryColour } from '../look.js';
import { dateText } from '../times.js';
import { MEASURES } from '../measures.js';
import { referenceText } from './words.js';

const BARS = new Set(['oi', 'oi_change', 'volume']);

/** The title of a panel by strike. */
export function strikeTitle(measure) {
  return `${MEASURES[measure].label} by strike`;
}

/**
 * One measure of chains by strike: bars of the first chain for what adds up, lines of every chain
 * for the others.
 */
export function strikeDrawing(app, measure, chains, look) {
  const [first] = chains;
  const span = app.state.span;
  const isNear = (strike) => strike.level == null || Math.abs(strike.level) <= span;
  const near = chains.map((chain) => chain.list.filter(isNear));
  const strikes = [...new Set(near.flat().map((strike) => strike.strike))].sort((a, b) => a - b);
  const axis = new StrikeAxis(strikes, first.strike_gap, app.write('strike'));
  const isBars = BARS.has(measure);
  const layers = isBars ? barLayers(measure, near[0], axis.least, look) : [];
  if (!isBars) {
    chains.forEach((chain, n) => layers.push(...lineLayers(measure, chain, near[n], n, chains.length > 1, look)));
  }
  layers.push({ kind: 'mark', at: first.underlying, name: 'underlying', colour: look.text, dash: null });
  if (isBars) {
    layers.push({ kind: 'mark', at: first.max_pain, name: 'max pain', colour: look.warn, row: 1 });
  }
  const expiry = isBars || chains.length === 1 ? dateText(first.expiry) : `${chains.length} expiries`;
  const note = measure === 'oi_change' ? `${expiry}, ${referenceText(first.oi_change_reference, app.market.zone)}` : expiry;
  return {
    note,
    drawing: { axis, layers, fromZero: isBars, write: app.write(measure), writeShort: app.write(measure, true) },
  };
}

function barLayers(measure, strikes, gap, look) {
  const x = strikes.map((strike) => strike.strike);
  const y = (side) => strikes.map((strike) => strike[side]?.[measure] ?? null);
  const width = gap * 0.38;
  return [
    { kind: 'bars', name: 'calls', x, y: y('call'), width, offset: -width / 2, colour: look.call, reach: 'nearest' },
    { kind: 'bars', name: 'puts', x, y: y('put'), width, offset: width / 2, colour: look.put, isHollow: true, reach: 'nearest' },
  ];
}

/** Calls with dots, puts dashed with diamonds; of several expiries each has a colour. */
function lineLayers(measure, chain, strikes, n, isMany, look) {
  const x = strikes.map((strike) => strike.strike);
  const prefix = isMany ? `${chain.asked} ` : '';
  return ['call', 'put'].map((side) => ({
    kind: 'line', name: `${prefix}${side}s`, x, y: strikes.map((strike) => strike[side]?.[measure] ?? null),
    colour: isMany ? expiryColour(n, look) : side === 'call' ? look.call : look.put, width: n === 0 ? 1.75 : 1,
    dash: side === 'put' ? [5, 3] : null, marker: side === 'call' ? 'circle' : 'diamond',
    reach: 'nearest',
  }));
}


/** The strike of a chain that is nearest to a level of moneyness, counted from the strike nearest the underlying. */
export function strikeAtLevel(chain, underlying, level) {
  const nearest = (price) =>
    [...chain.strikes.keys()].sort((a, b) => Math.abs(a - price) - Math.abs(b - price) || a - b)[0];
  return nearest(nearest(underlying) + level * chain.strike_gap);
}
