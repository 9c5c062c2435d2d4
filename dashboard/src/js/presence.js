/** In words, always in sight: how old the data is, and what is wrong with it. */

import { el, setData, setText } from './dom.js';
import { ageText, clock, dateText, zoneName } from './times.js';

const STALE = 120;
const ASK_SOON = 30_000;
const ASK_AGAIN = 60_000;

export class Presence {
  #app;
  #age;
  #words;
  #announcer;
  #reasons = [];
  #lastAsked = 0;
  #observed = null;
  #provenance = [];
  #gaps = [];
  #refusals = new Map();
  #shown = '';

  constructor(app) {
    this.#app = app;
    this.#age = el('span.age', { data: { figure: 'age' } });
    this.#words = el('ul.words', { 'aria-label': 'State of the data' });
    this.#announcer = el('span.unseen', { role: 'status', 'aria-live': 'polite' });
    this.element = el('div.presence', {}, this.#age, this.#words, this.#announcer);
    setInterval(() => this.show(), 1000);
  }

  /** Something else is shown: what was said of it is void. */
  reset() {
    this.#observed = null;
    this.#provenance = [];
    this.#gaps = [];
  }

  /** What an answer or a message says of its data; what it does not say is kept. */
  report({ observed, provenance, gaps }) {
    if (observed != null) {
      this.#observed = Math.max(observed, this.#observed ?? 0);
    }
    this.#provenance = provenance ?? this.#provenance;
    this.#gaps = gaps ?? this.#gaps;
    this.show();
  }

  /** Notes why one of the page's followers is not told what is new; `null` if it is. */
  refuse(follower, detail) {
    if (detail !== null) {
      this.#refusals.set(follower, detail);
      this.show();
    } else if (this.#refusals.delete(follower)) {
      this.show();
    }
  }

  /** What a picture of the page has to say of its data: the symbol, the day, the time, and whether it is real. */
  get stamp() {
    const { market, day, at, isLive } = this.#app;
    const time = isLive ? this.#observed : at;
    const when = time === null ? '' : `${isLive ? 'data up to' : 'as of'} ${clock(time, market.zone)} ${zoneName(time, market.zone)}`;
    const origin = this.#provenance.includes('simulated') ? 'simulated' : '';
    return [market.symbol, day ? dateText(day.trading_day) : '', when, origin].filter(Boolean).join(', ');
  }

  /** Gaps that are known of at the minute that is shown. */
  get #knownGaps() {
    const { at } = this.#app;
    const end = at === null ? Infinity : at + 60;
    return this.#gaps.filter(({ from }) => from < end).map(({ from, to }) => ({ from, to: Math.min(to, end) }));
  }

  /** Asks the server whether something of it is wrong. */
  async check() {
    this.#lastAsked = Date.now();
    try {
      const answer = await this.#app.api.get('/health/ready');
      this.#reasons = answer.reasons ?? [];
    } catch (failure) {
      this.#reasons = failure.status ? [failure.message] : [];
    }
    this.show();
  }

  show() {
    const { isLive, stream, market, at, day } = this.#app;
    const age = this.#observed === null ? null : this.#app.now() - this.#observed;
    const isOpen = day !== null && this.#app.now() >= day.open && this.#app.now() < day.close;
    const isStale = isLive && isOpen && age !== null && age > STALE;
    const isSilent = isLive && market.isWithoutData(this.#app.now());
    const pause = isStale || this.#reasons.length > 0 ? ASK_SOON : ASK_AGAIN;
    if ((stream.state === 'live' || !isLive) && Date.now() - this.#lastAsked > pause) {
      this.check();
    }
    setText(this.#age, this.#ageText(age, isOpen, isSilent, day, market, at));
    setData(this.#age, 'value', age === null ? '' : Math.round(age));
    this.#showWords([...this.#stateWords(isStale, isSilent), ...this.#gapWords(), ...this.#serverWords()]);
  }

  #stateWords(isStale, isSilent) {
    const { isLive, market, stream } = this.#app;
    const isBroken = isLive && stream.state !== 'live' && stream.state !== 'off';
    return [
      this.#provenance.includes('simulated') && { name: 'simulated', text: 'simulated', title: 'These figures were made up; no market traded at them.' },
      !isLive && { name: 'replay', text: 'replay', title: 'This is what was known at that minute.' },
      isBroken && { name: stream.state, text: stream.state, title: 'The connection to the server is broken; what is shown does not move.' },
      isStale && { name: 'stale', text: 'stale', title: 'The market is open, but nothing new has come for over two minutes.' },
      isSilent && {
        name: 'stale', text: "no data of today's session",
        title: `By the calendar the market is open since ${clock(market.session.open, market.zone)}, but nothing has come.`,
      },
    ].filter(Boolean);
  }

  #gapWords() {
    const { zone } = this.#app.market;
    const [gap, ...others] = this.#knownGaps.map(({ from, to }) => `${clock(from, zone)}, ${Math.round((to - from) / 60)} min`);
    const more = `${others.length} more gap${others.length > 1 ? 's' : ''}`;
    return [
      gap && { name: 'gap', text: `gap ${gap}`, title: 'The server has no data for this time.' },
      others.length > 0 && { name: 'gap', text: more, title: others.join('; ') },
    ].filter(Boolean);
  }

  #serverWords() {
    const [refusal] = this.#refusals.values();
    const [reason] = this.#reasons;
    return [
      refusal && { name: 'refused', text: 'not followed', title: `The server does not send what is new: ${refusal}` },
      reason && { name: 'degraded', text: `degraded: ${reason}`, title: this.#reasons.join('; ') },
    ].filter(Boolean);
  }

  #ageText(age, isOpen, isSilent, day, market, at) {
    if (!this.#app.isLive) {
      const time = at ?? (day ? day.close - 60 : null);
      return time === null || day === null ? '' : `as of ${clock(time, market.zone)} ${zoneName(time, market.zone)}, ${dateText(day.trading_day)}`;
    }
    if (age === null) {
      return '';
    }
    const zone = market.zone;
    const time = `${clock(this.#observed, zone)} ${zoneName(this.#observed, zone)}`;
    if (isOpen) {
      return `data ${ageText(age)} old (${time})`;
    }
    return `${isSilent ? '' : 'session over, '}last data ${time}, ${day ? dateText(day.trading_day) : ''}`;
  }

  #showWords(words) {
    const key = JSON.stringify(words);
    if (key === this.#shown) {
      return;
    }
    this.#shown = key;
    this.#words.replaceChildren(...words.map(({ name, text, title }) => el('li.word', { title, data: { word: name } }, text)));
    setText(this.#announcer, words.map((word) => word.text).join(', '));
  }
}
