/** The page as a whole: its address, its market, the view that is open and what all views share. */

import { formatAddress, parseAddress, usualState } from './address.js';
import { Api } from './api.js';
import { Clock } from './clock.js';
import { Choice, Picker, Segments } from './controls.js';
import { el, setText } from './dom.js';
import { Market } from './market.js';
import { WRITING } from './numbers.js';
import { Presence } from './presence.js';
import { Stream } from './stream.js';
import { ChainView } from './views/chain.js';
import { MapView } from './views/map.js';
import { OperationsView } from './views/operations.js';
import { OverviewView } from './views/overview.js';
import { SmileView } from './views/smile.js';
import { StrikePanel } from './views/strike.js';
import { keyHelp, settingsBox } from './settings.js';
import { askForToken } from './token.js';

const THEME = 'strikegrid.theme';
const NUMBERS = 'strikegrid.numbers';
const CLASSES = { overview: OverviewView, chain: ChainView, smile: SmileView, map: MapView, operations: OperationsView };
const EMPTY_PAUSE = 5000;
const FAILED_PAUSE = 2000;
const TITLES = { overview: 'Overview', chain: 'Chain', smile: 'Smile & term', map: 'OI map', operations: 'Operations' };

export class App {
  #root;
  #view = null;
  #viewName = null;
  #strikePanel = null;
  #pending = 0;
  #turn = 0;
  #timer = 0;
  #isOld = false;
  #isTokenDenied = false;
  #notice;
  #settings;
  #main;
  #nav;
  #symbols;
  #numbers;

  constructor(root) {
    this.#root = root;
    this.state = usualState();
    this.api = new Api((refusal) => this.#needsToken(refusal));
    this.stream = new Stream(() => this.api.token, (state) => this.#streamState(state), () => this.#doubt());
    this.market = new Market(this.api);
  }

  /** Builds the page and shows what its address says. */
  start() {
    this.#setTheme(localStorage.getItem(THEME) ?? 'system');
    this.presence = new Presence(this);
    this.clock = new Clock(this);
    this.#build();
    addEventListener('hashchange', () => {
      this.#isTokenDenied = false;
      this.#addressChanged();
    });
    this.#addressChanged();
    this.presence.check();
  }

  /** Now, by the server's clock, epoch seconds. */
  now() {
    return (Date.now() + (this.stream.clockOffset ?? this.api.clockOffset)) / 1000;
  }

  /** The trading day that is shown. */
  get day() {
    const ofMinute = this.state.at !== null && this.state.day === null ? this.market.dayOf(this.state.at) : null;
    return ofMinute ?? this.market.day(this.state.day);
  }

  /** Whether the newest data is followed. */
  get isLive() {
    return this.state.at === null && (this.state.day === null || this.day === this.market.days[0]);
  }

  /** The minute that is shown, as its start; `null` while the newest is followed. */
  get at() {
    return this.isLive ? null : (this.state.at ?? (this.day ? this.day.close - 60 : null));
  }

  /** How numbers are grouped. */
  get form() {
    const usual = this.market.zone === 'Asia/Kolkata' ? 'indian' : 'international';
    return this.state.numbers ?? localStorage.getItem(NUMBERS) ?? usual;
  }

  get isBusy() {
    return this.#pending > 0;
  }

  /** Writes values of a measure in full, or short as on an axis. */
  write(measure, isShort = false) {
    const writing = WRITING[measure];
    const form = this.form;
    return (value, step) => (isShort ? writing.short(value, form, step) : writing.full(value, form));
  }

  /** Goes to another state; what is not named stays. A minute of a replay leaves no trail. */
  go(patch, { isMinute = false } = {}) {
    const address = formatAddress({ ...this.state, ...patch });
    if (address === location.hash) {
      return;
    }
    if (isMinute) {
      history.replaceState(null, '', address);
      this.#addressChanged();
    } else {
      location.hash = address;
    }
  }

  /** The address of a view with the rest as it is. */
  addressOf(view) {
    return formatAddress({ ...this.state, view });
  }

  /** Opens the panel of one strike. */
  openStrike(strike, expiry) {
    this.go({ strike, strike_expiry: expiry });
  }

  /** Counts work until the page is as it should be. */
  async track(promise) {
    this.#pending++;
    this.#setReady(false);
    try {
      return await promise;
    } finally {
      this.#pending--;
      if (this.#pending === 0) {
        requestAnimationFrame(() => requestAnimationFrame(() => this.#setReady(this.#pending === 0)));
      }
    }
  }

  /** Learns days and expiries anew: the newest day is another one now, or a label means another expiry. */
  refresh() {
    if (!this.#isOld) {
      this.#isOld = true;
      this.#addressChanged();
    }
  }

  #setReady(isReady) {
    document.documentElement.dataset.ready = String(isReady);
  }

  #streamState(state) {
    document.documentElement.dataset.live = state;
    this.presence?.show();
    if (state === 'live') {
      this.presence?.check();
    }
  }

  /** A browser does not tell why a stream is refused; an answer of the API does, as where a token is void. */
  #doubt() {
    this.api.get('/fo/symbols').catch((failure) => console.debug(failure));
  }

  #needsToken(refusal) {
    if (this.#isTokenDenied) {
      return; // until the person goes on
    }
    askForToken(refusal.message, (token) => {
      this.api.token = token;
      this.stream.close();
      this.#closeView();
      this.#addressChanged();
    }, () => {
      this.#isTokenDenied = true;
      this.stream.close();
      this.#say([`${refusal.message}: nothing can be shown without one. Open the page again to give it.`]);
    });
  }

