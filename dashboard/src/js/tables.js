/** Figures as tables and as files: what a chart shows, for eyes, readers of the screen and programs. */

import { el } from './dom.js';

/**
 * @typedef {object} Table
 * @property {{name: string, write: (value: number|null) => string}[]} columns
 * @property {(number|string|null)[][]} rows
 */

/** The layers of a drawing as a table: one row for each position that any of them has. */
export function tableOf(drawing, axisName, axis) {
  const layers = drawing.layers.filter((layer) => layer.name && layer.y);
  const until = drawing.until ?? Infinity;
  const positions = new Map();
  layers.forEach((layer, column) => {
    layer.x.forEach((x, i) => {
      if (x <= until) {
        const row = positions.get(x) ?? new Array(layers.length).fill(null);
        row[column] = layer.y[i] ?? null;
        positions.set(x, row);
      }
    });
  });
  const sorted = [...positions.keys()].sort((a, b) => a - b);
  return {
    columns: [
      { name: axisName, write: (value) => axis.write(value) },
      ...layers.map((layer) => ({ name: layer.name, write: layer.write ?? drawing.write })),
    ],
    rows: sorted.map((x) => [axis.value(x), ...positions.get(x)]),
  };
}

/** An HTML table; each cell carries its unrounded value. */
export function tableElement({ columns, rows }) {
  const head = el('tr', {}, ...columns.map((column) => el('th', { scope: 'col' }, column.name)));
  const body = el('tbody');
  for (const row of rows) {
    const line = el('tr');
    row.forEach((value, i) => {
      const text = value === null ? '' : String(columns[i].write(value));
      line.append(
        i === 0
          ? el('th', { scope: 'row', data: { value: value ?? '' } }, text)
          : el('td', { data: { value: value ?? '' } }, text),
      );
    });
    body.append(line);
  }
  return el('table.figures', {}, el('caption', {}, `${rows.length} rows`), el('thead', {}, head), body);
}

/** Comma-separated values as RFC 4180 has them; unknown is an empty field, numbers are unrounded. */
export function csvOf({ columns, rows }) {
  const field = (value) => {
    const text = value === null || value === undefined ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map((column) => column.name), ...rows];
  return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('');
}
