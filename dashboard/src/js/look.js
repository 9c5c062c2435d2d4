/** Colours of the page's style sheet for charts, and the patterns that tell lines apart without them. */

const NAMES = [
  'text', 'muted', 'line', 'surface', 'call', 'put', 'both', 'accent', 'warn', 'below', 'above',
  'heat-low', 'heat-none', 'heat-high',
];

/** Reads the colours as they are now, light or dark. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** The pattern of the n-th of several expiries. */
export function dashOf(n) {
  return [null, [7, 3], [2, 3], [8, 3, 2, 3], [12, 4], [1, 2], [4, 4], [10, 2, 2, 2, 2, 2]][n % 8];
}

/** The colour of the n-th of several expiries. */
export function expiryColour(n, look) {
  return [look.accent, look.above, look.below, look.put, look.call, look.both, look.warn, look.muted][n % 8];
}

/** Blends two colours written `#rrggbb`. */
export function blend(from, to, share) {
  const parts = [1, 3, 5].map((at) => {
    const a = parseInt(from.slice(at, at + 2), 16);
    const b = parseInt(to.slice(at, at + 2), 16);
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}

/** A level's colour: text at the money, cool below it and warm above, paler further away. */
export function levelColour(level, most, look) {
  if (level === 0) {
    return look.text;
  }
  const distance = most <= 1 ? 0 : (Math.abs(level) - 1) / (most - 1);
  return blend(level < 0 ? look.below : look.above, look.surface, distance * 0.55);
}

/** The name of a level where both sides are meant: `ATM`, `+1`, `−2`. */
export function levelName(level) {
  return level === 0 ? 'ATM' : level > 0 ? `+${level}` : `\u2212${-level}`;
}

/** Tells when the page turns light or dark. */
export function onThemeChange(listener) {
  const media = matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', listener);
  document.addEventListener('themechange', listener);
  return () => {
    media.removeEventListener('change', listener);
    document.removeEventListener('themechange', listener);
  };
}
