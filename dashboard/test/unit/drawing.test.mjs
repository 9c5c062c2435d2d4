import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StrikeAxis, niceStep } from '../../src/js/axes.js';
import { lowerBound, shapesOf, stretches } from '../../src/js/layers.js';
import { blend, levelName } from '../../src/js/look.js';
import { csvOf, tableOf } from '../../src/js/tables.js';
import { TimeSeries } from '../../src/js/timeseries.js';

const FRAME = { px: (x) => x, py: (y) => -y, left: 0, right: 100, top: 0, bottom: 100, from: 0, to: 100 };

test('stretches_unknownAndMissing_breakTheLine', () => {
  const found = stretches({ x: [0, 1, 2, 3, 6, 7], y: [5, 6, null, 0, 1, 2], gap: 1.5 }, FRAME);
  assert.deepEqual(found, [[0, -5, 1, -6], [3, -0], [6, -1, 7, -2]]);
});

test('shapesOf_barsUnknownAndZero_onlyZeroIsDrawn', () => {
  const shapes = shapesOf({ kind: 'bars', x: [1, 2, 3], y: [4, null, 0], width: 1, colour: '#000000' }, FRAME, {});
  assert.deepEqual(shapes.map(({ shape }) => [shape.x, shape.height]), [[0.5, 4], [2.5, 0]]);
});

test('shapesOf_unknownKind_throws', () => {
  assert.throws(() => shapesOf({ kind: 'pie' }, FRAME, {}), /no layer is called pie/);
});

test('timeSeries_bucketsLeftOut_areThereUnknown', () => {
  const series = TimeSeries.of(60, [600, 720], new Map([['a', [1, 0]]]));
  assert.deepEqual(series.time, [600, 660, 720]);
  assert.deepEqual(series.get('a'), [1, null, 0]);
  series.set(900, 'b', 7);
  assert.deepEqual(series.get('a'), [1, null, 0, null, null, null]);
  assert.deepEqual(series.get('b'), [null, null, null, null, null, 7]);
  series.set(540, 'a', 9);
  assert.equal(series.holds(540), false);
  assert.equal(series.time.length, 6);
});

test('tableOf_layersWithOtherPositions_haveOneRowForEach', () => {
  const drawing = {
    until: 3, write: String,
    layers: [{ name: 'a', x: [1, 2], y: [10, null] }, { name: 'b', x: [2, 3, 4], y: [0, 30, 40] }, { kind: 'mark', at: 1, name: 'm' }],
  };
  const table = tableOf(drawing, 'x', { value: (x) => x, write: String });
  assert.deepEqual(table.rows, [[1, 10, null], [2, null, 0], [3, null, 30]]);
  assert.equal(csvOf(table), 'x,a,b\r\n1,10,\r\n2,,0\r\n3,,30\r\n');
});

test('csvOf_textWithCommaAndQuote_isQuoted', () => {
  const column = (name) => ({ name, write: String });
  assert.equal(csvOf({ columns: [column('a,b')], rows: [['say "no"']] }), '"a,b"\r\n"say ""no"""\r\n');
});

test('strikeAxis_snapAndTicks_areOnStrikes', () => {
  const axis = new StrikeAxis([24400, 24450, 24500], 50, String);
  assert.equal(axis.snap(24430), 24450);
  assert.deepEqual(axis.ticks(24380, 24520, 3).map((tick) => tick.position), [24400, 24450, 24500]);
});

test('niceStep_anySpan_isNoSmallerThanTheGap', () => {
  assert.equal(niceStep(30, 50), 50);
  assert.equal(niceStep(130, 50), 200);
  assert.equal(niceStep(210, 100), 250);
});

test('lowerBound_positions_findsTheFirstNotBefore', () => {
  assert.equal(lowerBound([1, 3, 5], 3), 1);
  assert.equal(lowerBound([1, 3, 5], 4), 2);
  assert.equal(lowerBound([], 4), 0);
});

test('look_levelsAndColours_areNamedAndBlended', () => {
  assert.deepEqual([0, 2, -3].map(levelName), ['ATM', '+2', '\u22123']);
  assert.equal(blend('#000000', '#ffffff', 0.5), '#808080');
});
