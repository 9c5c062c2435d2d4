/** The figures of a chain as a whole. */

import { el, setData, setText } from '../dom.js';

const FIGURES = [
  ['underlying', 'Underlying', 'underlying'], ['forward', 'Forward', 'underlying'], ['atm_strike', 'ATM strike', 'strike'],
  ['atm_iv', 'ATM IV', 'iv'], ['straddle', 'Straddle', 'price'], ['pcr', 'PCR (OI)', 'pcr'],
  ['pcr_volume', 'PCR (volume)', 'pcr_volume'], ['max_pain', 'Max pain', 'strike'], ['days_to_expiry', 'Days to expiry', null],
  ['call_oi', 'Call OI', 'oi'], ['put_oi', 'Put OI', 'oi'], ['call_oi_change', 'Call OI change', 'oi_change'],
  ['put_oi_change', 'Put OI change', 'oi_change'], ['call_volume_day', 'Call volume', 'volume_day'],
  ['put_volume_day', 'Put volume', 'volume_day'],
];
const SHORT = new Set(['call_oi', 'put_oi', 'call_oi_change', 'put_oi_change', 'call_volume_day', 'put_volume_day']);

export class ChainFigures {
  #app;
  #shown;
  #values = new Map();

  /** @param {number} most how many of them, the first ones */
  constructor(app, most = FIGURES.length) {
    this.#app = app;
    this.#shown = FIGURES.slice(0, most);
    this.element = el('dl.figures-row');
    for (const [name, title] of this.#shown) {
      const value = el('dd', { data: { figure: name, value: '' } }, '\u2013');
      this.#values.set(name, value);
      this.element.append(el('div', {}, el('dt', {}, title), value));
    }
  }

  /** All of them in words. */
  get text() {
    return this.#shown.map(([name, title]) => `${title} ${this.#values.get(name).textContent}`).join('   ');
  }

  /** Shows those of a chain; `null` is none. */
  draw(chain) {
    for (const [name, , measure] of this.#shown) {
      const value = chain?.[name] ?? null;
      const element = this.#values.get(name);
      const full = value === null ? 'unknown' : measure === null ? String(value) : this.#app.write(measure)(value);
      setText(element, value === null ? '\u2013' : SHORT.has(name) ? this.#app.write(measure, true)(value) : full);
      setData(element, 'value', value ?? '');
      element.title = full;
    }
  }
}
