/** How much of a plot's value axis its layers need. */

/**
 * The lowest and the highest value of layers.
 *
 * @param {boolean} fromZero 0 is part of it
 * @param {number} leastSpan how far apart they are at least
 * @returns {[number, number]}
 */
export function extentOf(layers, fromZero, leastSpan = 0) {
  let low = Infinity;
  let high = -Infinity;
  for (const layer of layers) {
    for (const value of layer.kind === 'cells' ? layer.rows : (layer.y ?? [])) {
      if (value != null) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (layer.kind === 'cells' && layer.rows.length > 0) {
      low -= layer.height / 2;
      high += layer.height / 2;
    }
  }
  if (low > high) {
    return [0, 1];
  }
  if (fromZero) {
    low = Math.min(0, low);
    high = Math.max(0, high);
  }
  const least = Math.max(leastSpan, low === high ? Math.max(1e-6, Math.abs(low) * 0.02) : 0);
  const more = Math.max(0, least - (high - low)) / 2;
  return [low - more, high + more];
}
