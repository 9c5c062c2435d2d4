/** One strike through time, in a panel beside whatever is open. */

import { AxisGroup } from '../axisgroup.js';
import { PlotTimeAxis } from '../axes.js';
import { Segments } from '../controls.js';
import { el, setData, setText } from '../dom.js';
import { icon } from '../icons.js';
import { Follower } from '../follower.js';
import { Loader } from '../loader.js';
import { MEASURES } from '../measures.js';
import { PlotPanel } from '../panel.js';
import { dateText, SessionAxis } from '../times.js';
import { begunBefore } from '../timeseries.js';
import { emptyText, failureText, SECONDS, TIMEFRAME_OPTIONS } from './words.js';

const PANELS = ['price', 'iv', 'oi', 'volume', 'delta', 'gamma', 'theta', 'vega'];
const SIDES = ['call', 'put'];
const FIELD = { price: 'close' };

export class StrikePanel {
  #app;
  #group = new AxisGroup();
  #loader;
  #panels = new Map();
  #series = null;
  #follower;
  #title;
  #message;
  #plots;
  #figures = new Map();
  #before = document.activeElement;
  #fitted = '';

  constructor(app) {
    this.#app = app;
    this.#loader = new Loader(app);
    const reload = () => {
      this.forget();
      this.#load();
    };
    this.#follower = new Follower(app, { reload, onDelta: (message) => this.#delta(message) });
    this.#title = el('h2', { id: 'strike-title' });
    this.tf = new Segments('Timeframe', TIMEFRAME_OPTIONS, (tf) => app.go({ tf }));
    this.days = new Segments('Days', ['1', '5', '20'].map((value) => ({ value, text: value })), (days) => app.go({ strike_days: +days }));
    this.close = el('button.tool', { type: 'button', 'aria-label': 'Close the strike', title: 'Close', data: { action: 'close' }, on: { click: () => this.#close() } }, icon('close'));
    const list = el('dl.figures-row');
    for (const side of SIDES) {
      for (const measure of ['price', 'iv', 'oi']) {
        const value = el('dd', { data: { figure: `strike_${side}_${measure}`, value: '' } }, '\u2013');
        this.#figures.set(`${side} ${measure}`, value);
        list.append(el('div', {}, el('dt', {}, `${side === 'call' ? 'Call' : 'Put'} ${MEASURES[measure].short}`), value));
      }
    }
    this.#message = el('p.message', { role: 'alert' });
    this.#plots = el('div.strike-plots');
    for (const measure of PANELS) {
      const panel = new PlotPanel(`history-${measure}`, MEASURES[measure].label, { axisName: 'time', group: this.#group, height: 'plot-small' });
      panel.onTheme = () => this.#draw();
      panel.subtitle = () => `${this.#title.textContent}, ${app.presence.stamp}`;
      this.#panels.set(measure, panel);
      this.#plots.append(panel.element);
    }
    this.element = el(
      'aside.strike-panel', { 'aria-labelledby': 'strike-title', on: { keydown: (event) => this.#key(event) } },
      el('header.strike-head', {}, this.#title, this.close, this.tf.element, this.days.element), list, this.#message, this.#plots,
    );
  }

  /** Puts the keyboard here. */
  focus() {
    this.close.focus();
  }

  show() {
    const { state } = this.#app;
    this.tf.set(state.tf);
    this.days.set(String(state.strike_days));
    setText(this.#title, `${this.#app.market.symbol} ${this.#app.write('strike')(state.strike)}, ${this.#expiryText()}`);
    this.#load();
    this.#follow();
    this.#draw();
  }

  /** Makes what is shown next be asked for anew. */
  forget() {
    this.#loader.forget();
  }

  dispose() {
    this.#follower.dispose();
    this.#loader.dispose();
    this.#panels.forEach((panel) => panel.dispose());
    this.#group.dispose();
    this.element.remove();
    if (this.#before?.isConnected) {
      this.#before.focus();
    }
  }

  #expiry() {
    return this.#app.state.strike_expiry ?? this.#app.state.expiry[0];
  }

  #expiryText() {
    const date = this.#app.market.expiryDate(this.#expiry()) ?? this.#expiry();
    return /^\d/.test(date) ? dateText(date) : date;
  }

  /** The days shown, ascending. */
  #sessions() {
    const { market, day, state } = this.#app;
    const at = market.days.indexOf(day);
    return market.days.slice(at, at + state.strike_days).reverse();
  }

  #load() {
    const { state, market } = this.#app;
    const sessions = this.#sessions();
    if (sessions.length === 0) {
      return;
    }
    const parameters = {
      symbol: market.symbol, expiry: this.#expiry(), strike: state.strike, timeframe: state.tf,
      from: sessions[0].open, to: sessions.at(-1).close,
    };
    this.#loader.load('/fo/strike-history', parameters, {
      minute: this.#app.at,
      onAnswer: (answer) => this.#came(answer),
      onFailure: (failure) => this.#without('error', failureText(failure)),
      onStart: () => this.#without('loading'),
    });
  }

  #without(state, message = '') {
    this.#series = null;
    this.#panels.forEach((panel) => panel.setState(state));
    setText(this.#message, message);
    this.#plots.hidden = state === 'error';
    this.#drawFigures();
  }

  #came(answer) {
    this.#follower.check(answer);
    const end = begunBefore(answer, answer.time, this.#app.now());
    const lines = new Map();
    for (const side of SIDES) {
      for (const measure of PANELS) {
        lines.set(`${side} ${measure}`, answer[side][FIELD[measure] ?? measure].slice(0, end));
      }
    }
    this.#series = { time: answer.time.slice(0, end), lines };
    setText(this.#message, '');
    this.#plots.hidden = false;
    this.#draw();
  }

  #follow() {
    const { state, market } = this.#app;
    const measure = PANELS.map((name) => FIELD[name] ?? name);
    this.#follower.follow({ symbol: market.symbol, timeframe: state.tf, expiry: [this.#expiry()], strike: [state.strike], measure });
  }

  #delta(message) {
    if (this.#series) {
      for (const change of message.chains) {
        for (const bucket of change.buckets) {
          bucket.strikes.forEach((cell) => this.#take(this.#series, bucket.bucket_time, cell));
        }
      }
      this.#draw();
    } else if (this.#plots.hidden) {
      this.#follower.reloadSoon(); // there is something now
    }
  }

  #take(series, at, cell) {
    let index = series.time.indexOf(at);
    if (index < 0) {
      if (at < (series.time.at(-1) ?? 0)) {
        this.#follower.reloadSoon();
        return;
      }
      index = series.time.push(at) - 1;
      series.lines.forEach((line) => line.push(null));
    }
    for (const side of SIDES) {
      if (cell[side]) {
        for (const measure of PANELS) {
          series.lines.get(`${side} ${measure}`)[index] = cell[side][FIELD[measure] ?? measure] ?? null;
        }
      }
    }
  }

  #draw() {
    const series = this.#series;
    const sessions = this.#sessions();
    if (!series || sessions.length === 0) {
      return;
    }
    const { market, state } = this.#app;
    const step = SECONDS[state.tf];
    const axis = new PlotTimeAxis(new SessionAxis(sessions.map(({ open, close }) => ({ open, close })), market.zone), step);
    const x = series.time.map((at) => axis.position(at));
    const until = state.at === null ? null : axis.known(state.at);
    this.#fit(axis, x);
    for (const [measure, panel] of this.#panels) {
      const look = panel.plot.look;
      panel.filePrefix = `${market.symbol}-${state.strike}-${this.#expiry()}`;
      const line = (side) => ({
        kind: 'line', name: `${side}s`, x, y: series.lines.get(`${side} ${measure}`), colour: look[side], width: 1.5,
        dash: side === 'put' ? [5, 3] : null, gap: step * 1.5,
      });
      panel.show({
        axis, until, layers: SIDES.map(line), fromZero: measure === 'volume',
        write: this.#app.write(measure), writeShort: this.#app.write(measure, true),
      }, { empty: emptyText(this.#app) });
    }
    this.#drawFigures(x, until ?? Infinity, axis.position(sessions.at(-1).open));
  }

  /** The newest known values of the day that is shown; none without arguments. */
  #drawFigures(x = [], until = 0, from = 0) {
    const end = x.findLastIndex((position) => position <= until) + 1;
    const start = x.findIndex((position) => position >= from);
    for (const [name, element] of this.#figures) {
      const values = start < 0 ? [] : this.#series.lines.get(name).slice(start, end);
      const value = values.findLast((one) => one != null) ?? null;
      setText(element, value === null ? '\u2013' : this.#app.write(name.split(' ')[1])(value));
      setData(element, 'value', value ?? '');
    }
  }

  #fit(axis, x) {
    const key = `${axis.length} ${this.#app.state.strike} ${this.#expiry()}`;
    if (this.#fitted !== key && x.length > 0) {
      this.#fitted = key;
      const isLong = axis.length > 8 * 3600 && this.#app.state.strike_days === 1;
      const to = Math.min(axis.length, x.at(-1) + axis.least);
      this.#group.setWindow(isLong ? [Math.max(0, to - 6 * 3600), Math.max(to, 3600)] : null);
    }
  }

  #close() {
    this.#app.go({ strike: null, strike_expiry: null });
  }

  #key(event) {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      this.#close();
    }
  }
}
