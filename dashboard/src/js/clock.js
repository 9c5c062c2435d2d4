/** Which minute is shown: now, or one of a session that is over, moved by hand or played. */

import { el, setText } from './dom.js';
import { icon } from './icons.js';
import { Choice } from './controls.js';
import { clock, dayText, zoneName } from './times.js';

const SPEEDS = [1, 5, 15, 60];
const MINUTE = 60;
const LOOK_AGAIN = 15_000;
const SLIDE_PAUSE = 100; // browsers bound how often an address may change

export class Clock {
  #app;
  #slider;
  #output;
  #play;
  #live;
  #day;
  #speed = 60;
  #timer = 0;
  #sliding = 0;
  #turn = 0;

  constructor(app) {
    this.#app = app;
    this.#day = new Choice('Day', [], (day) => this.#chooseDay(day));
    this.#slider = el('input.clock-slider', { type: 'range', step: MINUTE, 'aria-label': 'Minute of the session', on: { input: () => this.#slid() } });
    this.#output = el('output.clock-time', { 'aria-live': 'off', data: { figure: 'clock' } });
    this.#play = this.#button('play', 'Play', () => this.#togglePlay());
    this.#live = el('button.live-button', { type: 'button', data: { action: 'live' }, on: { click: () => this.#goLive() } }, 'Live');
    const speed = new Choice('Speed', SPEEDS.map((n) => ({ value: String(n), text: `${n}\u00d7` })), (value) => this.#setSpeed(+value));
    speed.set(String(this.#speed));
    this.element = el(
      'div.clock', { role: 'group', 'aria-label': 'Replay' },
      this.#live, this.#day.element,
      this.#button('back', 'One minute back', () => this.#step(-1)), this.#play,
      this.#button('forward', 'One minute on', () => this.#step(1)),
      speed.element, el('span.clock-now', {}, this.#output, this.#slider),
    );
    setInterval(() => this.#lookAgain(), LOOK_AGAIN);
  }

  /** The session grows, and another one follows it. */
  #lookAgain() {
    const { isLive, market } = this.#app;
    if (isLive) {
      this.show();
      if (market.session !== null && this.#app.now() >= market.session.close) {
        this.#app.refresh();
      }
    }
  }

  #button(name, label, action) {
    return el('button.tool', { type: 'button', title: label, 'aria-label': label, data: { action: name }, on: { click: action } }, icon(name));
  }

  /** Shows what the address says. */
  show() {
    const { market, state } = this.#app;
    const day = this.#app.day;
    this.#day.setOptions(market.days.map((one) => ({ value: one.trading_day, text: `${dayText(one.trading_day)} ${one.trading_day.slice(0, 4)}${one.simulated ? ' (simulated)' : ''}` })));
    if (!day) {
      return;
    }
    this.#day.set(day.trading_day);
    this.#slider.min = day.open;
    this.#slider.max = this.#last(day);
    const at = this.#app.at ?? this.#last(day);
    if (this.#sliding === 0) {
      this.#slider.value = at; // a hand on it may be further already
    }
    const text = `${clock(at, market.zone)} ${zoneName(at, market.zone)}`;
    this.#slider.setAttribute('aria-valuetext', text);
    setText(this.#output, this.#app.isLive ? 'following' : text);
    this.#output.dataset.value = this.#app.isLive ? '' : at;
    this.#live.setAttribute('aria-pressed', String(this.#app.isLive));
    if (state.at === null && this.#timer) {
      this.#stop();
    }
  }

  /** The last minute that can be shown: of a session that runs, the newest one. */
  #last(day) {
    const now = Math.floor(this.#app.now() / MINUTE) * MINUTE;
    return Math.max(day.open, Math.min(day.close - MINUTE, now));
  }

  #chooseDay(date) {
    this.#stop();
    const isNewest = date === this.#app.market.days[0]?.trading_day;
    this.#app.go({ day: isNewest ? null : date, at: null });
  }

  #to(at) {
    const day = this.#app.day;
    this.#app.go({ at, day: day === this.#app.market.days[0] ? null : day.trading_day }, { isMinute: true });
  }

  #slid() {
    if (this.#sliding === 0) {
      this.#to(+this.#slider.value);
      this.#sliding = setTimeout(() => {
        this.#sliding = 0;
        if (!this.#app.isLive && this.#app.at !== +this.#slider.value) {
          this.#to(+this.#slider.value);
        }
      }, SLIDE_PAUSE);
    }
  }

  #step(direction) {
    const { day } = this.#app;
    if (!day) {
      return;
    }
    const at = (this.#app.at ?? this.#last(day)) + direction * MINUTE;
    this.#to(Math.max(day.open, Math.min(this.#last(day), at)));
  }

  #goLive() {
    this.#stop();
    this.#app.go({ at: null, day: null });
  }

  #setSpeed(speed) {
    this.#speed = speed;
    if (this.#timer) {
      this.#stop();
      this.#togglePlay();
    }
  }

  async #togglePlay() {
    if (this.#timer) {
      this.#stop();
      return;
    }
    const { day } = this.#app;
    if (!day) {
      return;
    }
    if (this.#app.at === null || this.#app.at >= this.#last(day)) {
      const turn = ++this.#turn;
      const first = await this.#app.track(this.#firstMinute(day));
      if (turn !== this.#turn || this.#app.day !== day) {
        return; // something else was chosen meanwhile
      }
      this.#to(first);
    }
    this.#timer = setInterval(() => this.#tick(), (MINUTE * 1000) / this.#speed);
    this.#play.replaceChildren(icon('pause'));
    this.#play.setAttribute('aria-label', 'Pause');
  }

  /** Where the data of a day begins, to 5 minutes; its opening where nobody knows. */
  async #firstMinute(day) {
    const { market, api, state } = this.#app;
    const range = { symbol: market.symbol, expiry: state.expiry[0], timeframe: '5min', from: day.open, to: day.close };
    const answer = await api.get('/fo/expiry-metrics', range).catch(() => null);
    return answer?.series[0].time[0] ?? day.open;
  }

  #tick() {
    if (!this.#app.isBusy) {
      this.#step(1);
      if (this.#app.at >= this.#last(this.#app.day)) {
        this.#stop();
      }
    }
  }

  #stop() {
    this.#turn++;
    if (this.#timer === 0) {
      return;
    }
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#play.replaceChildren(icon('play'));
    this.#play.setAttribute('aria-label', 'Play');
  }
}
