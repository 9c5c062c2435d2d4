/**
 * What the page shows, as the part of its address after the `#`: all of it, so that an address can
 * be shared and opened again. What is as usual is left out.
 */

export const VIEWS = ['overview', 'chain', 'smile', 'map', 'operations'];
export const TIMEFRAMES = ['1min', '5min', '15min'];
export const SIDES = ['call', 'put', 'both'];
export const REFERENCES = ['previous_close', 'session_open', 'minutes_back'];
export const LEVEL_MEASURES = [
  'iv', 'delta', 'gamma', 'theta', 'vega', 'rho', 'oi', 'pcr', 'pcr_volume', 'price', 'volume',
];
export const STRIKE_MEASURES = ['oi', 'oi_change', 'iv', 'delta', 'gamma', 'theta', 'vega', 'price', 'volume'];
export const MAP_MEASURES = ['oi', 'oi_change', 'iv', 'volume', 'price'];
export const COMPARISONS = ['none', 'previous_close', 'session_open', 'at'];
export const SORTS = ['strike', 'call_oi', 'call_oi_change', 'call_volume_day', 'call_iv', 'call_price',
  'call_delta', 'put_oi', 'put_oi_change', 'put_volume_day', 'put_iv', 'put_price', 'put_delta'];

const MOST_EXPIRIES = 8;
const NONE = 'none';
const one = (allowed) => ({ usual: allowed[0], read: (text) => pick(text, allowed) });
const many = (allowed, usual) => ({ usual, isList: true, read: (text) => (text === NONE ? NONE : pick(text, allowed)) });
const text = (pattern, allowed) => ({
  usual: null,
  read: (value) => (pattern.test(value) ? value : { allowed }),
});
const number = (low, high, usual) => ({
  usual,
  read: (value) => {
    const read = Number(value);
    return value.trim() !== '' && read >= low && read <= high ? read : { allowed: `${low} to ${high}` };
  },
});
const whole = (low, high, usual) => ({
  usual,
  read: (value) =>
    /^\d+$/.test(value) && +value >= low && +value <= high
      ? +value
      : { allowed: `a whole number, ${low} to ${high}` },
});

const EXPIRY = /^(\d{4}-\d\d-\d\d|N(Week|Month|Quarter)\+\d{1,3})$/;
const EXPIRY_ALLOWED = 'a date such as 2025-04-24, or a label such as NWeek+0';

/** Every member of the state that stands behind the question mark. */
const MEMBERS = {
  symbol: text(/^\S(.{0,62}\S)?$/, 'a symbol of up to 64 characters'),
  expiry: {
    usual: ['NWeek+0'],
    isList: true,
    read: (value) => (EXPIRY.test(value) ? value : { allowed: EXPIRY_ALLOWED }),
  },
  tf: one(['1min', '5min', '15min']),
  side: one(['both', 'call', 'put']),
  levels: whole(0, 10, 2),
  measure: many(LEVEL_MEASURES, ['iv', 'oi', 'pcr', 'price']),
  by_strike: many(STRIKE_MEASURES, ['oi', 'oi_change', 'iv']),
  span: whole(1, 500, 15),
  reference: one(REFERENCES),
  back: whole(1, 240, 60),
  day: text(/^\d{4}-\d\d-\d\d$/, 'a date such as 2025-04-22'),
  at: whole(0, 99999999999, null),
  map: one(MAP_MEASURES),
  compare: one(COMPARISONS),
  compare_at: whole(0, 99999999999, null),
  sort: one(SORTS),
  order: one(['ascending', 'descending']),
  columns: { usual: null, read: (value) => pick(value, ['usual', 'greeks', 'few']) },
  strike: number(0.000001, 1e9, null),
  strike_expiry: text(EXPIRY, EXPIRY_ALLOWED),
  strike_days: whole(1, 20, 1),
  numbers: { usual: null, read: (value) => pick(value, ['indian', 'international']) },
};

function pick(value, allowed) {
  return allowed.includes(value) ? value : { allowed: `one of ${allowed.join(', ')}` };
}

/** The state of a page that was opened without an address. */
export function usualState() {
  const state = { view: VIEWS[0] };
  for (const [name, member] of Object.entries(MEMBERS)) {
    state[name] = member.isList ? [...member.usual] : member.usual;
  }
  return state;
}

/**
 * Reads the part of an address after the `#`.
 *
 * @returns {{state: object, problems: string[]}} what is wrong keeps its usual value and is told
 */
export function parseAddress(hash) {
  const state = usualState();
  const problems = [];
  const [path, query = ''] = hash.replace(/^#?\/?/, '').split('?');
  if (VIEWS.includes(path)) {
    state.view = path;
  } else if (path !== '') {
    problems.push(`the view must be one of ${VIEWS.join(', ')}; have ${path}`);
  }
  const seen = new Map();
  for (const [name, value] of new URLSearchParams(query)) {
    const member = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : null;
    if (member === null) {
      problems.push(`there is no ${name}; the address may have ${Object.keys(MEMBERS).join(', ')}`);
      continue;
    }
    const read = member.read(value);
    if (read !== null && typeof read === 'object') {
      problems.push(`${name} must be ${read.allowed}; have ${value}`);
    } else {
      seen.set(name, [...(seen.get(name) ?? []), read]);
    }
  }
  for (const [name, values] of seen) {
    state[name] = MEMBERS[name].isList ? [...new Set(values)].filter((value) => value !== NONE) : values.at(-1);
  }
  if (state.expiry.length > MOST_EXPIRIES) {
    problems.push(`at most ${MOST_EXPIRIES} expiries at once; have ${state.expiry.length}`);
    state.expiry = state.expiry.slice(0, MOST_EXPIRIES);
  }
  return { state, problems };
}

/** The part of the address after the `#` for a state. */
export function formatAddress(state) {
  const query = new URLSearchParams();
  for (const [name, member] of Object.entries(MEMBERS)) {
    const value = state[name];
    const isUsual =
      value == null || (member.isList ? value.join() === member.usual.join() : value === member.usual);
    if (!isUsual) {
      const parts = member.isList ? value : [value];
      for (const part of parts.length > 0 ? parts : [NONE]) {
        query.append(name, part);
      }
    }
  }
  const text = query.toString();
  return `#/${state.view}${text ? `?${text}` : ''}`;
}
