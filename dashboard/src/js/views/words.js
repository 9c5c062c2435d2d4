/** Words that several views use. */

import { clock, dateAt, dateText } from '../times.js';

/** What a change of open interest can be measured against. */
export const REFERENCE_OPTIONS = [
  { value: 'previous_close', text: 'previous close' },
  { value: 'session_open', text: 'session open' },
  { value: 'minutes_back 5', text: '5 minutes ago' },
  { value: 'minutes_back 15', text: '15 minutes ago' },
  { value: 'minutes_back 60', text: '1 hour ago' },
];

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
