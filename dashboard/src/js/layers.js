/**
 * What a plot draws, as shapes in pixels. A layer is an object with `kind` and its values; `x` holds
 * positions on the plot's axis, `y` values, where `null` is unknown: a line breaks there, a bar is
 * not drawn, a cell stays empty.
 *
 * @typedef {object} Frame
 * @property {(x: number) => number} px
 * @property {(y: number) => number} py
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 * @property {number} from first position in sight
 * @property {number} to last one
 */

const MARKER = 3.2;
const LONE = 1.5;

/**
 * All stretches of a line as one shape, since each as a shape of its own is slow where data is full
 * of breaks. `stretches` are lists of coordinates, one after the other; a lone point is a short dash.
 */
export const STRETCHES = 'stretches';

/** How to draw it. */
export function traceStretches(path, { stretches: parts }) {
  for (const points of parts) {
    const isLone = points.length === 2;
    path.moveTo(points[0] - (isLone ? LONE : 0), points[1]);
    if (isLone) {
      path.lineTo(points[0] + LONE, points[1]);
    }
    for (let i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
  }
}

/** The shapes of a layer within a frame. */
export function shapesOf(layer, frame, look) {
  switch (layer.kind) {
    case 'line': return lineShapes(layer, frame);
    case 'bars': return barShapes(layer, frame);
    case 'cells': return cellShapes(layer, frame);
    case 'mark': return markShapes(layer, frame, look);
    default: throw new Error(`no layer is called ${layer.kind}`);
  }
}

/** First index whose position is not before one. */
export function lowerBound(x, position) {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] < position) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The stretches of a line between its breaks, as lists of coordinates in pixels. */
export function stretches({ x, y, gap = Infinity }, frame) {
  const found = [];
  let points = [];
  let last = NaN;
  const start = Math.max(0, lowerBound(x, frame.from) - 1);
  for (let i = start; i < x.length; i++) {
    if (y[i] == null || x[i] - last > gap) {
      if (points.length > 0) {
        found.push(points);
        points = [];
      }
    }
    if (y[i] != null) {
      points.push(frame.px(x[i]), frame.py(y[i]));
      last = x[i];
    }
    if (x[i] > frame.to) {
      break;
    }
  }
  if (points.length > 0) {
    found.push(points);
  }
  return found;
}

function lineShapes(layer, frame) {
  const { colour, width = 1.25, dash = null, marker = null, isPoints = false } = layer;
  const parts = stretches(layer, frame);
  const shapes = [];
  if (!isPoints && parts.length > 0) {
    const style = { stroke: colour, fill: 'none', lineWidth: width, lineDash: dash, lineJoin: 'round', lineCap: 'round' };
    shapes.push({ type: STRETCHES, shape: { stretches: parts }, style });
  }
  if (marker || isPoints) {
    for (const points of parts) {
      for (let i = 0; i < points.length; i += 2) {
        shapes.push(markerShape(marker ?? 'circle', points[i], points[i + 1], colour));
      }
    }
  }
  return shapes;
}

function markerShape(marker, cx, cy, colour) {
  const r = MARKER;
  const style = { fill: colour, stroke: 'none' };
  if (marker === 'diamond') {
    const points = [[cx, cy - r - 1], [cx + r + 1, cy], [cx, cy + r + 1], [cx - r - 1, cy]];
    return { type: 'polygon', shape: { points }, style: { fill: 'none', stroke: colour, lineWidth: 1.5 } };
  }
  if (marker === 'triangle') {
    const points = [[cx, cy - r - 1], [cx + r, cy + r], [cx - r, cy + r]];
    return { type: 'polygon', shape: { points }, style };
  }
  return { type: 'circle', shape: { cx, cy, r: r - 0.6 }, style };
}

/** `offset` and `width` are in positions; a hollow bar is striped, so that it differs without colour. */
function barShapes({ x, y, width, offset = 0, colour, isHollow = false }, frame) {
  const shapes = [];
  const zero = frame.py(0);
  for (let i = 0; i < x.length; i++) {
    if (y[i] == null || x[i] < frame.from - 2 * width || x[i] > frame.to + 2 * width) {
      continue;
    }
    const left = frame.px(x[i] + offset - width / 2);
    const right = frame.px(x[i] + offset + width / 2);
    const top = frame.py(y[i]);
    const shape = { x: left, y: Math.min(top, zero), width: right - left, height: Math.abs(top - zero) };
    const style = isHollow
      ? { fill: colour, fillOpacity: 0.25, stroke: colour, lineWidth: 1 }
      : { fill: colour };
    shapes.push({ type: 'rect', shape, style });
  }
  return shapes;
}

/**
 * A rectangle of coloured cells: `rows` positions on the other axis, `values[row][column]`. They are
 * painted on a canvas of their own, since each as a shape would be slow.
 */
function cellShapes({ x, width, rows, height, values, colourOf }, frame) {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const w = Math.max(1, Math.round(frame.right - frame.left));
  const h = Math.max(1, Math.round(frame.bottom - frame.top));
  const canvas = document.createElement('canvas');
  canvas.width = w * ratio;
  canvas.height = h * ratio;
  const paint = canvas.getContext('2d');
  paint.scale(ratio, ratio);
  for (let column = Math.max(0, lowerBound(x, frame.from - width)); column < x.length; column++) {
    const left = Math.floor(frame.px(x[column]) - frame.left);
    const right = Math.floor(frame.px(x[column] + width) - frame.left);
    if (left > w) {
      break;
    }
    for (let row = 0; row < rows.length; row++) {
      const value = values[row][column];
      if (value == null) {
        continue;
      }
      const top = Math.floor(frame.py(rows[row] + height / 2) - frame.top);
      const bottom = Math.floor(frame.py(rows[row] - height / 2) - frame.top);
      paint.fillStyle = colourOf(value);
      paint.fillRect(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
    }
  }
  const style = { image: canvas, x: frame.left, y: frame.top, width: w, height: h };
  return [{ type: 'image', style }];
}

/** A vertical line with a word at its top. */
function markShapes({ at, name, colour, dash = [4, 3], row = 0 }, frame, look) {
  if (at == null || at < frame.from || at > frame.to) {
    return [];
  }
  const x = Math.round(frame.px(at)) + 0.5;
  const shape = { x1: x, y1: frame.top, x2: x, y2: frame.bottom };
  const isRight = x > (frame.left + frame.right) / 2;
  const style = {
    text: name,
    x: x + (isRight ? -4 : 4),
    y: frame.top + 2 + row * 13,
    align: isRight ? 'right' : 'left',
    verticalAlign: 'top',
    fill: colour,
    font: '11px system-ui, sans-serif',
    stroke: look.surface,
    lineWidth: 3,
  };
  return [
    { type: 'line', shape, style: { stroke: colour, lineWidth: 1, lineDash: dash } },
    { type: 'text', style },
  ];
}