  #addressChanged() {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    const { state, problems } = parseAddress(location.hash);
    this.state = state;
    this.track(this.#show(turn, problems)).catch((failure) => this.#failed(turn, failure));
  }

  /** @param {string[]} told what the person has to be told, so far */
  async #show(turn, told) {
    const { market, state } = this;
    market.abandon();
    if (market.symbols.length === 0) {
      await market.loadSymbols();
      if (turn !== this.#turn) {
        return;
      }
    }
    this.#showControls();
    const symbol = state.symbol ?? market.symbols[0]?.symbol ?? null;
    if (symbol === null) {
      told.push('Nothing is stored yet. Import a file with ./strikegrid import FILE, or start with serve --demo.');
      this.#again(EMPTY_PAUSE);
    } else {
      await this.#loadMarket(turn, symbol);
    }
    if (turn !== this.#turn) {
      return; // the address changed meanwhile
    }
    this.#say([...told, ...this.#doubts(symbol)]);
    if (this.#isOld) {
      this.#isOld = false;
      this.#view?.forget?.();
      this.#strikePanel?.forget();
    }
    if (!this.isLive) {
      this.stream.close();
    }
    this.#showControls();
    this.#showView();
    this.#showStrike();
    this.clock.show();
    this.presence.show();
  }

  async #loadMarket(turn, symbol) {
    const { market } = this;
    if (!market.is(symbol)) {
      this.#closeView();
    }
    if (this.#isOld || !market.is(symbol)) {
      await market.loadDays(symbol);
    }
    if (turn === this.#turn && this.day) {
      await market.loadExpiries(this.day.trading_day);
    }
  }

  /** What the address asks for and nobody has. */
  #doubts(symbol) {
    const { state, day } = this;
    const doubts = [];
    if (state.at !== null && day && (state.at < day.open || state.at >= day.close)) {
      doubts.push(`at must be within a session of ${symbol}; have ${state.at}`);
    }
    if (state.day !== null && day?.trading_day !== state.day) {
      doubts.push(`nothing is stored of ${symbol} on ${state.day}; the days are in the list beside Live`);
    }
    return doubts;
  }

  #showView() {
    const { view } = this.state;
    if (this.#viewName !== view) {
      this.#view?.dispose();
      this.presence.reset();
      this.#settings.open = false;
      this.#view = new CLASSES[view](this);
      this.#viewName = view;
      this.#main.replaceChildren(this.#view.element);
    }
    document.title = `${this.market.symbol ?? 'Strikegrid'} ${TITLES[view].toLowerCase()} \u00b7 Strikegrid`;
    for (const link of this.#nav.querySelectorAll('a')) {
      link.href = this.addressOf(link.dataset.view);
      if (link.dataset.view === view) {
        link.setAttribute('aria-current', 'page');
      } else {
        link.removeAttribute('aria-current');
      }
    }
    if (this.market.symbol !== null || view === 'operations') {
      this.#view.show();
    }
  }

  /** What it shows is of something else now. */
  #closeView() {
    this.presence.reset();
    this.#view?.dispose();
    this.#view = null;
    this.#viewName = null;
    this.#closeStrike();
  }

  #closeStrike() {
    this.#strikePanel?.dispose();
    this.#strikePanel = null;
  }

  #showStrike() {
    if (this.state.strike === null) {
      this.#closeStrike();
      return;
    }
    if (!this.#strikePanel) {
      this.#strikePanel = new StrikePanel(this);
      this.#root.append(this.#strikePanel.element);
      this.#strikePanel.focus();
    }
    this.#strikePanel.show();
  }

  /** Tells what has to be told; the same again changes nothing, so that it is not read out twice. */
  #say(texts) {
    setText(this.#notice, texts.join('. '));
    this.#notice.hidden = texts.length === 0;
  }

  #failed(turn, failure) {
    if (turn !== this.#turn) {
      return; // the address changed meanwhile
    }
    if (failure.status === 401 || failure.status === 403) {
      return; // a token is being asked for
    }
    console.debug(failure);
    const { allowed } = failure;
    this.#say([failure.message + (allowed ? `; allowed: ${allowed}` : '')]);
    if (failure.isPassing) {
      this.#again(FAILED_PAUSE);
    }
  }

  #again(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#addressChanged(), pause);
  }

  #showControls() {
    this.#symbols.setOptions(this.market.symbols.map((one) => ({
      value: one.symbol, text: one.symbol, detail: [one.name, ...one.aliases].filter((name) => name && name !== one.symbol).join(', '),
    })));
    this.#symbols.set(this.market.symbol);
    this.#numbers.set(this.form);
  }

  #setTheme(theme) {
    const root = document.documentElement;
    if (theme === 'system') {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = theme;
    }
    localStorage.setItem(THEME, theme);
    document.dispatchEvent(new Event('themechange'));
  }

  #build() {
    this.#notice = el('p.notice', { role: 'alert', hidden: true });
    this.#symbols = new Picker('Symbol', { name: 'symbol' }, ([symbol]) =>
      this.go({ symbol, expiry: ['NWeek+0'], day: null, at: null, strike: null, strike_expiry: null, compare_at: null }),
    );
    this.#numbers = new Segments('Numbers', [
      { value: 'indian', text: '1,00,000', title: 'Indian grouping, lakh and crore' },
      { value: 'international', text: '100,000', title: 'International grouping, thousands and millions' },
    ], (form) => {
      localStorage.setItem(NUMBERS, form);
      this.go({ numbers: form });
    });
    const theme = new Choice('Theme', ['system', 'light', 'dark'].map((value) => ({ value, text: value })), (value) => this.#setTheme(value));
    theme.set(localStorage.getItem(THEME) ?? 'system');
    this.#settings = settingsBox(this.#numbers.element, theme.element, keyHelp(), el('a', { href: '/docs' }, 'The API behind this page'));
    const links = Object.keys(CLASSES).map((view) => el('li', {}, el('a', { href: `#/${view}`, data: { view } }, TITLES[view])));
    this.#nav = el('nav', { 'aria-label': 'Views' }, el('ul', {}, ...links));
    this.#main = el('main', { id: 'main', tabindex: '-1' });
    this.#root.replaceChildren(
      el('header.top', {},
        el('a.brand', { href: '#/overview' }, 'Strikegrid'), this.#symbols.element, this.#nav,
        this.#settings),
      el('div.bar', {}, this.clock.element, this.presence.element),
      this.#notice, this.#main,
    );
  }
}
