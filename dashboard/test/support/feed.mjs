/** Ticks that a test makes, so that it knows every number that the server then shows. */
import { setTimeout as pause } from 'node:timers/promises';
import { api, endOf } from './api.mjs';

const YEAR = 365 * 86_400;
const MOST_TICKS = 20_000;
const COMMITTED_WITHIN = 20_000;

/** Sends ticks to a server. */
export class Feed {
  #server;

  constructor(server) {
    this.#server = server;
  }

  /** Sends ticks; throws where one of them was refused. */
  async send(ticks) {
    for (let from = 0; from < ticks.length; from += MOST_TICKS) {
      await this.#post('/ingest/ticks', ticks.slice(from, from + MOST_TICKS));
    }
  }

  /** Stores bars of any day, as a live feed's; throws where one of them was refused. */
  async store(bars) {
    await this.#post('/ingest/bars', { provenance: 'live', bars });
  }

  async #post(path, body) {
    const answer = await fetch(`${this.#server.address}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    if (!answer.ok || told.rejected_count > 0 || told.rejected?.length > 0) {
      throw new Error(`${path} refused: ${JSON.stringify(told).slice(0, 1000)}`);
    }
  }

  /**
   * Sends ticks of minutes that are over, and waits until all of them are committed. A tick of each
   * underlying follows, of now and with its newest price: events that have moved on are what ends
   * an earlier minute. The ticks must tell something new of each expiry and minute.
   */
  async commit(ticks) {
    const chains = new Map();
    for (const tick of ticks.filter((one) => one.expiry)) {
      const { symbol, expiry, strike, side, oi } = tick;
      const minute = Math.floor(tick.time / 60) * 60;
      const key = `${symbol} ${expiry} ${minute}`;
      const chain = chains.get(key) ?? { symbol, expiry, minute, told: new Map() };
      chain.told.set(`${strike} ${side}`, oi);
      chains.set(key, chain);
    }
    for (const chain of chains.values()) {
      chain.generation = (await this.#stored(chain)).generation;
    }
    await this.send(ticks);
    const newest = new Map(ticks.map((tick) => [tick.symbol, tick.underlying ?? tick.price]));
    await this.send([...newest].map(([symbol, price]) => ({ symbol, time: Date.now(), price })));
    for (const chain of chains.values()) {
      await this.#committed(chain);
    }
  }

  async #committed(chain) {
    const end = Date.now() + COMMITTED_WITHIN;
    for (;;) {
      const { generation, isWhole } = await this.#stored(chain);
      if (isWhole && generation > chain.generation) {
        return;
      }
      if (Date.now() > end) {
        throw new Error(`minute ${chain.minute} of ${chain.symbol} ${chain.expiry} is not committed`);
      }
      await pause(100);
    }
  }

  /** Whether each contract has its bar of the minute, with the open interest told, and none of it is provisional. */
  async #stored({ symbol, expiry, minute, told }) {
    const answer = await api(this.#server, '/fo/strike-distribution', { symbol, expiry, at: endOf(minute) }, [404]);
    const cells = new Map(answer?.chains[0].strikes.flatMap(({ strike, call, put }) => [[`${strike} call`, call], [`${strike} put`, put]]));
    return {
      generation: answer?.meta.days.at(-1)?.generation ?? 0,
      isWhole: answer?.meta.provisional === false
        && [...told].every(([contract, oi]) => cells.get(contract)?.time === minute && (oi == null || cells.get(contract).oi === oi)),
    };
  }
}

/** The start of the minute that runs, so many minutes ago. Epoch seconds. */
export function minuteAgo(minutes, now = Date.now()) {
  return Math.floor(now / 60_000) * 60 - minutes * 60;
}

/** A symbol of `markets.yaml` whose trading day neither began nor ends within the next hours. */
export function openSymbol(now = Date.now()) {
  const hour = new Date(now).getUTCHours();
  return hour >= 16 && hour < 22 ? 'EVERUTC' : 'EVER'; // midnight in India is half past 18 UTC
}

/** The Friday that begins more than so many days from now, as a date. */
export function fridayAfter(days, now = Date.now()) {
  const date = new Date(now + days * 86_400_000);
  date.setUTCDate(date.getUTCDate() + ((12 - date.getUTCDay()) % 7));
  return date.toISOString().slice(0, 10);
}

/** The last Friday of a month that begins more than so many days from now, as a date. */
export function lastFridayAfter(days, now = Date.now()) {
  const friday = fridayAfter(days, now);
  const next = fridayAfter(days + 7, now);
  return next.slice(0, 7) === friday.slice(0, 7) ? lastFridayAfter(days + 7, now) : friday;
}

/**
 * A tick for each contract of a chain at one time, with prices of one volatility. Open interest and
 * day volume grow with the distance to the first strike, so that no two are the same.
 *
 * @param {object} chain
 * @param {number} chain.time epoch seconds
 * @param {string} chain.expiry a date
 * @param {number} chain.levels strikes on each side of `middle`, or else of the one nearest to `spot`
 * @param {number} chain.iv a fraction
 * @param {number} chain.oi open interest of the lowest call; `oiStep` is added from contract to contract
 */
export function chainTicks({
  symbol, expiry, time, spot, gap = 50, middle = Math.round(spot / gap) * gap, levels = 5, iv = 0.2, oi = 100_000, oiStep = 2_500, volume = 50_000,
}) {
  const years = Math.max(3600, Date.parse(`${expiry}T10:00:00Z`) / 1000 - time) / YEAR;
  const ticks = [{ symbol, time, price: spot }];
  let count = 0;
  for (let level = -levels; level <= levels; level++) {
    const strike = middle + level * gap;
    for (const side of ['call', 'put']) {
      const price = Math.max(0.05, Math.round(optionPrice(side, spot, strike, years, iv) * 20) / 20);
      ticks.push({
        symbol, expiry, strike, side, time, price,
        bid: Math.max(0, price - 0.05), ask: price + 0.05,
        volume_day: volume + count * 25, oi: oi + count * oiStep, underlying: spot,
      });
      count++;
    }
  }
  return ticks;
}

function optionPrice(side, spot, strike, years, iv) {
  const width = iv * Math.sqrt(years);
  const d1 = Math.log(spot / strike) / width + width / 2;
  const call = spot * normal(d1) - strike * normal(d1 - width);
  return side === 'call' ? call : call - spot + strike;
}

/** The normal distribution, to 7 digits (Abramowitz and Stegun 26.2.17). */
function normal(x) {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return x >= 0 ? 1 - tail : tail;
}
