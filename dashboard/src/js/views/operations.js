/** The state of the server, in words on which an operator acts. */

import { el } from '../dom.js';
import { grouped } from '../numbers.js';
import { Panel } from '../panel.js';
import { ageText } from '../times.js';

const EVERY = 5000;

export class OperationsView {
  #app;
  #timer = 0;
  #panels;
  #isBusy = false;

  constructor(app) {
    this.#app = app;
    this.#panels = {
      state: new Panel('state', 'State'),
      feeds: new Panel('feeds', 'Feeds'),
      aggregates: new Panel('aggregates', 'Roll-ups'),
      jobs: new Panel('jobs', 'Jobs'),
      caches: new Panel('caches', 'Pages in memory'),
      store: new Panel('store', 'Store and live minutes'),
    };
    this.element = el('div.view.operations', {}, ...Object.values(this.#panels).map((panel) => panel.element));
    this.#timer = setInterval(() => this.#load(), EVERY);
  }

  show() {
    this.#load();
  }

  dispose() {
    clearInterval(this.#timer);
    this.element.remove();
  }

  async #load() {
    if (this.#isBusy) {
      return;
    }
    this.#isBusy = true;
    try {
      const isFirst = this.#panels.state.state === 'loading';
      const answer = this.#app.api.get('/status');
      this.#draw(await (isFirst ? this.#app.track(answer) : answer));
    } catch (failure) {
      this.#panels.state.setState('error', `${failure.message}; what stands below is from before`);
    } finally {
      this.#isBusy = false;
    }
  }

  #draw(status) {
    const form = this.#app.form;
    const number = (value) => grouped(value, form);
    this.#state(status);
    this.#fill('feeds', ['Feed', 'State', 'Newest data', 'Lag', 'Ticks', 'Refused', 'Waiting', 'What to do'], status.feeds.map((feed) => [
      `${feed.name} (${feed.provenance})`, word(feed.state), this.#ago(feed.last_event), seconds(feed.lag_seconds), number(feed.ticks), number(feed.refused),
      feed.backlog ? `${number(feed.backlog.uncommitted)} messages, ${bytes(feed.backlog.bytes)} of ${bytes(feed.backlog.max_bytes)}` : '',
      feed.trouble ?? (feed.refused > 0 ? 'Look into what was refused: the answer to each batch names the rows and reasons.' : 'Nothing'),
    ]), 'No feed is connected: ticks may come to /ingest/ticks.');
    this.#fill('aggregates', ['Table', 'Rows', 'With OI', 'Newest bucket', 'Lag', 'Waiting', 'Failures', 'Differing cells', 'What to do'], status.aggregates.map((one) => [
      one.name, number(one.row_count), share(one.rows_with_oi, one.row_count), time(one.newest_bucket), seconds(one.lag_seconds), number(one.awaiting_refresh),
      number(one.failures), `${number(one.cells_differing)} of ${number(one.cells_checked)}`,
      one.failure ?? (one.cells_differing > 0 ? 'Run ./strikegrid audit --all --repair.' : one.awaiting_refresh > 0 ? 'Wait: buckets are on their way.' : 'Nothing'),
    ]), 'The store does not answer.');
    this.#fill('jobs', ['Job', 'State', 'Last run', 'Took', 'Outcome', 'Next run', 'Failures', 'What to do'], status.jobs.map((job) => [
      job.name, word(job.state), this.#ago(job.last_end), seconds(job.duration_seconds), job.message ?? '', this.#until(job.next_run), number(job.failures),
      job.trouble ?? (job.consecutive_failures > 0 ? 'Its outcome names the cause; it runs again by itself.' : 'Nothing'),
    ]), 'The store does not answer.');
    const { pages, store, live } = status;
    const asked = pages.hits + pages.misses;
    this.#fill('caches', ['Figure', 'Value'], [
      ['Pages', number(pages.count)], ['Memory', `${bytes(pages.bytes)} of ${bytes(pages.max_bytes)}`],
      ['Answered from memory', asked === 0 ? 'nothing was asked yet' : `${share(pages.hits, asked)} of ${number(asked)}`],
      ['Loads, failed', `${number(pages.loads)}, ${number(pages.load_failures)}`], ['Evicted', number(pages.evictions)],
      ['What to do', pages.evictions > pages.loads / 2 && pages.loads > 100 ? 'Pages are evicted as fast as they come: give more with --page-memory.' : 'Nothing'],
    ]);
    this.#fill('store', ['Figure', 'Value'], [
      ['Engine', `${store.engine}, PostgreSQL ${store.server_version ?? ''}`], ['Answers', store.ok ? 'yes' : 'no: start the database, or look into its log'],
      ['Symbols', status.symbols.map((one) => `${one.symbol}${one.simulated ? ' (simulated)' : ''} to ${one.newest_day}`).join(', ') || 'none: import a file'],
      ['Minutes open', number(live.open_minutes)], ['Minutes committed', number(live.minutes)], ['Ticks', number(live.ticks)],
      ['Last commit', this.#ago(live.last_commit)], ['Memory held', `${bytes(live.held_bytes)} of ${bytes(live.max_bytes)}`],
      ['What to do', live.trouble ?? 'Nothing'],
    ]);
  }

  #state(status) {
    const panel = this.#panels.state;
    panel.setState('ready');
    const reasons = status.reasons.map((reason) => el('li', {}, reason));
    panel.note(`Strikegrid ${status.version}, up ${ageText(status.uptime_seconds)}`);
    panel.body.replaceChildren(
      el('p.big', { data: { figure: 'state', value: status.state } }, status.state === 'ready' ? 'Ready: everything works.' : `${status.state}: look at these.`),
      ...(reasons.length > 0 ? [el('ul.reasons', {}, ...reasons)] : []),
    );
  }

  #ago(text) {
    return text === null ? 'never' : `${ageText(this.#app.now() - Date.parse(text) / 1000)} ago`;
  }

  #until(text) {
    if (text === null) {
      return '';
    }
    const left = Date.parse(text) / 1000 - this.#app.now();
    return left <= 0 ? 'now' : `in ${ageText(left)}`;
  }

  #fill(id, heads, rows, empty = '') {
    const panel = this.#panels[id];
    panel.setState(rows.length > 0 ? 'ready' : 'empty', rows.length > 0 ? '' : empty);
    const body = rows.map((row) => el('tr', {}, ...row.map((text, i) => el(i === 0 ? 'th' : 'td', i === 0 ? { scope: 'row' } : { data: { label: heads[i], alarm: isAlarm(heads[i], text) ? 'true' : 'false' } }, String(text)))));
    const table = el('table.status', {}, el('caption.unseen', {}, panel.title), el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, head)))), el('tbody', {}, ...body));
    const old = panel.body.querySelector('.table-host');
    const host = old ?? el('div.table-host', { tabindex: '0', role: 'region', 'aria-label': `${panel.title}, table` });
    host.replaceChildren(table);
    if (!old) {
      panel.body.append(host);
    }
  }
}

function isAlarm(head, text) {
  return head === 'What to do' && text !== 'Nothing';
}

function word(state) {
  return state.replaceAll('_', ' ');
}

function seconds(value) {
  return value === null ? '' : value < 1 ? `${Math.round(value * 1000)} ms` : ageText(value);
}

function time(text) {
  return text === null ? 'none' : text.replace('T', ' ').replace(/(:\d\d)?(\.\d+)?Z$/, ' UTC');
}

function bytes(value) {
  return value >= 1 << 20 ? `${(value / (1 << 20)).toFixed(1)} MiB` : `${(value / 1024).toFixed(0)} KiB`;
}

function share(part, whole) {
  return whole === 0 || whole == null ? '' : `${((part / whole) * 100).toFixed(1)}%`;
}
