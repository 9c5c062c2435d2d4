/** Implied volatility by strike, against another time if wanted, and at the money by expiry. */

import { AxisGroup } from '../axisgroup.js';
import { DaysAxis, StrikeAxis } from '../axes.js';
import { Choice, controlBar, Picker, Segments } from '../controls.js';
import { el } from '../dom.js';
import { dashOf, expiryColour } from '../look.js';
import { both } from '../measures.js';
import { PlotPanel } from '../panel.js';
import { clock, dateAt, dateText, zoneName } from '../times.js';
import { LiveChains } from './livechains.js';
import { emptyText, SIDE_OPTIONS, SPAN_OPTIONS } from './words.js';

const MOST_EXPIRIES = 20;
const COMPARE = [
  { value: 'none', text: 'nothing' },
  { value: 'previous_close', text: 'previous close' },
  { value: 'session_open', text: 'session open' },
];
/** What lines of the other time are called. */
const THEN = { previous_close: 'previous close', session_open: 'session open', at: 'pinned' };
const MARKERS = { call: 'circle', put: 'diamond', both: null };

export class SmileView {
  #app;
  #chains;
  #atMoney;
  #strikes = new AxisGroup();
  #days = new AxisGroup();
  #smile;
  #term;
  #controls;

  constructor(app) {
    this.#app = app;
    this.#chains = new LiveChains(app, () => this.#drawSmile());
    this.#atMoney = new LiveChains(app, () => this.#drawTerm(), { isAside: true });
    this.#smile = new PlotPanel('smile', 'Implied volatility by strike', { axisName: 'strike', group: this.#strikes, height: 'plot-huge' });
    this.#smile.onPick = (strike) => app.openStrike(strike, this.#chains.first?.expiry ?? null);
    this.#term = new PlotPanel('term', 'Implied volatility at the money by expiry', { axisName: 'days to expiry', group: this.#days, height: 'plot-tall' });
    this.#smile.onTheme = () => this.#drawSmile();
    this.#term.onTheme = () => this.#drawTerm();
    for (const panel of [this.#smile, this.#term]) {
      panel.subtitle = () => app.presence.stamp;
    }
    this.#buildControls();
    this.element = el('div.view.smile', {}, this.#controls, this.#smile.element, this.#term.element);
  }

  show() {
    const { market, state } = this.#app;
    this.#showControls();
    this.#chains.show({ compareAt: this.#compareAt(), compareName: THEN[state.compare], hasChanges: false });
    this.#atMoney.show({ expiries: market.expiries.slice(0, MOST_EXPIRIES).map((one) => one.expiry), maxLevel: 0, hasChanges: false });
    const prefix = `${market.symbol}-${this.#app.day?.trading_day ?? ''}`;
    this.#smile.filePrefix = prefix;
    this.#term.filePrefix = prefix;
    this.#drawSmile();
    this.#drawTerm();
  }

  /** Makes what is shown next be asked for anew. */
  forget() {
    this.#chains.forget();
    this.#atMoney.forget();
  }

  dispose() {
    this.#chains.dispose();
    this.#atMoney.dispose();
    this.#smile.dispose();
    this.#term.dispose();
    this.#strikes.dispose();
    this.#days.dispose();
    this.element.remove();
  }

  /** The minute of the smile to compare with; `null` for none. */
  #compareAt() {
    const { state, market, day } = this.#app;
    switch (state.compare) {
      case 'previous_close': {
        const before = market.dayBefore(day);
        return before ? before.close - 60 : null;
      }
      case 'session_open': return day.open;
      case 'at': return state.compare_at;
      default: return null;
    }
  }

  #drawSmile() {
    const panel = this.#smile;
    if (this.#chains.failure) {
      panel.setState('error', this.#chains.failure);
      return;
    }
    const { first, all } = this.#chains;
    if (!first) {
      return;
    }
    const { state } = this.#app;
    const look = panel.plot.look;
    const near = (strike) => strike.level == null || Math.abs(strike.level) <= state.span;
    const layers = [];
    const notes = new Set();
    all.forEach((chain, n) => {
      const name = all.length > 1 ? `${chain.asked} ` : '';
      layers.push(...this.#lines(name, { strikes: chain.list.filter(near), forward: chain.forward }, n, look, false));
      if (chain.compare?.bucket_time != null) {
        const then = chain.compare;
        const kept = new Set(chain.list.filter(near).map((strike) => strike.strike));
        const own = this.#lines(`${name}${chain.compareName} `, { strikes: then.strikes.filter((strike) => kept.has(strike.strike)), forward: then.forward }, n, look, true);
        layers.push(...own);
        notes.add(`${chain.compareName}: ${this.#timeText(then.bucket_time)}`);
      } else if (this.#compareAt() !== null && !this.#chains.isLoading) {
        notes.add(`${chain.asked}: nothing was stored yet at ${this.#timeText(this.#compareAt())}`);
      }
    });
    if (state.compare === 'previous_close' && this.#compareAt() === null) {
      notes.add('no day before this one is stored');
    }
    layers.push(
      { kind: 'mark', at: first.underlying, name: 'underlying', colour: look.text, dash: null },
      { kind: 'mark', at: first.forward, name: 'forward', colour: look.muted, row: 1 },
    );
    panel.note([...notes].join(' \u00b7 '));
    const strikes = [...new Set(layers.flatMap((layer) => layer.x ?? []))].sort((a, b) => a - b);
    panel.show({
      axis: new StrikeAxis(strikes, first.strike_gap, this.#app.write('strike')), layers,
      write: this.#app.write('iv'), writeShort: this.#app.write('iv', true),
    }, { empty: emptyText(this.#app) });
    if (this.#chains.isLoading) {
      panel.setState('loading');
    }
  }

  #timeText(time) {
    const { zone } = this.#app.market;
    return `${clock(time, zone)} ${zoneName(time, zone)} of ${dateText(dateAt(time, zone))}`;
  }

  #lines(prefix, { strikes, forward }, n, look, isThen) {
    const { side } = this.#app.state;
    const x = strikes.map((strike) => strike.strike);
    const value = { call: (s) => s.call?.iv ?? null, put: (s) => s.put?.iv ?? null, both: (s) => both('iv', s, forward) };
    const sides = side === 'both' ? ['both', 'call', 'put'] : [side];
    return sides.map((one) => ({
      kind: 'line', name: `${prefix}${{ call: 'calls', put: 'puts', both: 'both' }[one]}`, x, y: strikes.map(value[one]),
      colour: this.#chains.all.length > 1 ? expiryColour(n, look) : one === 'call' ? look.call : one === 'put' ? look.put : look.text,
      width: one === 'both' ? 2.25 : 1, dash: isThen ? [6, 4] : one === 'put' ? [3, 3] : dashOf(0),
      marker: isThen ? null : MARKERS[one], reach: 'nearest', isPoints: !isThen && side === 'both' && one !== 'both',
    })).filter((layer) => !(isThen && side === 'both' && layer.marker === null && layer.width === 1));
  }

  #drawTerm() {
    const panel = this.#term;
    if (this.#atMoney.failure) {
      panel.setState('error', this.#atMoney.failure);
      return;
    }
    const chains = [...this.#atMoney.all].sort((a, b) => a.days_to_expiry - b.days_to_expiry);
    if (chains.length === 0) {
      return;
    }
    const x = chains.map((chain) => chain.days_to_expiry);
    panel.note(chains.map((chain) => `${dateText(chain.expiry)} in ${chain.days_to_expiry} d`).slice(0, 3).join(', ') + (chains.length > 3 ? ', \u2026' : ''));
    panel.show({
      axis: new DaysAxis(x),
      leastSpan: 0.005,
      layers: [{ kind: 'line', name: 'ATM IV', x, y: chains.map((chain) => chain.atm_iv), colour: panel.plot.look.accent, width: 2, marker: 'circle', reach: 'nearest' }],
      write: this.#app.write('iv'), writeShort: this.#app.write('iv', true),
    });
  }

  #buildControls() {
    const app = this.#app;
    this.expiry = new Picker('Expiry', { isMany: true, name: 'expiry' }, (expiry) => app.go({ expiry }));
    this.side = new Segments('Side', SIDE_OPTIONS, (side) => app.go({ side }));
    this.compare = new Choice('Compare with', COMPARE, (compare) => app.go({ compare, compare_at: compare === 'at' ? app.state.compare_at : null }));
    this.span = new Choice('Strikes', SPAN_OPTIONS, (span) => app.go({ span: +span }));
    const pin = el('button.button', { type: 'button', data: { action: 'pin' }, on: { click: () => this.#pin() } }, 'Pin this minute');
    this.#controls = controlBar([this.expiry.element, this.side.element, this.span.element, this.compare.element, pin]);
  }

  /** Compares with the minute that is shown now, whatever is shown next. */
  #pin() {
    const at = this.#app.at ?? this.#chains.first?.bucket_time;
    if (at != null) {
      this.#app.go({ compare: 'at', compare_at: at });
    }
  }

  #showControls() {
    const { state, market } = this.#app;
    this.expiry.setOptions(market.expiryOptions());
    this.expiry.set(state.expiry);
    this.side.set(state.side);
    this.span.set(String(state.span));
    const pinned = state.compare === 'at' && state.compare_at !== null
      ? [{ value: 'at', text: `pinned ${clock(state.compare_at, market.zone)}` }] : [];
    this.compare.setOptions([...COMPARE, ...pinned]);
    this.compare.set(state.compare);
  }
}
