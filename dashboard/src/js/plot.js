/**
 * A chart of layers over one axis. Apache ECharts keeps the canvas, the value axis and the size; all
 * lines of a chart are one series of it, since a series for each line cannot be moved 30 times a
 * second when there are hundreds.
 */

import * as echarts from '/dashboard/lib/echarts.js';
import { colours, onThemeChange } from './look.js';
import { extentOf } from './extent.js';
import { lowerBound, shapesOf, STRETCHES, traceStretches } from './layers.js';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
const LABEL_WIDTH = 62;
const PIXELS_PER_TICK = 72;
const CATCH_UP_AFTER = 250; // milliseconds
const GRID = { left: 62, right: 14, top: 10, bottom: 24 };

echarts.graphic.registerShape(STRETCHES, echarts.graphic.extendShape({ shape: { stretches: [] }, buildPath: traceStretches }));

/**
 * @typedef {object} Drawing
 * @property {object} axis `length`, `ticks(from, to, wanted)`, `text(position)`; `min` or 0
 * @property {object[]} layers
 * @property {(value: number) => string} writeShort values on the axis
 * @property {(value: number) => string} write values in the legend
 * @property {boolean} [fromZero] the value axis begins at 0
 * @property {number} [leastSpan] the value axis shows no less, so that next to nothing does not look like much
 * @property {boolean} [hasEndLabels] lines have their names at their right ends
 * @property {number} [until] nothing after this position is drawn
 */

export class Plot {
  #chart;
  #host;
  #drawing = null;
  #window = null;
  #cross = null;
  #crossLine;
  #crossText;
  #look = colours();
  #endTheme;
  #observer;
  #isStale = false;
  #catchUp = 0;

