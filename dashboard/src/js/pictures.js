/** Pictures of what is shown, with the words without which a picture says nothing. */

const MARGIN = 16;
const LINE = 18;
const RATIO = 2;

/** A chart with its title, words below it, and its legend, as a PNG. */
export function chartPicture({ title, subtitle, legend, canvas, look }) {
  const width = canvas.width / RATIO;
  const words = wrapped(subtitle, width - 2 * MARGIN);
  const rows = legendRows(legend, width - 2 * MARGIN);
  const begin = MARGIN + (1 + words.length) * LINE;
  const top = begin + rows.length * LINE + 6;
  const { sheet, paint } = blank(width, top + canvas.height / RATIO, look);
  heading(paint, title, words, look);
  rows.forEach((row, i) => {
    for (const { name, colour, dash, x } of row) {
      const y = begin + i * LINE + 12;
      paint.strokeStyle = colour;
      paint.lineWidth = 2;
      paint.setLineDash(dash ?? []);
      paint.beginPath();
      paint.moveTo(x, y - 4);
      paint.lineTo(x + 20, y - 4);
      paint.stroke();
      paint.setLineDash([]);
      paint.fillStyle = look.text;
      paint.fillText(name, x + 26, y);
    }
  });
  paint.drawImage(canvas, 0, top, width, canvas.height / RATIO);
  return png(sheet);
}

/** A table as a PNG, with lines of words above it; `shade(row, column)` may give a cell's background. */
export function tablePicture({ title, subtitle, columns, rows, shade, look }) {
  const measure = document.createElement('canvas').getContext('2d');
  measure.font = '12px system-ui, sans-serif';
  const texts = rows.map((row) =>
    row.map((value, i) => (value === null ? '' : String(columns[i].write(value)))),
  );
  const widths = columns.map(
    (column, i) =>
      14 + Math.max(measure.measureText(column.name).width, ...texts.map((row) => measure.measureText(row[i]).width)),
  );
  const width = Math.max(360, widths.reduce((a, b) => a + b, 0) + 2 * MARGIN);
  const words = subtitle.flatMap((text) => wrapped(text, width - 2 * MARGIN));
  const top = MARGIN + (1 + words.length) * LINE + 10;
  const { sheet, paint } = blank(width, top + (rows.length + 1) * LINE + MARGIN, look);
  heading(paint, title, words, look);
  paint.textAlign = 'right';
  [columns.map((column) => column.name), ...texts].forEach((row, r) => {
    let x = MARGIN;
    row.forEach((text, c) => {
      const background = r > 0 ? shade(r - 1, c) : null;
      if (background) {
        paint.fillStyle = background;
        paint.fillRect(x, top + r * LINE, widths[c], LINE);
      }
      paint.fillStyle = r === 0 ? look.muted : look.text;
      paint.fillText(text, x + widths[c] - 7, top + r * LINE + 13);
      x += widths[c];
    });
  });
  return png(sheet);
}

function heading(paint, title, words, look) {
  paint.fillStyle = look.text;
  paint.font = 'bold 15px system-ui, sans-serif';
  paint.fillText(title, MARGIN, MARGIN + 12);
  paint.font = '12px system-ui, sans-serif';
  paint.fillStyle = look.muted;
  words.forEach((text, i) => paint.fillText(text, MARGIN, MARGIN + (i + 1) * LINE + 12));
}

/** A text in lines of a width, broken where it has two spaces or a comma. */
function wrapped(text, width) {
  const measure = document.createElement('canvas').getContext('2d');
  measure.font = '12px system-ui, sans-serif';
  const lines = [''];
  for (const part of text.split(/(?<=, | {2})/)) {
    if (lines.at(-1) !== '' && measure.measureText(lines.at(-1) + part.trimEnd()).width > width) {
      lines.push('');
    }
    lines[lines.length - 1] += part;
  }
  return lines.map((line) => line.trim());
}

function blank(width, height, look) {
  const sheet = document.createElement('canvas');
  sheet.width = Math.round(width * RATIO);
  sheet.height = Math.round(height * RATIO);
  const paint = sheet.getContext('2d');
  paint.scale(RATIO, RATIO);
  paint.fillStyle = look.surface;
  paint.fillRect(0, 0, width, height);
  return { sheet, paint };
}

function legendRows(legend, width) {
  const measure = document.createElement('canvas').getContext('2d');
  measure.font = '12px system-ui, sans-serif';
  const rows = [[]];
  let x = MARGIN;
  for (const entry of legend) {
    const own = 42 + measure.measureText(entry.name).width;
    if (x + own > width && rows.at(-1).length > 0) {
      rows.push([]);
      x = MARGIN;
    }
    rows.at(-1).push({ ...entry, x });
    x += own;
  }
  return rows;
}

function png(canvas) {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
