/** What the overview can be asked to show. */

import { LEVEL_MEASURES, STRIKE_MEASURES } from '../address.js';
import { Choice, controlBar, Picker, Segments } from '../controls.js';
import { MEASURES } from '../measures.js';
import { referenceChoice, showReference, SIDE_OPTIONS, SPAN_OPTIONS, TIMEFRAME_OPTIONS } from './words.js';

export class OverviewControls {
  #app;

  constructor(app) {
    this.#app = app;
    const measures = (names) => names.map((value) => ({ value, text: MEASURES[value].label }));
    this.expiry = new Picker('Expiry', { isMany: true, name: 'expiry' }, (expiry) => app.go({ expiry }));
    this.tf = new Segments('Timeframe', TIMEFRAME_OPTIONS, (tf) => app.go({ tf }));
    this.side = new Segments('Side', SIDE_OPTIONS, (side) => app.go({ side }));
    this.levels = new Choice('Levels', [0, 1, 2, 3, 5, 10].map((n) => ({ value: String(n), text: n === 0 ? 'ATM' : `ATM \u00b1${n}` })), (levels) => app.go({ levels: +levels }));
    this.measures = new Picker('By level', { isMany: true, least: 0, name: 'measure' }, (measure) => app.go({ measure }));
    this.measures.setOptions(measures(LEVEL_MEASURES));
    this.strikes = new Picker('By strike', { isMany: true, least: 0, name: 'by-strike' }, (byStrike) => app.go({ by_strike: byStrike }));
    this.strikes.setOptions(measures(STRIKE_MEASURES));
    this.span = new Choice('Strikes', SPAN_OPTIONS, (span) => app.go({ span: +span }));
    this.reference = referenceChoice(app);
    this.element = controlBar(
      [this.expiry, this.tf, this.side, this.levels, this.measures, this.strikes, this.span, this.reference].map((control) => control.element),
    );
  }

  /** Shows what the address says. */
  show() {
    const { state, market } = this.#app;
    this.expiry.setOptions(market.expiryOptions());
    this.expiry.set(state.expiry);
    this.tf.set(state.tf);
    this.side.set(state.side);
    this.levels.set(String(state.levels));
    this.measures.set(state.measure);
    this.strikes.set(state.by_strike);
    this.span.set(String(state.span));
    showReference(this.reference, state);
  }
}
