/** Icons, drawn within 16 by 16 with lines of the text's colour. */

const LINES = {
  open: [['M4 6l4 4 4-4', 1.5]],
  close: [['M4 4l8 8M12 4l-8 8', 1.5]],
  table: [['M2 3h12v10H2zM2 6.5h12M2 10h12M6.5 3v10', 1.2]],
  csv: [['M8 2v8M5 7l3 3 3-3M3 11v3h10v-3', 1.4]],
  png: [['M2 3h12v10H2zM2 11l4-4 3 3 2-2 3 3M10.5 6.5h.01', 1.3]],
  play: [['M5 3l8 5-8 5z', 0]],
  pause: [['M4 3h3v10H4zM9 3h3v10H9z', 0]],
  back: [['M10 3L5 8l5 5', 1.6]],
  forward: [['M6 3l5 5-5 5', 1.6]],
};
const SVG = 'http://www.w3.org/2000/svg';

/** An icon, hidden from readers of the screen. A line without a width is a filled shape. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const set = (element, attributes) => Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  set(svg, { class: 'icon', 'aria-hidden': 'true', viewBox: '0 0 16 16' });
  for (const [line, width] of LINES[name]) {
    const path = document.createElementNS(SVG, 'path');
    set(path, width === 0
      ? { d: line, fill: 'currentColor' }
      : { d: line, fill: 'none', stroke: 'currentColor', 'stroke-width': width, 'stroke-linecap': 'round' });
    svg.append(path);
  }
  return svg;
}