  /** @param {HTMLElement} host with a size of its own */
  constructor(host) {
    this.#host = host;
    this.#chart = echarts.init(host, null, { renderer: 'canvas' });
    this.#crossLine = new echarts.graphic.Line({ silent: true, ignore: true, z: 50 });
    this.#crossText = new echarts.graphic.Text({ silent: true, ignore: true, z: 51 });
    this.#chart.getZr().add(this.#crossLine);
    this.#chart.getZr().add(this.#crossText);
    this.#endTheme = onThemeChange(() => {
      this.#look = colours();
      this.onTheme?.();
      this.#draw();
    });
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(host);
    this.#observer.observe(document.body);
  }

  get host() {
    return this.#host;
  }

  get drawing() {
    return this.#drawing;
  }

  /** Colours of the page as they are now. */
  get look() {
    return this.#look;
  }

  /** Whether any of it is on the screen. */
  get isInSight() {
    const box = this.#host.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight && box.width > 0;
  }

  /** Draws something else. */
  show(drawing) {
    this.#drawing = drawing;
    this.#draw();
  }

  /** The stretch of the axis in sight. */
  get window() {
    if (this.#window) {
      return this.#window;
    }
    const axis = this.#drawing?.axis;
    return axis ? [axis.min ?? 0, (axis.min ?? 0) + axis.length] : [0, 1];
  }

  /** Shows a stretch of the axis; `null` is all of it. A plot out of sight does so once all is at rest. */
  setWindow(window) {
    this.#window = window;
    if (!this.#drawing) {
      return;
    }
    if (this.isInSight) {
      this.#move();
    } else {
      this.#isStale = true;
      clearTimeout(this.#catchUp);
      this.#catchUp = setTimeout(() => this.#isStale && this.#move(), CATCH_UP_AFTER);
    }
  }

  /** Catches up at once where it is seen now. */
  wake() {
    if (this.#isStale && this.isInSight) {
      this.#move();
    }
  }

  /** Shows the cross-hair at a position; `null` takes it away. */
  setCross(position) {
    this.#cross = position;
    const isShown = position !== null && this.#drawing !== null;
    if (!isShown || !this.isInSight) {
      this.#crossLine.attr('ignore', true);
      this.#crossText.attr('ignore', true);
      return;
    }
    const [from, to] = this.window;
    const isInside = position >= from && position <= to;
    const x = this.pixelOf(position);
    const height = this.#chart.getHeight();
    this.#crossLine.attr({
      ignore: !isInside,
      shape: { x1: x, y1: GRID.top, x2: x, y2: height - GRID.bottom },
      style: { stroke: this.#look.muted, lineWidth: 1 },
    });
    const width = this.#chart.getWidth();
    this.#crossText.attr({
      ignore: !isInside,
      x: Math.max(GRID.left + 20, Math.min(width - GRID.right - 24, x)),
      y: height - GRID.bottom + 3,
      style: {
        text: this.#drawing.axis.text(position),
        align: 'center',
        verticalAlign: 'top',
        fill: this.#look.surface,
        backgroundColor: this.#look.text,
        padding: [2, 5],
        borderRadius: 3,
        font: `11px ${FONT}`,
      },
    });
  }

  /** The pixel of a position, from the left of the host. */
  pixelOf(position) {
    const [from, to] = this.window;
    const width = this.#chart.getWidth() - GRID.left - GRID.right;
    return GRID.left + ((position - from) / (to - from)) * width;
  }

  /** The position at a pixel from the left of the host. */
  positionAt(pixel) {
    const [from, to] = this.window;
    const width = this.#chart.getWidth() - GRID.left - GRID.right;
    return from + ((pixel - GRID.left) / width) * (to - from);
  }

  /** The value at a pixel from the top of the host. */
  valueAt(pixel) {
    return this.#chart.convertFromPixel({ yAxisIndex: 0 }, pixel);
  }

  /** The value of each line at the newest position not after one, where it is near enough. */
  valuesAt(position) {
    return this.#drawing.layers
      .filter((layer) => layer.name && layer.y)
      .map((layer) => ({ name: layer.name, value: valueNear(layer, position, this.#drawing.until) }));
  }

  /** Where the newest value stands that is shown. */
  get lastPosition() {
    const { layers, until } = this.#drawing;
    const last = Math.max(...layers.map((layer) => layer.x?.at(-1) ?? -Infinity));
    return Math.min(this.window[1], until ?? Infinity, Number.isFinite(last) ? last : Infinity);
  }

  /** The chart as a canvas. */
  picture(ratio = 2) {
    return this.#chart.renderToCanvas({ pixelRatio: ratio, backgroundColor: this.#look.surface });
  }

  dispose() {
    clearTimeout(this.#catchUp);
    this.#endTheme();
    this.#observer.disconnect();
    this.#chart.dispose();
  }

  #resize() {
    const { clientWidth, clientHeight } = this.#host;
    const isOther = clientWidth !== this.#chart.getWidth() || clientHeight !== this.#chart.getHeight();
    if (isOther && clientWidth > 0 && clientHeight > 0) {
      this.#chart.resize({ animation: { duration: 0 } });
      this.setCross(this.#cross);
    }
  }

  #move() {
    this.#isStale = false;
    const [min, max] = this.window;
    this.#chart.setOption({ xAxis: { min, max } }, { silent: true });
    this.setCross(this.#cross);
  }

  #draw() {
    if (!this.#drawing) {
      return;
    }
    this.#isStale = false;
    const { axis, layers, writeShort, fromZero = false, until, leastSpan = 0 } = this.#drawing;
    const [low, high] = extentOf(layers.map((layer) => cutAt(layer, until)), fromZero, leastSpan);
    const [min, max] = this.window;
    const hasCells = layers.some((layer) => layer.kind === 'cells');
    const label = { color: this.#look.muted, fontFamily: FONT, fontSize: 11 };
    const first = axis.min ?? 0;
    this.#chart.setOption(
      {
        animation: false,
        backgroundColor: 'transparent',
        grid: { ...GRID, outerBoundsMode: 'none' },
        xAxis: {
          type: 'value', min, max, axisLabel: { show: false }, axisTick: { show: false },
          splitLine: { show: false }, axisLine: { onZero: false, lineStyle: { color: this.#look.line } },
        },
        yAxis: {
          type: 'value', scale: !fromZero, splitNumber: 4,
          min: hasCells ? low : null, max: hasCells ? high : null,
          axisLine: { show: true, onZero: false, lineStyle: { color: this.#look.line } },
          axisLabel: { ...label, showMinLabel: !hasCells, showMaxLabel: !hasCells, width: LABEL_WIDTH, formatter: (value) => writeShort(value, (high - low) / 4) },
          splitLine: { lineStyle: { color: this.#look.line, opacity: 0.6 } },
        },
        series: [
          {
            type: 'custom', silent: true, clip: true, animation: false,
            data: [[first, low], [first + axis.length, high]],
            renderItem: (params, api) => this.#render(params, api, layers),
          },
          {
            type: 'custom', silent: true, clip: false, animation: false,
            data: [[first, low]],
            renderItem: (params, api) => this.#renderTicks(params, api),
          },
        ],
      },
      { notMerge: true, silent: true },
    );
    this.setCross(this.#cross);
  }

  #frame(params, api) {
    const { x, y, width, height } = params.coordSys;
    const [from, to] = this.window;
    const perX = width / (to - from);
    const base = api.coord([from, 0])[1];
    const perY = api.coord([from, 1])[1] - base;
    return {
      px: (position) => x + (position - from) * perX,
      py: (value) => base + value * perY,
      left: x, right: x + width, top: y, bottom: y + height, from, to,
    };
  }

  #render(params, api, layers) {
    if (params.dataIndex !== 0) {
      return null;
    }
    const frame = this.#frame(params, api);
    const until = this.#drawing.until;
    if (until !== undefined && until !== null) {
      frame.to = Math.min(frame.to, until);
    }
    const children = layers.flatMap((layer) => shapesOf(cutAt(layer, until), frame, this.#look));
    for (const child of children) {
      child.silent = true;
    }
    if (this.#drawing.hasEndLabels) {
      children.push(...this.#endLabels(frame, layers));
    }
    return { type: 'group', children, silent: true };
  }

  #endLabels(frame, layers) {
    const taken = [];
    const labels = [];
    const named = layers.filter((one) => one.kind === 'line' && one.endName);
    for (const layer of named.sort((a, b) => Math.abs(a.level ?? 0) - Math.abs(b.level ?? 0))) { // the money first
      const value = lastValue(cutAt(layer, this.#drawing.until), frame.to);
      const y = value === null ? NaN : frame.py(value.y);
      if (Number.isNaN(y) || taken.some((other) => Math.abs(other - y) < 11)) {
        continue;
      }
      taken.push(y);
      labels.push({
        type: 'text', silent: true,
        style: {
          text: layer.endName, x: Math.min(frame.right - 2, frame.px(value.x) + 4), y,
          align: frame.px(value.x) > frame.right - 30 ? 'right' : 'left', verticalAlign: 'middle',
          fill: layer.colour, stroke: this.#look.surface, lineWidth: 3, font: `bold 10px ${FONT}`,
        },
      });
    }
    return labels;
  }

  #renderTicks(params, api) {
    const frame = this.#frame(params, api);
    const wanted = Math.max(2, Math.floor((frame.right - frame.left) / PIXELS_PER_TICK));
    const children = [];
    let end = -Infinity;
    for (const { position, text } of this.#drawing.axis.ticks(frame.from, frame.to, wanted)) {
      const x = frame.px(position);
      const half = text.length * 3.2 + 4;
      if (x - half < end || x + half > this.#chart.getWidth()) {
        continue;
      }
      end = x + half;
      children.push(
        {
          type: 'line', silent: true,
          shape: { x1: x, y1: frame.bottom, x2: x, y2: frame.bottom + 4 },
          style: { stroke: this.#look.line, lineWidth: 1 },
        },
        {
          type: 'text', silent: true,
          style: {
            text, x, y: frame.bottom + 7, align: 'center', verticalAlign: 'top',
            fill: this.#look.muted, font: `11px ${FONT}`,
          },
        },
      );
    }
    return { type: 'group', children, silent: true };
  }
}

function cutAt(layer, until) {
  if (until === undefined || until === null || !layer.x || layer.kind === 'bars') {
    return layer;
  }
  const end = lowerBound(layer.x, until + 1e-9);
  return end >= layer.x.length ? layer : { ...layer, x: layer.x.slice(0, end), y: layer.y?.slice(0, end) };
}

function valueNear(layer, position, until) {
  const { x, y, reach } = layer;
  if (until !== undefined && until !== null && position > until) {
    return null;
  }
  let i = lowerBound(x, position + 1e-9) - 1;
  if (reach === 'nearest') {
    i = i < 0 || (i + 1 < x.length && x[i + 1] - position < position - x[i]) ? i + 1 : i;
    return i < x.length ? y[i] : null;
  }
  return i >= 0 && position - x[i] < (layer.gap ?? Infinity) ? y[i] : null;
}

function lastValue({ x, y }, to) {
  for (let i = Math.min(x.length, lowerBound(x, to + 1e-9)) - 1; i >= 0; i--) {
    if (y[i] != null) {
      return { x: x[i], y: y[i] };
    }
  }
  return null;
}
