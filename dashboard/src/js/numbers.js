/**
 * Numbers in the form that the field writes them in. `null` is unknown and written as nothing; 0 is
 * written as 0.
 */

/** How large numbers are grouped and shortened. */
export const FORMS = ['indian', 'international'];

const LOCALES = { indian: 'en-IN', international: 'en-US' };
const UNITS = {
  indian: [
    [1e7, 'Cr'],
    [1e5, 'L'],
  ],
  international: [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'K'],
  ],
};
const formats = new Map();

function format(form, least, most) {
  const key = `${form} ${least} ${most}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.NumberFormat(LOCALES[form], {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    });
    formats.set(key, made);
  }
  return made;
}

/** Writes a true minus sign, and no minus before a zero. */
function typeset(text) {
  return /^-[0.,]*$/.test(text) ? text.slice(1) : text.replace('-', '\u2212');
}

/** A number with its thousands (or lakhs and crores) grouped. */
export function grouped(value, form, least = 0, most = least) {
  return value == null ? '' : typeset(format(form, least, most).format(value));
}

/** A large amount in three digits or so: `12.4 L`, `1.05 Cr`; `4.2 M`. */
export function compact(value, form) {
  if (value == null) {
    return '';
  }
  for (const [size, unit] of UNITS[form]) {
    if (Math.abs(value) >= size) {
      const scaled = value / size;
      const digits = Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
      return `${grouped(scaled, form, 0, digits)} ${unit}`;
    }
  }
  return grouped(value, form, 0, 2);
}

/** How many decimals tell values apart that lie a step from each other. */
function decimals(step, usual) {
  return step > 0 ? Math.max(0, Math.min(8, Math.ceil(-Math.log10(step) - 1e-9))) : usual;
}

/** A value on an axis whose labels are a step apart. */
function onAxis(value, form, step, usual) {
  return grouped(value, form, 0, decimals(step, usual));
}

/** A fraction in percent. */
export function percent(value, form, digits = 2) {
  return value == null ? '' : `${grouped(value * 100, form, digits)}%`;
}

/** With a plus sign before what rose. */
export function signed(text, value) {
  return value > 0 ? `+${text}` : text;
}

/** So many digits that count, however small the number is. */
export function significant(value, digits) {
  if (value == null) {
    return '';
  }
  if (value === 0) {
    return '0';
  }
  const places = Math.min(12, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value)))));
  return typeset(value.toFixed(places));
}

/** A strike or another price that needs no more decimals than it has. */
export function plain(value, form) {
  return grouped(value, form, 0, 4);
}

/** How each measure is written in a table, and shorter on an axis whose labels are a step apart. */
export const WRITING = {
  iv: { full: (v, f) => percent(v, f), short: (v, f, step) => percent(v, f, decimals(step * 100, 1)) },
  delta: { full: (v, f) => grouped(v, f, 3), short: (v, f, step) => onAxis(v, f, step, 2) },
  gamma: { full: (v) => significant(v, 3), short: (v, f, step) => onAxis(v, f, step, 5) },
  theta: { full: (v, f) => grouped(v, f, 2), short: (v, f, step) => onAxis(v, f, step, 1) },
  vega: { full: (v, f) => grouped(v, f, 2), short: (v, f, step) => onAxis(v, f, step, 1) },
  rho: { full: (v, f) => grouped(v, f, 3), short: (v, f, step) => onAxis(v, f, step, 2) },
  price: { full: (v, f) => grouped(v, f, 2), short: (v, f, step) => onAxis(v, f, step, 2) },
  bid: { full: (v, f) => grouped(v, f, 2), short: (v, f, step) => onAxis(v, f, step, 2) },
  ask: { full: (v, f) => grouped(v, f, 2), short: (v, f, step) => onAxis(v, f, step, 2) },
  oi: { full: (v, f) => grouped(v, f, 0, 2), short: compact },
  volume: { full: (v, f) => grouped(v, f, 0, 2), short: compact },
  volume_day: { full: (v, f) => grouped(v, f, 0, 2), short: compact },
  oi_change: {
    full: (v, f) => signed(grouped(v, f, 0, 2), v),
    short: (v, f) => signed(compact(v, f), v),
  },
  pcr: { full: (v, f) => grouped(v, f, 3), short: (v, f, step) => onAxis(v, f, step, 2) },
  pcr_volume: { full: (v, f) => grouped(v, f, 3), short: (v, f, step) => onAxis(v, f, step, 2) },
  underlying: { full: (v, f) => grouped(v, f, 2), short: (v, f, step) => onAxis(v, f, step, 2) },
  strike: { full: plain, short: plain },
};
