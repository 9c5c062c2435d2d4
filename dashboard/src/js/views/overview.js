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
import { begunBefore, TimeSeries } from '../timeseries.js';
import { Follower } from '../follower.js';
import { Loader } from '../loader.js';
import { ChainFigures } from './figures.js';
import { LiveChains } from './livechains.js';
import { strikeAtLevel, strikeDrawing, strikeTitle } from './strikelayers.js';
import { OverviewControls } from './overviewcontrols.js';
import { emptyText, failureText, SECONDS, SIDE_TEXT } from './words.js';

const FIGURES = ['expiry', 'underlying', 'atm_strike', 'atm_iv', 'straddle', 'pcr', 'pcr_volume', 'max_pain', 'days_to_expiry', 'call_oi', 'put_oi'];
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
  #figures;
  #chains;
  #cells = new BucketCells();
  #follower;
  #window = null;

  constructor(app) {
    this.#app = app;
    this.#chains = new LiveChains(app, () => this.#drawStrikes());
    const reload = () => {
      this.#forgetSeries();
      this.#load();
    };
    this.#follower = new Follower(app, { reload, onDelta: (message) => this.#delta(message) });
    this.#underlying = this.#timePanel('underlying', 'Underlying', 'plot-tall');
    this.#underlying.loader = new Loader(app);
    this.#left = el('div.column', { 'aria-label': 'Through the session', role: 'group' }, this.#underlying.element);
    this.#right = el('div.column', { 'aria-label': 'By strike', role: 'group' });
    this.#controls = new OverviewControls(app);
    this.#figures = new ChainFigures(app, FIGURES);
    this.element = el('div.view.overview', {}, this.#controls.element, this.#figures.element, el('div.columns', {}, this.#left, this.#right));
  }

  show() {
    this.#controls.show();
    this.#syncPanels();
    this.#load();
    this.#follow();
    this.#chains.show();
    this.#drawAll();
  }

  /** Makes what is shown next be asked for anew. */
  forget() {
    this.#forgetSeries();
    this.#chains.forget();
  }

  #forgetSeries() {
    this.#underlying.loader.forget();
    this.#byLevel.forEach((panel) => panel.loader.forget());
    this.#cells.clear();
  }

  dispose() {
    this.#follower.dispose();
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
    const { presence, state } = this.#app;
    return `${presence.stamp}, ${state.tf}`;
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

  /** Opens the strike behind the line nearest to a point, at the nearest bucket that has any. */
  #pickLevel(panel, position, value) {
    const until = panel.plot.drawing.until ?? Infinity;
    const away = ({ x, y }) => [Math.abs(x - position), value === null ? 0 : Math.abs(y - value)];
    const [nearest] = panel.plot.drawing.layers
      .flatMap((layer) => layer.x.map((x, i) => ({ layer, x, y: layer.y[i] })))
      .filter(({ x, y }) => y != null && x <= until)
      .map((point) => ({ ...point, away: away(point) }))
      .sort((a, b) => a.away[0] - b.away[0] || a.away[1] - b.away[1]);
    const spots = this.#underlying.series?.get('underlying') ?? [];
    const spot = nearest && this.#underlying.plot.drawing?.layers[0].x.indexOf(nearest.x);
    const underlying = spots.slice(0, spot + 1).findLast((one) => one != null) ?? null;
    const chain = this.#chains.all.find((one) => one.asked === nearest?.layer.asked) ?? this.#chains.first;
    if (underlying === null || !chain?.strike_gap) {
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
    this.#ask(this.#underlying, '/fo/expiry-metrics', common, (answer) => this.#metricsCame(answer));
    for (const [measure, panel] of this.#byLevel) {
      const side = MEASURES[measure].ratioOf ? 'both' : state.side;
      const parameters = { ...common, indicator: measure, option_side: side, max_level: state.levels };
      this.#ask(panel, '/fo/moneyness-series', parameters, (answer) => this.#seriesCame(panel, measure, answer));
    }
  }

  #ask(panel, path, parameters, onAnswer) {
    panel.loader.load(path, parameters, {
      minute: this.#app.at,
      onAnswer: (answer) => {
        this.#follower.check(answer);
        onAnswer(answer);
      },
      onFailure: (failure) => {
        panel.series = null;
        panel.setState('error', failureText(failure));
      },
      onStart: () => {
        panel.series = null;
        panel.setState('loading');
      },
    });
  }

  #metricsCame(answer) {
    const [first] = answer.series;
    const panel = this.#underlying;
    panel.asked = askedOf(answer.series.map((one) => ({ asked: one.expiry, rolls: one.rolls })));
    panel.series = this.#seriesOf(answer, first.time, new Map([['underlying', first.underlying], ['forward', first.forward]]));
    panel.sources = new Set(first.underlying_source);
    this.#app.presence.report({ provenance: answer.meta.provenance });
    this.#followNewest(panel.series.newest);
    this.#drawUnderlying();
  }

  #seriesCame(panel, measure, answer) {
    panel.asked = askedOf(answer.expiries);
    panel.series = this.#seriesOf(answer, answer.time, new Map(answer.series.map((one) => [`${one.expiry}|${one.level}`, one.values])));
    this.#drawLevel(measure, panel);
  }

  #seriesOf(answer, time, lines) {
    const end = begunBefore(answer, time, this.#app.now());
    return TimeSeries.of(SECONDS[this.#app.state.tf], time.slice(0, end), lines);
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

  #follow() {
    const { state, market } = this.#app;
    const isOther = this.#follower.follow({
      symbol: market.symbol, timeframe: state.tf, expiry: state.expiry, max_level: state.levels,
      measure: streamFields(state.measure.length > 0 ? state.measure : ['oi']), // the underlying needs a bucket too
    });
    if (isOther) {
      this.#cells.clear();
    }
  }

  #delta(message) {
    for (const change of message.chains) {
      for (const bucket of change.buckets) {
        this.#bucketCame(change.expiry, bucket);
      }
    }
    if ([this.#underlying, ...this.#byLevel.values()].some((panel) => panel.state === 'error')) {
      this.#follower.reloadSoon(); // there is something now
    }
    this.#drawSeries();
  }

  #bucketCame(expiry, bucket) {
    const { state } = this.#app;
    const at = bucket.bucket_time;
    const { series, asked } = this.#underlying;
    const cells = this.#cells.take(expiry, bucket);
    if (cells === null || !(series?.holds(at) ?? true)) {
      this.#follower.reloadSoon();
      return;
    }
    if (series && asked.get(expiry)?.includes(state.expiry[0])) {
      series.set(at, 'underlying', bucket.underlying);
      series.set(at, 'forward', bucket.forward);
    }
    for (const [measure, panel] of this.#byLevel) {
      const names = panel.series ? panel.asked.get(expiry) ?? [] : [];
      const values = names.length === 0 ? null : foldLevels(measure, MEASURES[measure].ratioOf ? 'both' : state.side, cells, bucket.forward);
      for (const name of names) {
        for (let level = -state.levels; level <= state.levels; level++) {
          const line = `${name}|${level}`;
          if (values.has(level) || panel.series.lines.has(line)) {
            panel.series.set(at, line, values.get(level) ?? null);
          }
        }
      }
    }
  }

  // --- drawing

  #axis() {
    const { day, market, state } = this.#app;
    return day && new PlotTimeAxis(new SessionAxis([day], market.zone), SECONDS[state.tf]);
  }

  /** Where a replay ends. */
  #until(axis) {
    const { at } = this.#app.state;
    return at === null ? null : axis.known(at);
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
    if (!panel.series || !axis) {
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
    }, { empty: emptyText(this.#app) });
  }

  #drawLevel(measure, panel) {
    const axis = this.#axis();
    if (!panel.series || !axis) {
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
    }, { empty: emptyText(this.#app) });
  }

  #drawStrikes() {
    this.#figures.draw(this.#chains.first);
    setData(this.#figures.element, 'state', this.#chains.isLoading ? 'loading' : 'ready');
    for (const [measure, panel] of this.#byStrike) {
      if (this.#chains.failure) {
        panel.setState('error', this.#chains.failure);
      } else if (this.#chains.first) {
        const { note, drawing } = strikeDrawing(this.#app, measure, this.#chains.all, panel.plot.look);
        panel.setTitle(strikeTitle(measure));
        panel.note(note);
        panel.show(drawing, { empty: emptyText(this.#app) });
        if (this.#chains.isLoading) {
          panel.setState('loading');
        }
      } else {
        panel.setState('loading');
      }
    }
  }
}

/** The names that an expiry's date was asked for by: more than one where several labels mean it. */
function askedOf(expiries) {
  const names = new Map();
  for (const { asked, rolls } of expiries) {
    const date = rolls.at(-1)?.expiry;
    names.set(date, [...(names.get(date) ?? []), asked]);
  }
  return names;
}
