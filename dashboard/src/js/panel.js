/** A panel: a title, what it says of itself, and its content with the states it can be in. */

import { download, el, setData, setText } from './dom.js';
import { icon } from './icons.js';
import { chartPicture } from './pictures.js';
import { Plot } from './plot.js';
import { csvOf, tableElement, tableOf } from './tables.js';

const TABLE_PAUSE = 500;

/**
 * A panel of the page. `data-state` is `loading`, `ready`, `empty` or `error`; `data-newest` of some
 * is the newest bucket that is shown and committed.
 */
export class Panel {
  constructor(id, title) {
    this.id = id;
    this.title = title;
    this.heading = el('h2', { id: `${id}-title` }, title);
    this.noteElement = el('span.note');
    this.tools = el('div.tools');
    this.head = el('header.panel-head', {}, this.heading, this.noteElement, this.tools);
    this.messageElement = el('p.message', { role: 'status' });
    this.body = el('div.panel-body');
    this.element = el(
      'section.panel',
      { 'aria-labelledby': `${id}-title`, data: { panel: id, state: 'loading' } },
      this.head, this.messageElement, this.body,
    );
  }

  get state() {
    return this.element.dataset.state;
  }

  setTitle(title) {
    this.title = title;
    setText(this.heading, title);
  }

  /** What must be known to read the panel, beside its title. */
  note(text) {
    setText(this.noteElement, text);
  }

  setState(state, message = '') {
    setData(this.element, 'state', state);
    setText(this.messageElement, message);
  }

  addTool(name, label, action) {
    const button = el(
      'button.tool', { type: 'button', title: label, 'aria-label': `${label}: ${this.title}`, data: { action: name }, on: { click: action } },
      icon(name),
    );
    this.tools.append(button);
    return button;
  }

  dispose() {
    this.element.remove();
  }
}

/** A panel with a chart, its legend and the same figures as a table. */
export class PlotPanel extends Panel {
  #legend = new Map();
  #legendElement;
  #tableHost;
  #tableButton;
  #isTable = false;
  #tableTimer = 0;
  #axisName;
  #shown = '';

