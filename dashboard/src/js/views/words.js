/** Words that several views use. */

import { Choice } from '../controls.js';
import { clock, dateAt, dateText } from '../times.js';

/** Seconds of a bucket of each timeframe. */
export const SECONDS = { '1min': 60, '5min': 300, '15min': 900 };

export const TIMEFRAME_OPTIONS = Object.keys(SECONDS).map((value) => ({ value, text: value.replace('min', ' min') }));

export const SIDE_OPTIONS = [
  { value: 'call', text: 'Calls' },
  { value: 'put', text: 'Puts' },
  { value: 'both', text: 'Both' },
];

/** How far from the money strikes are shown, in strike gaps. */
export const SPAN_OPTIONS = [5, 10, 15, 25, 50, 500].map((n) => ({ value: String(n), text: n === 500 ? 'all' : `\u00b1${n}` }));

/** Which sides a figure is made of. */
export const SIDE_TEXT = { both: 'calls and puts together', call: 'calls', put: 'puts' };

const REFERENCES = [
  { value: 'previous_close', text: 'previous close' },
  { value: 'session_open', text: 'session open' },
];
const MINUTES = [
  { value: 'minutes_back 5', text: '5 minutes ago' },
  { value: 'minutes_back 15', text: '15 minutes ago' },
  { value: 'minutes_back 60', text: '1 hour ago' },
];

/** Chooses what a change of open interest is measured against. */
export function referenceChoice(app, { hasMinutes = true } = {}) {
  return new Choice('OI change since', hasMinutes ? [...REFERENCES, ...MINUTES] : REFERENCES, (value) => {
    const [reference, back] = value.split(' ');
    app.go(back ? { reference, back: +back } : { reference });
  });
}

/** Shows it as the address says. */
export function showReference(choice, state) {
  choice.set(state.reference === 'minutes_back' ? `minutes_back ${state.back}` : state.reference);
}

/** What is said where nothing is known at the minute that is shown. */
export function emptyText(app) {
  return app.at === null ? 'Nothing is known here yet.' : `Nothing is known of this by ${clock(app.at, app.market.zone)}.`;
}

/** What a view says where the server refused. */
export function failureText(failure) {
  return failure.message + (failure.allowed ? ` (allowed: ${failure.allowed})` : '');
}

const SOURCES = {
  exchange: "the exchange's figure",
  last_bar: 'the last bar of the day before',
  mixed: "the exchange's figure, else the last bar of the day before",
  none: 'unknown',
};

/** Names the reference of a change in open interest, its time and where it comes from. */
export function referenceText(reference, zone) {
  if (!reference || reference.time === null) {
    return 'no reference is known, so no change';
  }
  const source = SOURCES[reference.source] ?? reference.source;
  if (reference.kind === 'previous_close') {
    return `since the close of ${dateText(dateAt(reference.time - 1, zone))} (${source})`;
  }
  const kind = reference.kind === 'session_open' ? 'the session opened at' : 'the bar of';
  return `since ${kind} ${clock(reference.time, zone)}`;
}
