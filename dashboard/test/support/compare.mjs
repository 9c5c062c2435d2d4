/** What the page shows against what the API answers. */
import assert from 'node:assert/strict';

/**
 * Fails unless a table through time has the values of an answer, all of them up to a time, and no
 * others.
 *
 * @param {{head: string[], rows: any[][]}} table of the page; its first column is the time
 * @param {number[]} times of the answer, epoch seconds
 * @param {object} lines of the answer, by the names of the table's columns
 * @param {number} until last time that is shown
 */
export function assertSeries(table, times, lines, until = Infinity) {
  const [, ...names] = table.head;
  assert.deepEqual(new Set(names), new Set(Object.keys(lines)));
  const rows = new Map(table.rows.map(([time, ...values]) => [time, values]));
  assert.equal(rows.size, table.rows.length, 'a time stands twice in the table');
  times.forEach((time, i) => {
    if (time <= until) {
      const expected = names.map((name) => lines[name][i]);
      assert.deepEqual(rows.get(time) ?? names.map(() => null), expected, `at ${time}: ${names}`);
    }
  });
  const known = new Set(times);
  for (const [time, values] of rows) {
    assert.ok(time <= until, `${time} is shown, after ${until}`);
    assert.ok(known.has(time) || values.every((value) => value === null), `${time} has invented values`);
  }
}

/** Fails unless a table by strike, or by another position, has just these rows in this order. */
export function assertRows(table, head, rows) {
  assert.deepEqual(table.head.slice(1), head);
  assert.deepEqual(table.rows, rows);
}

/** Tries again until it does not fail, for what moves on between two looks. */
export async function eventually(check, within = 15_000) {
  const end = Date.now() + within;
  for (;;) {
    try {
      return await check();
    } catch (failure) {
      if (Date.now() > end) {
        throw failure;
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }
}
