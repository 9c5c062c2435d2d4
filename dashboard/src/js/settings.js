/** The box of settings. */

import { el } from './dom.js';

/** Settings in a box that opens below their button, until the person goes elsewhere. */
export function settingsBox(...content) {
  const summary = el('summary', {}, 'Settings');
  const box = el('details.settings', {
    on: {
      keydown: (event) => {
        if (event.key === 'Escape' && box.open) {
          box.open = false;
          summary.focus();
          event.preventDefault();
          event.stopPropagation();
        }
      },
    },
  }, summary, el('div.settings-box', {}, ...content));
  document.addEventListener('pointerdown', (event) => {
    box.open &&= box.contains(event.target);
  });
  return box;
}

/** What keys do. */
export function keyHelp() {
  const keys = [
    ['\u2190 \u2192', 'move the cross-hair of a chart'], ['Shift \u2190 \u2192', 'move along the axis'],
    ['+ \u2212', 'look closer, or from further away; also Ctrl and the wheel'], ['0', 'show everything'],
    ['Enter', 'open the strike'], ['Esc', 'close'],
  ];
  return el('dl.keys', { 'aria-label': 'Keys' }, ...keys.map(([key, text]) => el('div', {}, el('dt', {}, el('kbd', {}, key)), el('dd', {}, text))));
}
