import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlotTimeAxis } from '../../src/js/axes.js';
import { SessionAxis, ageText, clock, dateAt, dateText, zoneName } from '../../src/js/times.js';

const IST = 'Asia/Kolkata';
const OPEN = 1745293500; // 22 April 2025, 09:15 in India
const CLOSE = OPEN + 375 * 60;

test('clock_indianOpening_isAQuarterPastNine', () => {
  assert.equal(clock(OPEN, IST), '09:15');
  assert.equal(zoneName(OPEN, IST), 'IST');
  assert.equal(zoneName(OPEN, 'UTC'), 'UTC');
});

test('dateAt_lateEvening_isTheDateThere', () => {
  assert.equal(dateAt(Date.parse('2025-04-22T19:00:00Z') / 1000, IST), '2025-04-23');
  assert.equal(dateText('2025-04-22'), '22 Apr 2025');
});

const AGES = [[0, '0 s'], [89, '89 s'], [90, '2 min'], [5400, '2 h'], [200000, '2 days'], [-3, '0 s']];
for (const [seconds, text] of AGES) {
  test(`ageText_${seconds}_is${text}`, () => assert.equal(ageText(seconds), text));
}

test('position_nightBetweenSessions_takesNoRoom', () => {
  const next = OPEN + 86400;
  const axis = new SessionAxis([{ open: OPEN, close: CLOSE }, { open: next, close: next + 375 * 60 }], IST);
  assert.equal(axis.length, 2 * 375 * 60);
  assert.equal(axis.position(CLOSE - 60), 374 * 60);
  assert.equal(axis.position(next), 375 * 60);
  assert.equal(axis.position(CLOSE + 3600), 375 * 60);
  assert.equal(axis.time(375 * 60), next);
  assert.equal(axis.time(axis.position(OPEN + 600)), OPEN + 600);
});

test('ticks_indianSession_areFullHoursThere', () => {
  const axis = new SessionAxis([{ open: OPEN, close: CLOSE }], IST);
  const texts = axis.ticks(0, axis.length, 7).map((tick) => tick.text);
  assert.deepEqual(texts, ['10:00', '11:00', '12:00', '13:00', '14:00', '15:00']);
  assert.ok(axis.ticks(0, 600, 10).every((tick) => tick.position >= 0 && tick.position <= 600));
});

const KNOWN = [[60, 0, 0], [300, 3, -60], [300, 4, 0], [300, 5, 0], [300, 374, 370 * 60], [900, 373, 345 * 60]];
for (const [step, minute, position] of KNOWN) {
  test(`known_minute${minute}Of${step}s_isTheNewestBucketThatIsOver`, () => {
    const axis = new PlotTimeAxis(new SessionAxis([{ open: OPEN, close: CLOSE }], IST), step);
    const buckets = Array.from({ length: axis.length / step }, (_, i) => i * step);
    const until = axis.known(OPEN + 60 * minute);
    assert.equal(buckets.findLast((one) => one <= until) ?? -60, position);
  });
}

test('known_lastMinuteOfASessionOfUnevenLength_hasItsShortBucket', () => {
  const axis = new PlotTimeAxis(new SessionAxis([{ open: OPEN, close: OPEN + 62 * 60 }], IST), 900);
  assert.ok(axis.known(OPEN + 61 * 60) >= 60 * 60);
  assert.ok(axis.known(OPEN + 60 * 60) < 60 * 60);
});
