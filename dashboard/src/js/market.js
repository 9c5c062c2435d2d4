/** What is stored of a symbol: its days and, for one of them, its expiries. */

import { dateText } from './times.js';

export class Market {
  #api;
  #turn = 0;
  #asked = null;

  constructor(api) {
    this.#api = api;
    this.symbols = [];
    this.symbol = null;
    this.zone = 'UTC';
    this.session = null;
    this.days = [];
    this.expiries = [];
    this.expiriesOf = null;
  }

  /** Learns which symbols there are. */
  async loadSymbols() {
    this.symbols = (await this.#api.get('/fo/symbols')).symbols;
  }

  /** Learns the days of a symbol, newest first, unless something else is asked for meanwhile. */
  async loadDays(symbol) {
    const turn = ++this.#turn;
    const answer = await this.#api.get('/fo/days', { symbol });
    if (turn !== this.#turn) {
      return;
    }
    this.#asked = symbol;
    this.symbol = answer.symbol;
    this.zone = answer.zone;
    this.session = answer.session;
    this.days = answer.days.filter((day) => day.open !== null); // what the calendar no longer has cannot be asked for
    this.expiriesOf = null;
  }

  /** Learns the expiries listed on a trading day. */
  async loadExpiries(day) {
    if (this.expiriesOf !== day) {
      const turn = ++this.#turn;
      const isNewest = day === this.days[0]?.trading_day; // whose labels are of its newest minute
      const answer = await this.#api.get('/fo/expiries', { symbol: this.symbol, at: isNewest ? null : day });
      if (turn !== this.#turn) {
        return;
      }
      this.expiries = answer.expiries;
      this.expiriesOf = day;
    }
  }

  /** Takes no answer that is still on its way. */
  abandon() {
    this.#turn++;
  }

  /** Whether a symbol or alias is the one that is known. */
  is(symbol) {
    return this.symbol === symbol || this.#asked === symbol || Boolean(this.symbols.find((one) => one.symbol === this.symbol)?.aliases.includes(symbol));
  }

  /** Whether the session that runs at a time by the calendar has no data yet. */
  isWithoutData(now) {
    const { session } = this;
    return session !== null && now >= session.open && now < session.close && this.days[0]?.trading_day !== session.trading_day;
  }

  /** The trading day of a date, or the newest one. */
  day(date) {
    return (date && this.days.find((day) => day.trading_day === date)) || this.days[0] || null;
  }

  /** The trading day whose session holds a time. */
  dayOf(epoch) {
    return this.days.find((day) => epoch >= day.open && epoch < day.close) ?? null;
  }

  /** The trading day before another one. */
  dayBefore(day) {
    return this.days[this.days.indexOf(day) + 1] ?? null;
  }

  /** The date behind an expiry written as date or label. */
  expiryDate(expiry) {
    const found = this.expiries.find((one) => one.expiry === expiry || one.labels.includes(expiry));
    return found?.expiry ?? null;
  }

  /** Options of a picker of expiries: by label, so that they roll, each with its date. */
  expiryOptions() {
    return this.expiries.flatMap((one) => {
      const days = one.days_to_expiry === 1 ? '1 day' : `${one.days_to_expiry} days`;
      const kind = one.quarterly ? 'quarterly' : one.type;
      const detail = `${dateText(one.expiry)}, ${kind}, ${days}`;
      return [...one.labels, one.expiry].map((value) => ({
        value, text: value, detail: value === one.expiry ? `${kind}, fixed date, ${days}` : detail,
      }));
    });
  }
}