  /**
   * @param {object} options `axisName` heads the table's first column; `height` is a class
   * @param {import('./axisgroup.js').AxisGroup} options.group panels that share an axis
   */
  constructor(id, title, { axisName, group, height = 'plot-usual' }) {
    super(id, title);
    this.#axisName = axisName;
    this.#legendElement = el('ul.legend', { 'aria-label': 'Legend' });
    this.#tableHost = el('div.table-host', { hidden: true, tabindex: '0', role: 'region', 'aria-label': `${title}, table` });
    const host = el(`div.plot.${height}`, { tabindex: '0', role: 'img', 'aria-label': title });
    this.body.append(this.#legendElement, host, this.#tableHost);
    this.plot = new Plot(host);
    this.plot.onTheme = () => this.onTheme?.();
    this.group = group;
    group.add(this);
    this.#tableButton = this.addTool('table', 'Show as table', () => this.toggleTable());
    this.#tableButton.setAttribute('aria-pressed', 'false');
    this.addTool('csv', 'Save as CSV', () => this.isDrawn && download(`${this.fileName()}.csv`, csvOf(this.table()), 'text/csv'));
    this.addTool('png', 'Save as PNG', () => this.isDrawn && this.savePicture());
  }

  /** Draws; an empty drawing says so in words. */
  show(drawing, { empty = 'Nothing is known here yet.' } = {}) {
    const until = drawing.until ?? Infinity;
    const hasValue = drawing.layers.some((layer) =>
      layer.kind === 'cells'
        ? layer.values.some((row) => row.some((value, i) => value != null && i < layer.x.length))
        : layer.y?.some((value, i) => value != null && layer.x[i] <= until),
    );
    this.setState(hasValue ? 'ready' : 'empty', hasValue ? '' : empty);
    this.plot.show(drawing);
    this.#drawLegend(drawing);
    this.readOut(this.group.cross);
    this.plot.host.setAttribute('aria-label', `${this.title}. ${describe(drawing)}`);
    if (this.#isTable) {
      clearTimeout(this.#tableTimer);
      this.#tableTimer = setTimeout(() => this.#fillTable(), TABLE_PAUSE);
    }
  }

  /** Writes the values at a position beside the names in the legend; the newest ones without one. */
  readOut(position) {
    const drawing = this.plot.drawing;
    if (!drawing) {
      return;
    }
    const at = position ?? drawing.until ?? Infinity;
    for (const { name, value } of position === null && !Number.isFinite(at) ? [] : this.plot.valuesAt(at)) {
      const entry = this.#legend.get(name);
      if (entry) {
        setText(entry.output, value === null || value === undefined ? '\u2013' : entry.write(value));
      }
    }
    if (position === null && !Number.isFinite(at)) {
      for (const { output } of this.#legend.values()) {
        setText(output, '');
      }
    }
  }

  /** Whether what is drawn is what was asked for. */
  get isDrawn() {
    return this.plot.drawing !== null && this.state === 'ready';
  }

  toggleTable() {
    this.#isTable = !this.#isTable;
    this.#tableButton.setAttribute('aria-pressed', String(this.#isTable));
    this.#tableHost.hidden = !this.#isTable;
    this.plot.host.hidden = this.#isTable;
    if (this.#isTable) {
      this.#fillTable();
      const { scrollHeight, clientHeight } = this.#tableHost; // the newest time, or the middle strike
      this.#tableHost.scrollTop = this.#axisName === 'time' ? scrollHeight : (scrollHeight - clientHeight) / 2;
    } else {
      this.#tableHost.replaceChildren();
    }
  }

  table() {
    const { axis } = this.plot.drawing;
    return this.tableOfDrawing?.() ?? tableOf(this.plot.drawing, this.#axisName, axis);
  }

  fileName() {
    return `${this.filePrefix ?? 'strikegrid'}-${this.id}`;
  }

  async savePicture() {
    const legend = [...this.#legend].map(([name, { layer }]) => ({ name, colour: layer.colour, dash: layer.dash }));
    const picture = await chartPicture({
      title: this.title, subtitle: this.subtitle?.() ?? '', legend,
      canvas: this.plot.picture(), look: this.plot.look,
    });
    download(`${this.fileName()}.png`, picture);
  }

  dispose() {
    clearTimeout(this.#tableTimer);
    this.group.remove(this);
    this.plot.dispose();
    super.dispose();
  }

  #fillTable() {
    if (this.#isTable && this.plot.drawing) {
      this.#tableHost.replaceChildren(tableElement(this.table()));
    }
  }

  #drawLegend(drawing) {
    const layers = drawing.layers.filter((layer) => layer.name && layer.y);
    const key = layers.map((layer) => `${layer.name} ${layer.colour} ${layer.dash} ${layer.kind}`).join('|');
    if (key === this.#shown) {
      for (const layer of layers) {
        this.#legend.get(layer.name).write = layer.write ?? drawing.write;
      }
      return;
    }
    this.#shown = key;
    this.#legend.clear();
    this.#legendElement.replaceChildren(
      ...layers.map((layer) => {
        const output = el('output', { 'aria-live': 'off' });
        this.#legend.set(layer.name, { output, layer, write: layer.write ?? drawing.write });
        return el('li', {}, swatch(layer), el('span', {}, layer.name), output);
      }),
    );
  }
}

/** A sample of a layer's line or bar. */
function swatch(layer) {
  const made = el(`span.swatch.${layer.kind === 'bars' ? 'swatch-bar' : 'swatch-line'}`, { 'aria-hidden': 'true' });
  made.style.setProperty('--swatch', layer.colour);
  if (layer.isHollow) {
    made.classList.add('swatch-hollow');
  }
  if (layer.dash) {
    made.classList.add(layer.dash[0] > 4 ? 'swatch-dashed' : 'swatch-dotted');
  }
  if ((layer.width ?? 1) > 2) {
    made.classList.add('swatch-thick');
  }
  return made;
}

/** Makes and removes panels so that there is one for each name, in their order. */
export function syncPanels(panels, names, host, make) {
  for (const [name, panel] of [...panels]) {
    if (!names.includes(name)) {
      panel.loader?.dispose();
      panel.dispose();
      panels.delete(name);
    }
  }
  for (const name of names) {
    if (!panels.has(name)) {
      panels.set(name, make(name));
    }
  }
  const elements = names.map((name) => panels.get(name).element);
  const first = host.children.length - elements.length;
  if (elements.some((element, i) => host.children[first + i] !== element)) {
    host.append(...elements); // what moves loses the keyboard's place
  }
}

/** The newest values in words, for whoever does not see the chart. */
function describe(drawing) {
  const until = drawing.until ?? Infinity;
  const last = drawing.layers.filter((layer) => layer.name && layer.y).map((layer) => {
    const i = layer.y.findLastIndex((one, at) => one != null && layer.x[at] <= until);
    return i < 0 ? null : `${layer.name} ${(layer.write ?? drawing.write)(layer.y[i])} at ${drawing.axis.text(layer.x[i])}`;
  });
  return `Newest values: ${last.filter(Boolean).slice(0, 5).join(', ')}. The button Show as table has all.`;
}
