/**
 * The session at a glance: the underlying and measures by moneyness level through time, and beside
 * them the chain by strike.
 */

import { AxisGroup } from '../axisgroup.js';
import { PlotTimeAxis } from '../axes.js';
import { BucketCells } from '../chainstate.js';
import { el, setData } from '../dom.js';
import { dashOf, levelColour, levelName } from '../look.js';
import { foldLevels, MEASURES, streamFields } from '../measures.js';
import { PlotPanel, syncPanels } from '../panel.js';
import { SessionAxis, zoneName } from '../times.js';
import { TimeSeries } from '../timeseries.js';
import { Loader, StreamMark } from '../loader.js';
import { LiveChains } from './livechains.js';
import { strikeAtLevel, strikeDrawing, strikeTitle } from './strikelayers.js';
import { OverviewControls } from './overviewcontrols.js';
import { failureText, SECONDS, SIDE_TEXT } from './words.js';

const LONG_SESSION = 8 * 3600;
const WINDOW = 6 * 3600;

export class OverviewView {
  #app;
  #time = new AxisGroup();
  #prices = new AxisGroup();
  #underlying;
  #byLevel = new Map();
  #byStrike = new Map();
  #left;
  #right;
  #controls;
  #chains;
  #cells = new BucketCells();
  #mark = new StreamMark();
  #unsubscribe = null;
  #subscribed = null;
  #window = null;
  #gaps = [];
  #reloadTimer = 0;

  constructor(app) {
    this.#app = app;
    this.#chains = new LiveChains(app, () => this.#drawStrikes());
    this.#underlying = this.#timePanel('underlying', 'Underlying', 'plot-tall');
    this.#underlying.loader = new Loader(app);
    this.#left = el('div.column', { 'aria-label': 'Through the session', role: 'group' }, this.#underlying.element);
    this.#right = el('div.column', { 'aria-label': 'By strike', role: 'group' });
    this.#controls = new OverviewControls(app);
    this.element = el('div.view.overview', {}, this.#controls.element, el('div.columns', {}, this.#left, this.#right));
  }

  show() {
    this.#controls.show();
    this.#syncPanels();
    this.#load();
    this.#subscribe();
    this.#chains.show();
    this.#drawAll();
  }

  reload() {
    this.#underlying.loader.forget();
    this.#byLevel.forEach((panel) => panel.loader.forget());
    this.#cells.clear();
    this.#load();
    this.#chains.reload();
  }

  /** Asks again for what failed. */
  retry() {
    this.#load();
    this.#chains.retry();
  }

  dispose() {
    clearTimeout(this.#reloadTimer);
    this.#unsubscribe?.();
    this.#chains.dispose();
    for (const panel of [this.#underlying, ...this.#byLevel.values(), ...this.#byStrike.values()]) {
      panel.loader?.dispose();
      panel.dispose();
    }
    this.#time.dispose();
    this.#prices.dispose();
    this.element.remove();
  }

  // --- panels

  #timePanel(id, title, height = 'plot-usual') {
    const panel = new PlotPanel(id, title, { axisName: 'time', group: this.#time, height });
    panel.subtitle = () => this.#subtitle();
    panel.onTheme = () => this.#drawAll();
    return panel;
  }

  #subtitle() {
    const { market, state, day } = this.#app;
    return `${market.symbol}, ${day?.trading_day ?? ''}, ${state.tf}, ${market.zone}`;
  }

  #syncPanels() {
    const { measure, by_strike: byStrike } = this.#app.state;
    syncPanels(this.#byLevel, measure, this.#left, (name) => {
      const panel = this.#timePanel(`level-${name}`, MEASURES[name].label);
      panel.loader = new Loader(this.#app);
      panel.onPick = (position, value) => this.#pickLevel(panel, position, value);
      return panel;
    });
    syncPanels(this.#byStrike, byStrike, this.#right, (name) => {
      const panel = new PlotPanel(`strike-${name}`, MEASURES[name].label, { axisName: 'strike', group: this.#prices });
      panel.subtitle = () => this.#subtitle();
      panel.onTheme = () => this.#drawAll();
      panel.onPick = (strike) => this.#app.openStrike(strike, this.#chains.first?.expiry ?? null);
      return panel;
    });
    const prefix = `${this.#app.market.symbol}-${this.#app.day?.trading_day ?? ''}`;
    for (const panel of [this.#underlying, ...this.#byLevel.values(), ...this.#byStrike.values()]) {
      panel.filePrefix = prefix;
    }
  }

  /** Opens the strike behind the line nearest to a point. */
  #pickLevel(panel, position, value) {
    const nearest = panel.plot.drawing.layers
      .map((layer) => ({ layer, y: layer.y[layer.x.indexOf(position)] ?? null }))
      .filter(({ y }) => y !== null)
      .sort((a, b) => (value === null ? 0 : Math.abs(a.y - value) - Math.abs(b.y - value)))[0];
    const spot = this.#underlying.series?.get('underlying') ?? [];
    const index = this.#axis() ? this.#underlying.plot.drawing.layers[0]?.x.indexOf(position) : -1;
    const underlying = spot[index] ?? spot.findLast((one) => one != null);
    const chain = this.#chains.all.find((one) => one.asked === nearest?.layer.asked) ?? this.#chains.first;
    if (!nearest || underlying == null || !chain?.strike_gap) {
      return;
    }
    const strike = strikeAtLevel(chain, underlying, nearest.layer.level);
    if (strike !== undefined) {
      this.#app.openStrike(strike, chain.expiry);
    }
  }

  // --- data

  #range() {
    const { day } = this.#app;
    return { from: day.open, to: day.close };
  }

  #load() {
    const { state, market, day } = this.#app;
    if (!day) {
      return;
    }
    const common = { symbol: market.symbol, timeframe: state.tf, expiry: state.expiry, ...this.#range() };
    this.#underlying.loader.load('/fo/expiry-metrics', common,
      (answer) => this.#metricsCame(answer), (failure) => this.#failed(this.#underlying, failure),
      () => this.#underlying.setState('loading'));
    for (const [measure, panel] of this.#byLevel) {
      const side = MEASURES[measure].ratioOf ? 'both' : state.side;
      const parameters = { ...common, indicator: measure, option_side: side, max_level: state.levels };
      panel.loader.load('/fo/moneyness-series', parameters,
        (answer) => this.#seriesCame(panel, measure, answer), (failure) => this.#failed(panel, failure),
        () => panel.setState('loading'));
    }
  }

  #failed(panel, failure) {
    panel.series = null;
    panel.setState('error', failureText(failure));
  }

  #metricsCame(answer) {
    this.#checkAge(answer);
    const step = SECONDS[this.#app.state.tf];
    const [first] = answer.series;
    const series = TimeSeries.of(step, first.time, new Map([['underlying', first.underlying], ['forward', first.forward]]));
    this.#underlying.series = series;
    this.#underlying.sources = new Set(first.underlying_source);
    this.#gaps = answer.meta.gaps;
    this.#app.presence.report({ provenance: answer.meta.provenance, gaps: this.#gaps });
    this.#followNewest(series.newest);
    this.#drawUnderlying();
  }

  #seriesCame(panel, measure, answer) {
    this.#checkAge(answer);
    const step = SECONDS[this.#app.state.tf];
    const lines = new Map(answer.series.map((one) => [`${one.expiry}|${one.level}`, one.values]));
    panel.series = TimeSeries.of(step, answer.time, lines);
    panel.dates = new Map(answer.expiries.map((one) => [one.rolls.at(-1)?.expiry, one.asked]));
    this.#drawLevel(measure, panel);
  }

  /** A minute that was committed while an answer was on its way is in neither. */
  #checkAge(answer) {
    if (this.#mark.isAhead(answer)) {
      this.#reloadSoon();
    }
  }

