/** The chain as a table: calls left, strikes in the middle, puts right. */

import { SORTS } from '../address.js';
import { partOf } from '../chainstate.js';
import { controlBar, Picker, Segments } from '../controls.js';
import { download, el, setData, setText } from '../dom.js';
import { blend, colours, levelName } from '../look.js';
import { Panel } from '../panel.js';
import { tablePicture } from '../pictures.js';
import { csvOf } from '../tables.js';
import { clock, dateText, zoneName } from '../times.js';
import { ChainFigures } from './figures.js';
import { LiveChains } from './livechains.js';
import { emptyText, referenceChoice, referenceText, showReference } from './words.js';

const HEADS = {
  oi: 'OI', oi_change: 'OI chg', volume_day: 'Volume', iv: 'IV', delta: 'Delta', gamma: 'Gamma',
  theta: 'Theta', vega: 'Vega', bid: 'Bid', ask: 'Ask', price: 'Price',
};
const COLUMNS = {
  usual: ['oi', 'oi_change', 'volume_day', 'iv', 'delta', 'bid', 'ask', 'price'],
  greeks: ['oi', 'oi_change', 'volume_day', 'iv', 'delta', 'gamma', 'theta', 'vega', 'bid', 'ask', 'price'],
  few: ['oi', 'iv', 'price'],
};
const FIGURES = [
  'underlying', 'forward', 'atm_strike', 'atm_iv', 'straddle', 'pcr', 'pcr_volume', 'max_pain', 'days_to_expiry', 'call_oi', 'put_oi',
  'call_oi_change', 'put_oi_change', 'call_volume_day', 'put_volume_day',
];
const AMOUNTS = new Set(['oi', 'oi_change', 'volume_day']);
const NARROW = 700;
const TIGHT = 1350;

export class ChainView {
  #app;
  #chains;
  #panel;
  #chainFigures;
  #table;
  #rows = new Map();
  #heads = new Map();
  #built = '';
  #centred = '';
  #sorted = '';
  #controls;

