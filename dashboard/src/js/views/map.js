/** Strike by time: where open interest is and where it goes, with the underlying drawn over it. */

import { AxisGroup } from '../axisgroup.js';
import { MAP_MEASURES } from '../address.js';
import { PlotTimeAxis } from '../axes.js';
import { Choice, controlBar, Picker, Segments } from '../controls.js';
import { el, setText } from '../dom.js';
import { Follower } from '../follower.js';
import { Gaps } from '../gaps.js';
import { Loader } from '../loader.js';
import { blend } from '../look.js';
import { both, MEASURES, streamFields } from '../measures.js';
import { PlotPanel } from '../panel.js';
import { clock, dateText, SessionAxis } from '../times.js';
import { begunBefore } from '../timeseries.js';
import { emptyText, failureText, referenceChoice, referenceText, showReference, SECONDS, SIDE_OPTIONS, SIDE_TEXT, SPAN_OPTIONS, TIMEFRAME_OPTIONS } from './words.js';

export class MapView {
  #app;
  #group = new AxisGroup();
  #panel;
  #loader;
  #data = null;
  #gaps = new Gaps();
  #newcomers = new Set();
  #follower;
  #controls;
  #scale;

  constructor(app) {
    this.#app = app;
    this.#loader = new Loader(app);
    const reload = () => {
      this.forget();
      this.#load();
    };
    this.#follower = new Follower(app, { reload, onDelta: (message) => this.#delta(message) });
    this.#panel = new PlotPanel('map', 'Map', { axisName: 'time', group: this.#group, height: 'plot-huge' });
    this.#panel.onPick = (position, value) => this.#pick(value);
    this.#panel.onTheme = () => this.#draw();
    this.#panel.tableOfDrawing = () => this.#table();
    this.#panel.subtitle = () => app.presence.stamp;
    this.#scale = { low: el('span'), high: el('span'), here: el('output.here', { 'aria-live': 'off' }) };
    const legend = el('div.scale', {}, this.#scale.low, el('span.scale-bar', { 'aria-hidden': 'true' }), this.#scale.high, this.#scale.here);
    this.#panel.body.prepend(legend);
    this.scaleElement = legend;
    this.#panel.plot.host.addEventListener('pointermove', (event) => this.#hover(event));
    this.#buildControls();
    this.element = el('div.view.map', {}, this.#controls, this.#panel.element);
  }

  show() {
    this.#showControls();
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
    this.#panel.dispose();
    this.#group.dispose();
    this.element.remove();
  }

  #load() {
    const { state, market, day } = this.#app;
    if (!day) {
      return;
    }
    const parameters = {
      symbol: market.symbol, expiry: state.expiry[0], timeframe: state.tf, indicator: state.map, option_side: state.side,
      oi_change: state.map === 'oi_change' && state.reference !== 'minutes_back' ? state.reference : null,
      from: day.open, to: day.close, max_level: state.span,
    };
    this.#loader.load('/fo/strike-map', parameters, {
      minute: this.#app.at,
      onAnswer: (answer) => this.#came(answer),
      onFailure: (failure) => {
        this.#data = null;
        this.#gaps.take([], null);
        this.#panel.setState('error', failureText(failure));
      },
      onStart: () => {
        this.#data = null;
        this.#newcomers.clear();
        this.#gaps.take([], null);
        this.#panel.setState('loading');
      },
    });
  }

  #came(answer) {
    this.#follower.check(answer);
    const end = begunBefore(answer, answer.time, this.#app.now());
    this.#data = {
      ...answer, time: answer.time.slice(0, end), underlying: answer.underlying.slice(0, end),
      values: answer.values.map((row) => row.slice(0, end)),
    };
    this.#gaps.take(answer.meta.gaps, this.#data.time.at(-1) ?? null);
    this.#app.presence.report({ provenance: answer.meta.provenance, gaps: this.#app.isLive ? this.#gaps.all : answer.meta.gaps });
    this.#draw();
  }

  // --- the stream

  #follow() {
    const { state, market } = this.#app;
    const measure = state.map === 'oi_change' ? 'oi' : state.map;
    this.#follower.follow({ symbol: market.symbol, timeframe: state.tf, expiry: [state.expiry[0]], measure: streamFields([measure]) });
  }

  #delta(message) {
    for (const change of message.chains) {
      for (const bucket of change.buckets) {
        const isFilled = this.#gaps.note(bucket.bucket_time, SECONDS[this.#app.state.tf]);
        if (this.#data && (!this.#take(bucket) || isFilled)) {
          this.#follower.reloadSoon();
        }
      }
    }
    if (this.#panel.state === 'error') {
      this.#follower.reloadSoon(); // there is something now
    }
    this.#app.presence.report({ gaps: this.#gaps.all });
    this.#draw();
  }

  /** Takes a bucket; false where what is shown cannot be brought up to date with it. */
  #take(bucket) {
    const { time, strikes, values, underlying } = this.#data;
    const { state } = this.#app;
    const step = SECONDS[state.tf];
    let column = time.indexOf(bucket.bucket_time);
    if (column < 0) {
      if (time.length === 0 || bucket.bucket_time < time[0]) {
        return false;
      }
      while (time.at(-1) < bucket.bucket_time) {
        time.push(time.at(-1) + step);
        underlying.push(null);
        values.forEach((row) => row.push(null));
      }
      column = time.length - 1;
    }
    if (state.map === 'oi_change' && (this.#isReferenceChanged(bucket) || this.#hasNewcomer(bucket))) {
      return false;
    }
    if (state.side === 'both' && MEASURES[state.map].sides === 'outside' && !bucket.whole) {
      return false; // the forward may be another, and with it the side of a strike that is not told
    }
    underlying[column] = bucket.underlying ?? underlying[column];
    for (const cell of bucket.strikes) {
      const row = strikes.indexOf(cell.strike);
      const isNear = cell.level == null || Math.abs(cell.level) <= state.span;
      if (row < 0) {
        if (isNear) {
          return false;
        }
        continue;
      }
      if (!('call' in cell && 'put' in cell) && state.side === 'both') {
        return false;
      }
      const value = this.#valueOf(cell, row, bucket.forward);
      if (value === undefined) {
        return false;
      }
      values[row][column] = value;
    }
    return true;
  }

  #valueOf(cell, row, forward) {
    const { state } = this.#app;
    const measure = state.map === 'oi_change' ? 'oi' : state.map;
    const call = cell.call?.[measure] ?? null;
    const put = cell.put?.[measure] ?? null;
    if (state.map === 'oi_change') {
      const reference = this.#reference();
      if (!reference?.call && !reference?.put) {
        return undefined;
      }
      const change = (oi, from) => (oi === null || from == null ? null : oi - from);
      const own = { call: change(call, reference.call?.[row]), put: change(put, reference.put?.[row]) };
      const of = (side) => ({ oi_change: own[side] });
      return state.side === 'both' ? both('oi_change', { call: of('call'), put: of('put') }, null) : own[state.side];
    }
    return state.side === 'both' ? both(measure, cell, forward) : { call, put }[state.side];
  }

  /** Whether an earlier minute was corrected, which may be a contract's first one. */
  #isReferenceChanged({ bucket_time: at }) {
    const reference = this.#reference();
    return reference?.kind === 'session_open' && (at <= reference.time || at < this.#data.time.at(-1));
  }

  /** Whether a contract has open interest of which it was not asked yet what it is compared with. */
  #hasNewcomer(bucket) {
    const { side: shown } = this.#app.state;
    const reference = this.#reference();
    let isThere = false;
    for (const cell of bucket.strikes) {
      const row = this.#data.strikes.indexOf(cell.strike);
      for (const side of shown === 'both' ? ['call', 'put'] : [shown]) {
        const name = `${cell.strike} ${side}`;
        if (row >= 0 && cell[side]?.oi != null && reference?.[side]?.[row] == null && !this.#newcomers.has(name)) {
          this.#newcomers.add(name);
          isThere = true;
        }
      }
    }
    return isThere;
  }

  /** What a change of open interest is measured against on the day that is shown. */
  #reference() {
    const { oi_change_reference: reference } = this.#data;
    const day = reference?.days.at(-1);
    return day ? { kind: reference.kind, ...day } : null;
  }

  // --- drawing

  #draw() {
    const panel = this.#panel;
    const { state, market, day } = this.#app;
    panel.setTitle(`${MEASURES[state.map].label} by strike and time`);
    if (!this.#data || !day) {
      return;
    }
    const data = this.#data;
    const axis = this.#axis();
    const until = state.at === null ? null : axis.known(state.at);
    const x = data.time.map((at) => axis.position(at));
    const end = until === null ? x.length : x.findLastIndex((position) => position <= until) + 1;
    const look = panel.plot.look;
    const rows = data.strikes;
    const known = data.values.flatMap((row) => row.slice(0, end)).filter((value) => value !== null);
    const high = known.reduce((a, b) => Math.max(a, b), -Infinity);
    const low = known.reduce((a, b) => Math.min(a, b), Infinity);
    const colourOf = colouring(state.map, low, high, look);
    this.#showScale(low, high, colourOf, look);
    const reference = state.map === 'oi_change' ? `, ${referenceText(this.#reference(), market.zone)}` : '';
    const sides = SIDE_TEXT[state.side];
    const expiry = data.rolls.at(-1)?.expiry;
    panel.note(`${expiry ? dateText(expiry) : data.expiry}, ${sides}${reference}`);
    this.#fit(axis, x);
    panel.show({
      axis, until,
      layers: [
        { kind: 'cells', x: x.slice(0, end), width: axis.least, rows, height: data.strike_gap ?? 1, values: data.values, colourOf },
        { kind: 'line', x, y: data.underlying, colour: look.surface, width: 4.5, gap: axis.least * 1.5 },
        { kind: 'line', name: 'underlying', x, y: data.underlying, colour: look.text, width: 1.75, gap: axis.least * 1.5 },
      ],
      write: this.#app.write('underlying'), writeShort: this.#app.write('strike', true),
    }, { empty: emptyText(this.#app) });
  }

  #axis() {
    const { day, market, state } = this.#app;
    return new PlotTimeAxis(new SessionAxis([day], market.zone), SECONDS[state.tf]);
  }

  /** A session that has hardly begun, or never ends, is not shown whole. */
  #fit(axis, x) {
    const key = `${this.#app.market.symbol} ${this.#app.day.trading_day} ${this.#app.state.tf}`;
    if (this.fitted !== key && x.length > 0) {
      this.fitted = key;
      const to = x.at(-1) + axis.least;
      const from = axis.length > 8 * 3600 ? Math.max(x[0], to - 6 * 3600) : 0;
      this.#group.setWindow(axis.length > 8 * 3600 ? [from, Math.max(to, from + 3600)] : null);
    }
  }

  #showScale(low, high, colourOf, look) {
    const write = this.#app.write(this.#app.state.map, true);
    const isKnown = low <= high;
    setText(this.#scale.low, isKnown ? write(low) : '');
    setText(this.#scale.high, isKnown ? write(high) : '');
    const bar = this.scaleElement.querySelector('.scale-bar');
    const stops = Array.from({ length: 9 }, (_, i) => (isKnown ? colourOf(low + ((high - low) * i) / 8) : look.surface));
    bar.style.setProperty('background-image', `linear-gradient(to right, ${stops.join(', ')})`);
  }

  #rowAt(value) {
    const { strikes, strike_gap: gap } = this.#data;
    return strikes.findIndex((strike) => Math.abs(strike - value) <= (gap ?? 1) / 2);
  }

  #hover(event) {
    if (!this.#data) {
      return;
    }
    const { plot } = this.#panel;
    const box = plot.host.getBoundingClientRect();
    const position = plot.drawing.axis.snap(plot.positionAt(event.clientX - box.left));
    const row = this.#rowAt(plot.valueAt(event.clientY - box.top));
    const time = plot.drawing.axis.value(position);
    const column = this.#data.time.indexOf(time);
    const value = this.#data.values[row]?.[column] ?? null;
    const isShown = row >= 0 && column >= 0;
    const strike = isShown ? this.#app.write('strike')(this.#data.strikes[row]) : '';
    setText(this.#scale.here, isShown ? `${strike} at ${clock(time, this.#app.market.zone)}: ${value === null ? 'unknown' : this.#app.write(this.#app.state.map)(value)}` : '');
  }

  #pick(value) {
    const row = value === null ? -1 : this.#rowAt(value);
    if (row >= 0) {
      this.#app.openStrike(this.#data.strikes[row], this.#data.rolls.at(-1)?.expiry ?? null);
    }
  }

  #table() {
    const write = this.#app.write(this.#app.state.map);
    const { time, strikes, values, underlying } = this.#data;
    const zone = this.#app.market.zone;
    const axis = this.#axis();
    const until = this.#app.state.at === null ? Infinity : axis.known(this.#app.state.at);
    return {
      columns: [
        { name: 'time', write: (value) => clock(value, zone) }, { name: 'underlying', write: this.#app.write('underlying') },
        ...strikes.map((strike) => ({ name: String(strike), write })),
      ],
      rows: time.map((at, column) => [at, underlying[column], ...values.map((row) => row[column])]).filter(([at]) => axis.position(at) <= until),
    };
  }

  // --- controls

  #buildControls() {
    const app = this.#app;
    this.expiry = new Picker('Expiry', { name: 'expiry' }, (expiry) => app.go({ expiry }));
    this.measure = new Choice('Measure', MAP_MEASURES.map((value) => ({ value, text: MEASURES[value].label })), (map) => app.go({ map }));
    this.side = new Segments('Side', SIDE_OPTIONS, (side) => app.go({ side }));
    this.tf = new Segments('Timeframe', TIMEFRAME_OPTIONS, (tf) => app.go({ tf }));
    this.span = new Choice('Strikes', SPAN_OPTIONS, (span) => app.go({ span: +span }));
    this.reference = referenceChoice(app, { hasMinutes: false });
    this.#controls = controlBar([this.expiry, this.measure, this.side, this.tf, this.span, this.reference].map((control) => control.element));
  }

  #showControls() {
    const { state, market } = this.#app;
    this.expiry.setOptions(market.expiryOptions());
    this.expiry.set(state.expiry[0]);
    this.measure.set(state.map);
    this.side.set(state.side);
    this.tf.set(state.tf);
    this.span.set(String(state.span));
    showReference(this.reference, state);
    this.reference.element.hidden = state.map !== 'oi_change';
  }
}

/** From nothing to much; a change from fallen over unchanged to risen. */
function colouring(measure, low, high, look) {
  if (measure === 'oi_change') {
    const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return (value) => blend(look['heat-none'], value < 0 ? look['heat-low'] : look['heat-high'], Math.sqrt(Math.abs(value) / most));
  }
  const base = measure === 'iv' ? low : Math.min(0, low);
  const span = high - base || 1;
  return (value) => blend(look['heat-none'], look['heat-high'], Math.sqrt(Math.max(0, (value - base) / span)));
}