  /** A session around the clock is too long to be seen at once: its newest hours are. */
  #followNewest(newest) {
    const { day } = this.#app;
    const key = `${this.#app.market.symbol} ${day.trading_day}`;
    if (this.#window === key || newest === null) {
      return;
    }
    this.#window = key;
    const length = day.close - day.open;
    if (length > LONG_SESSION) {
      const end = Math.min(length, Math.max(WINDOW, newest - day.open + WINDOW / 12));
      this.#time.setWindow([end - WINDOW, end]);
    } else {
      this.#time.setWindow(null);
    }
  }

  // --- the stream

  #subscribe() {
    const { state, market, isLive } = this.#app;
    const query = {
      symbol: market.symbol, timeframe: state.tf, expiry: state.expiry, max_level: state.levels,
      measure: streamFields(state.measure),
    };
    const key = isLive ? JSON.stringify(query) : null;
    if (key === this.#subscribed) {
      return;
    }
    this.#unsubscribe?.();
    this.#subscribed = key;
    this.#cells.clear();
    this.#mark.clear();
    this.#unsubscribe = !isLive ? null : this.#app.stream.subscribe(query, {
      onSnapshot: (message) => this.#snapshot(message),
      onDelta: (message) => this.#delta(message),
    });
  }

  #snapshot(message) {
    this.#mark.take(message.chains);
    message.chains.forEach((chain) => this.#app.presence.report({ observed: chain.as_of }));
    const isBehind = message.chains.some((chain) => chain.bucket_time > (this.#underlying.series?.newest ?? 0));
    if (message.reason === 'new_day' || message.reason === 'rolled') {
      this.#app.refresh();
    } else if (message.reason !== 'subscribed' || (this.#underlying.series && isBehind)) {
      this.#reloadSoon();
    }
  }

  #delta(message) {
    this.#mark.take(message.chains);
    for (const change of message.chains) {
      for (const bucket of change.buckets) {
        this.#bucketCame(change.expiry, bucket);
      }
    }
    this.#load(); // what failed before
    this.#drawSeries();
  }

  #bucketCame(expiry, bucket) {
    const { state } = this.#app;
    const at = bucket.bucket_time;
    this.#app.presence.report({ observed: bucket.as_of });
    this.#noteGap(at);
    const asked = [...this.#byLevel.values()].map((panel) => panel.dates?.get(expiry)).find((one) => one !== undefined);
    const cells = this.#cells.take(expiry, bucket);
    if (cells === null || !(this.#underlying.series?.holds(at) ?? true)) {
      this.#reloadSoon();
      return;
    }
    if (this.#underlying.series && (asked === state.expiry[0] || this.#byLevel.size === 0)) {
      this.#underlying.series.set(at, 'underlying', bucket.underlying);
      this.#underlying.series.set(at, 'forward', bucket.forward);
    }
    for (const [measure, panel] of this.#byLevel) {
      if (!panel.series || asked === undefined) {
        continue;
      }
      const values = foldLevels(measure, MEASURES[measure].ratioOf ? 'both' : state.side, cells);
      for (let level = -state.levels; level <= state.levels; level++) {
        const name = `${asked}|${level}`;
        if (values.has(level) || panel.series.lines.has(name)) {
          panel.series.set(at, name, values.get(level) ?? null);
        }
      }
    }
  }

  /** A bucket that came after one that never did. */
  #noteGap(at) {
    const newest = this.#underlying.series?.newest ?? null;
    const next = newest + SECONDS[this.#app.state.tf];
    if (newest !== null && at > next && !this.#gaps.some((gap) => gap.to === at)) {
      this.#gaps = [...this.#gaps, { from: next, to: at }];
      this.#app.presence.report({ gaps: this.#gaps });
    }
  }

  /** For what the stream alone cannot tell, such as a correction of an earlier hour. */
  #reloadSoon() {
    clearTimeout(this.#reloadTimer);
    this.#reloadTimer = setTimeout(() => this.reload(), 300);
  }

  // --- drawing

  #axis() {
    const { day, market, state } = this.#app;
    return day && new PlotTimeAxis(new SessionAxis([day], market.zone), SECONDS[state.tf]);
  }

  /** Where a replay ends. */
  #until(axis) {
    const { at } = this.#app;
    return at === null || this.#app.state.at === null ? null : axis.position(at);
  }

  #drawAll() {
    this.#drawUnderlying();
    this.#drawSeries(false);
    this.#drawStrikes();
  }

  #drawSeries(isAll = true) {
    if (isAll) {
      this.#drawUnderlying();
    }
    for (const [measure, panel] of this.#byLevel) {
      this.#drawLevel(measure, panel);
    }
  }

  #drawUnderlying() {
    const panel = this.#underlying;
    const axis = this.#axis();
    if (!panel.series || !axis || panel.state === 'error') {
      return;
    }
    const { series } = panel;
    setData(panel.element, 'newest', series.newest);
    const x = series.time.map((at) => axis.position(at));
    const look = panel.plot.look;
    const gap = axis.least * 1.5;
    panel.note(`${zoneName(series.newest ?? 0, this.#app.market.zone)}${panel.sources.has('parity') ? ' \u00b7 by put-call parity, no quote of it' : ''}`);
    panel.show({
      axis, until: this.#until(axis), hasEndLabels: false,
      layers: [
        { kind: 'line', name: 'underlying', x, y: series.get('underlying'), colour: look.text, width: 1.75, gap },
        { kind: 'line', name: 'forward', x, y: series.get('forward'), colour: look.muted, dash: [5, 3], gap },
      ],
      write: this.#app.write('underlying'), writeShort: this.#app.write('underlying', true),
    });
  }

  #drawLevel(measure, panel) {
    const axis = this.#axis();
    if (!panel.series || !axis || panel.state === 'error') {
      return;
    }
    const { state } = this.#app;
    const x = panel.series.time.map((at) => axis.position(at));
    const look = panel.plot.look;
    const layers = [];
    state.expiry.forEach((expiry, n) => {
      for (let level = -state.levels; level <= state.levels; level++) {
        const y = panel.series.lines.get(`${expiry}|${level}`);
        if (y) {
          const name = levelName(level);
          layers.push({
            kind: 'line', name: state.expiry.length > 1 ? `${expiry} ${name}` : name, endName: n === 0 ? name : null,
            x, y, colour: levelColour(level, state.levels, look), width: level === 0 ? 2.5 : 1.25,
            dash: dashOf(n), gap: axis.least * 1.5, level, asked: expiry,
          });
        }
      }
    });
    const side = MEASURES[measure].ratioOf ? 'puts over calls' : SIDE_TEXT[state.side];
    panel.note(side);
    panel.show({
      axis, layers, until: this.#until(axis), hasEndLabels: true,
      write: this.#app.write(measure), writeShort: this.#app.write(measure, true),
    }, { empty: 'Nothing is known by this minute.' });
  }

  #drawStrikes() {
    for (const [measure, panel] of this.#byStrike) {
      if (this.#chains.failure) {
        panel.setState('error', this.#chains.failure);
      } else if (this.#chains.first) {
        const { note, drawing } = strikeDrawing(this.#app, measure, this.#chains.all, panel.plot.look);
        panel.setTitle(strikeTitle(measure));
        panel.note(note);
        panel.show(drawing);
      } else {
        panel.setState('loading');
      }
    }
  }
}