  constructor(app) {
    this.#app = app;
    this.#chains = new LiveChains(app, () => this.#draw());
    this.#panel = new Panel('chain', 'Chain');
    this.#panel.addTool('csv', 'Save as CSV', () => this.#panel.state === 'ready' && download(`${this.#fileName()}.csv`, csvOf(this.#asTable()), 'text/csv'));
    this.#panel.addTool('png', 'Save as PNG', () => this.#panel.state === 'ready' && this.#savePicture());
    this.#table = el('table.chain');
    this.scroller = el('div.chain-scroll', { tabindex: '0', role: 'region', 'aria-label': 'Chain, scrollable' }, this.#table);
    this.#chainFigures = new ChainFigures(app, FIGURES);
    this.#panel.body.append(this.#chainFigures.element, this.scroller);
    this.#buildControls();
    this.element = el('div.view.chain-view', {}, this.#controls, this.#panel.element);
  }

  show() {
    const { state, market } = this.#app;
    this.expiry.setOptions(market.expiryOptions());
    this.expiry.set(state.expiry[0]);
    showReference(this.reference, state);
    this.columns.set(this.#columnsName);
    this.#chains.show({ expiries: state.expiry.slice(0, 1) });
    this.#draw();
  }

  /** Makes what is shown next be asked for anew. */
  forget() {
    this.#chains.forget();
  }

  dispose() {
    this.#chains.dispose();
    this.element.remove();
  }

  /** Fewer columns where the page is too narrow for the usual ones, unless others are asked for. */
  get #columnsName() {
    return this.#app.state.columns ?? (innerWidth < NARROW ? 'few' : 'usual');
  }

  /** A market that gives no quotes has no columns for them. */
  get #columns() {
    const strikes = this.#chains.first?.list ?? [];
    const hasQuotes = strikes.some((strike) => strike.call?.bid != null || strike.put?.bid != null || strike.call?.ask != null || strike.put?.ask != null);
    return COLUMNS[this.#columnsName].filter((column) => hasQuotes || (column !== 'bid' && column !== 'ask'));
  }

  // --- drawing

  #draw() {
    const chain = this.#chains.first;
    if (this.#chains.failure) {
      this.#panel.setState('error', this.#chains.failure);
    }
    if (!chain) {
      return;
    }
    const { market } = this.#app;
    this.#panel.setState(chain.list.length > 0 ? 'ready' : 'empty', chain.list.length > 0 ? '' : emptyText(this.#app));
    this.#panel.setTitle(`${market.symbol} ${dateText(chain.expiry)}`);
    const time = chain.bucket_time === null ? 'no bar yet' : `bar of ${clock(chain.bucket_time, market.zone)} ${zoneName(chain.bucket_time, market.zone)}`;
    const carried = chain.carried > 0 ? `, ${chain.carried} of ${chain.contracts} contracts carried from before` : '';
    const source = chain.underlying_source === 'parity' ? ', underlying by put-call parity' : chain.underlying_source === 'none' ? ', underlying unknown' : '';
    this.#panel.note(`${(chain.labels ?? []).join(' ')} \u00b7 ${time}${chain.isProvisional ? ', minute still running' : ''}${carried}${source} \u00b7 OI change ${referenceText(chain.oi_change_reference, market.zone)}`);
    setData(this.#panel.element, 'newest', chain.committed_time ?? chain.bucket_time);
    if (this.#chains.isLoading) {
      this.#panel.setState('loading');
    }
    this.#chainFigures.draw(chain);
    this.#build(this.#columns);
    this.#drawRows(chain);
    this.#centre(chain);
  }

  #build(columns) {
    const key = `${this.#columnsName} ${columns}`;
    if (this.#built === key) {
      return;
    }
    this.#built = key;
    this.#table.className = `chain ${this.#columnsName}`;
    this.#rows.clear();
    this.#heads.clear();
    const sides = [['call', columns], ['put', [...columns].reverse()]];
    const head = (side, column) => {
      const sort = side === null ? 'strike' : `${side}_${column}`;
      const text = side === null ? 'Strike' : HEADS[column];
      const cell = el('th', { scope: 'col', data: { column: sort } });
      cell.append(SORTS.includes(sort) ? el('button.sort', { type: 'button', 'aria-label': `${side ? `${side}s ` : ''}${text}, sort`, on: { click: () => this.#sortBy(sort) } }, text) : text);
      this.#heads.set(sort, cell);
      return cell;
    };
    this.#table.replaceChildren(
      el('caption.unseen', {}, 'Option chain: calls left, strikes in the middle, puts right'),
      el('thead', {},
        el('tr.sides', {}, el('th', { scope: 'colgroup', colspan: columns.length }, 'Calls'), el('td'), el('th', { scope: 'colgroup', colspan: columns.length }, 'Puts')),
        el('tr', {}, ...columns.map((c) => head('call', c)), head(null, null), ...sides[1][1].map((c) => head('put', c)))),
      el('tbody'),
    );
  }

  #drawRows(chain) {
    const { state } = this.#app;
    const body = this.#table.tBodies[0];
    const most = Math.max(1, ...chain.list.flatMap((strike) => [strike.call?.oi ?? 0, strike.put?.oi ?? 0]));
    const order = sorted(chain.list, state.sort, state.order);
    const gone = new Set(this.#rows.keys());
    order.forEach((strike, i) => {
      let row = this.#rows.get(strike.strike);
      if (!row) {
        row = this.#makeRow(strike.strike);
        this.#rows.set(strike.strike, row);
      }
      gone.delete(strike.strike);
      this.#fill(row, strike, chain, most);
      if (body.rows[i] !== row.element) {
        body.insertBefore(row.element, body.rows[i] ?? null);
      }
    });
    for (const strike of gone) {
      this.#rows.get(strike).element.remove();
      this.#rows.delete(strike);
    }
    for (const [sort, head] of this.#heads) {
      if (sort === state.sort) {
        head.setAttribute('aria-sort', state.order);
      } else {
        head.removeAttribute('aria-sort');
      }
    }
  }

  #makeRow(strike) {
    const columns = this.#columns;
    const cells = { call: new Map(), put: new Map() };
    const make = (side) => (column) => {
      const cell = el(`td.${side}.c-${column.replace('_', '-')}`, { data: { column } });
      cells[side].set(column, cell);
      return cell;
    };
    const button = el('button.strike-button', { type: 'button' });
    const level = el('span.level');
    const head = el('th.strike', { scope: 'row' }, button, level);
    const calls = columns.map(make('call'));
    const puts = [...columns].reverse().map(make('put'));
    const element = el('tr', { data: { strike }, on: { click: () => this.#app.openStrike(strike, this.#chains.first.expiry) } }, ...calls, head, ...puts);
    return { element, cells, button, level };
  }

  #fill(row, strike, chain, most) {
    const text = this.#app.write('strike')(strike.strike);
    setText(row.button, text);
    if (row.button.getAttribute('aria-label') === null) {
      row.button.setAttribute('aria-label', `${text}, history of this strike`);
    }
    setText(row.level, strike.level == null ? '' : levelName(strike.level));
    setData(row.element, 'level', strike.level ?? '');
    row.element.classList.toggle('atm', strike.level === 0);
    for (const side of ['call', 'put']) {
      const isIn = chain.underlying !== null && (side === 'call' ? strike.strike < chain.underlying : strike.strike > chain.underlying);
      for (const [column, cell] of row.cells[side]) {
        const value = strike[side]?.[column] ?? null;
        this.#fillCell(cell, column, value, this.#before(strike[side], column, chain));
        cell.classList.toggle('itm', isIn);
        if (column === 'oi') {
          cell.style.setProperty('--share', value === null ? '0%' : `${((value / most) * 100).toFixed(1)}%`);
        }
      }
    }
  }

  /** Which minute before the chain's a value is of; `null` where it is of the chain's own. */
  #before(cell, column, chain) {
    const time = cell?.[`${partOf(column === 'oi_change' ? 'oi' : column)}_time`] ?? null;
    return time !== null && chain.bucket_time !== null && time < chain.bucket_time ? time : null;
  }

  /** Writes a value where it is another one, or is to be written in another form. */
  #fillCell(cell, column, value, before) {
    const isShort = AMOUNTS.has(column) && (this.#columnsName !== 'usual' || innerWidth < TIGHT);
    const form = `${this.#app.form} ${isShort}`;
    if (cell.shown === value && cell.form === form && cell.before === before) {
      return;
    }
    cell.shown = value;
    cell.form = form;
    cell.before = before;
    setText(cell, value === null ? '' : this.#app.write(column, isShort)(value));
    const of = before === null ? [] : [`${value === null ? 'unknown since' : 'of'} ${clock(before, this.#app.market.zone)}`];
    cell.title = [...(isShort && value !== null ? [this.#app.write(column)(value)] : []), ...of].join(', ');
    cell.classList.toggle('carried', before !== null);
    setData(cell, 'value', value ?? '');
    if (column === 'oi_change') {
      setData(cell, 'sign', value === null || value === 0 ? null : value > 0 ? 'up' : 'down');
    }
  }

  /** Puts the money into the middle once for each chain that is opened. */
  #centre(chain) {
    const order = `${this.#app.state.sort} ${this.#app.state.order}`;
    if (this.#sorted !== order && this.#app.state.sort !== 'strike') {
      this.scroller.scrollTop = 0; // what comes first is what was asked for
    }
    this.#sorted = order;
    const key = `${this.#app.market.symbol} ${chain.expiry} ${this.#app.state.sort}`;
    const row = this.#table.querySelector('tr.atm');
    if (row && this.#centred !== key && this.#app.state.sort === 'strike') {
      this.#centred = key;
      const head = this.#table.tHead.offsetHeight;
      this.scroller.scrollTop = row.offsetTop - head - (this.scroller.clientHeight - head) / 2 + row.offsetHeight / 2;
      const strike = row.querySelector('th.strike');
      this.scroller.scrollLeft = strike.offsetLeft - (this.scroller.clientWidth - strike.offsetWidth) / 2;
    }
  }

  #sortBy(sort) {
    const { state } = this.#app;
    const isSame = state.sort === sort;
    const first = sort === 'strike' ? 'ascending' : 'descending';
    const order = isSame ? (state.order === 'ascending' ? 'descending' : 'ascending') : first;
    this.#app.go({ sort, order });
  }

  // --- export

  #fileName() {
    const chain = this.#chains.first;
    return `${this.#app.market.symbol}-${chain?.expiry ?? ''}-chain`;
  }

  #asTable() {
    const columns = this.#columns;
    const chain = this.#chains.first;
    const write = (measure) => (value) => this.#app.write(measure)(value);
    return {
      columns: [
        ...columns.map((c) => ({ name: `call_${c}`, write: write(c) })), { name: 'strike', write: write('strike') },
        ...[...columns].reverse().map((c) => ({ name: `put_${c}`, write: write(c) })),
      ],
      rows: sorted(chain.list, this.#app.state.sort, this.#app.state.order).map((strike) => [
        ...columns.map((c) => strike.call?.[c] ?? null), strike.strike, ...[...columns].reverse().map((c) => strike.put?.[c] ?? null),
      ]),
    };
  }

  async #savePicture() {
    const look = colours();
    const table = this.#asTable();
    const chain = this.#chains.first;
    const middle = (table.columns.length - 1) / 2;
    const shade = (row, column) => {
      const strike = table.rows[row][middle];
      const isIn = chain.underlying !== null && (column < middle ? strike < chain.underlying : column > middle && strike > chain.underlying);
      return column === middle || strike === chain.atm_strike ? blend(look.surface, look.muted, 0.25) : isIn ? blend(look.surface, look.warn, 0.12) : null;
    };
    const columns = table.columns.map((column, c) => {
      const name = column.name.replace(/^(call|put)_/, '');
      return { ...column, name: c === middle ? 'Strike' : `${c < middle ? 'C' : 'P'} ${HEADS[name]}` };
    });
    const subtitle = [this.#app.presence.stamp, this.#panel.noteElement.textContent, this.#chainFigures.text];
    download(`${this.#fileName()}.png`, await tablePicture({ rows: table.rows, columns, title: this.#panel.title, subtitle, shade, look }));
  }

  // --- controls

  #buildControls() {
    const app = this.#app;
    this.expiry = new Picker('Expiry', { name: 'expiry' }, (expiry) => app.go({ expiry }));
    this.reference = referenceChoice(app);
    this.columns = new Segments('Columns', [{ value: 'few', text: 'Few' }, { value: 'usual', text: 'Usual' }, { value: 'greeks', text: 'All Greeks' }], (columns) => app.go({ columns }));
    const centre = el('button.button', { type: 'button', data: { action: 'centre' }, on: { click: () => { this.#centred = ''; this.#draw(); } } }, 'Centre the money');
    this.#controls = controlBar([this.expiry.element, this.reference.element, this.columns.element, centre]);
  }
}

/** Strikes in the order asked; unknown values come last. */
function sorted(strikes, sort, order) {
  const value = (strike) => {
    if (sort === 'strike') {
      return strike.strike;
    }
    const side = sort.startsWith('call_') ? 'call' : 'put';
    return strike[side]?.[sort.slice(side.length + 1)] ?? null;
  };
  const direction = order === 'ascending' ? 1 : -1;
  return [...strikes].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    return x === null || y === null ? (x === null) - (y === null) : direction * (x - y) || a.strike - b.strike;
  });
}

