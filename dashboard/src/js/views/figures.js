/** The figures of a chain as a whole. */

import { el, setData, setText } from '../dom.js';
import { dateText } from '../times.js';

/** The title of each, and the measure as which it is written. */
const FIGURES = {
  expiry: ['Expiry', null], underlying: ['Underlying', 'underlying'], forward: ['Forward', 'underlying'],
  atm_strike: ['ATM strike', 'strike'], atm_iv: ['ATM IV', 'iv'], straddle: ['Straddle', 'price'],
  pcr: ['PCR (OI)', 'pcr'], pcr_volume: ['PCR (volume)', 'pcr_volume'], max_pain: ['Max pain', 'strike'],
  days_to_expiry: ['Days to expiry', null], call_oi: ['Call OI', 'oi'], put_oi: ['Put OI', 'oi'],
  call_oi_change: ['Call OI change', 'oi_change'], put_oi_change: ['Put OI change', 'oi_change'],
  call_volume_day: ['Call volume', 'volume_day'], put_volume_day: ['Put volume', 'volume_day'],
};
const SHORT = /_oi$|_oi_change$|_volume_day$/;

export class ChainFigures {
  #app;
  #values = new Map();

  /** @param {string[]} names which of them, in order */
  constructor(app, names) {
    this.#app = app;
    this.element = el('dl.figures-row');
    for (const name of names) {
      const value = el('dd', { data: { figure: name, value: '' } }, '\u2013');
      this.#values.set(name, value);
      this.element.append(el('div', {}, el('dt', {}, FIGURES[name][0]), value));
    }
  }

  /** All of them in words. */
  get text() {
    return [...this.#values].map(([name, value]) => `${FIGURES[name][0]} ${value.textContent}`).join('   ');
  }

  /** Shows those of a chain; `null` is none. */
  draw(chain) {
    for (const [name, element] of this.#values) {
      const value = chain?.[name] ?? null;
      const full = value === null ? 'unknown' : this.#write(name, value);
      const isShort = value !== null && SHORT.test(name);
      setText(element, value === null ? '\u2013' : isShort ? this.#app.write(FIGURES[name][1], true)(value) : full);
      setData(element, 'value', value ?? '');
      element.title = full;
    }
  }

  #write(name, value) {
    const [, measure] = FIGURES[name];
    return measure !== null ? this.#app.write(measure)(value) : name === 'expiry' ? dateText(value) : String(value);
  }
}
