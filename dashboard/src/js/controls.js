/** Controls of the page. Each has `element` and `set`, which shows what is chosen and tells nobody. */

import { el, setText } from './dom.js';
import { icon } from './icons.js';

let count = 0;

/** One of a few, side by side. */
export class Segments {
  #inputs = new Map();

  /** @param {{value: string, text: string, title?: string}[]} options */
  constructor(label, options, onChange) {
    const name = `segments-${++count}`;
    this.element = el('fieldset.segments', {}, el('legend', {}, label));
    for (const { value, text, title } of options) {
      const input = el('input', { type: 'radio', name, value, id: `${name}-${value}`, on: { change: () => onChange(value) } });
      this.#inputs.set(value, input);
      this.element.append(input, el('label', { for: input.id, title }, text));
    }
  }

  set(value) {
    for (const [own, input] of this.#inputs) {
      input.checked = own === value;
    }
  }
}

/** One of some, as a native list. */
export class Choice {
  #select;

  constructor(label, options, onChange) {
    this.#select = el('select', { id: `choice-${++count}`, on: { change: () => onChange(this.#select.value) } });
    this.element = el('label.choice', { for: this.#select.id }, el('span', {}, label), this.#select);
    this.setOptions(options);
  }

  setOptions(options) {
    const key = JSON.stringify(options);
    if (this.key !== key) {
      this.key = key;
      this.#select.replaceChildren(...options.map(({ value, text }) => el('option', { value }, text)));
    }
  }

  set(value) {
    this.#select.value = value;
  }
}

/** One or many of a list that can be searched, in a box that opens below its button. */
export class Picker {
  #options = [];
  #chosen = [];
  #button;
  #text;
  #box;
  #search;
  #list;
  #onChange;
  #isMany;
  #least;
  #outside = (event) => this.element.contains(event.target) || this.#close();

  /**
   * @param {object} options `isMany`, and the `least` number that stays chosen
   * @param {(chosen: string[]) => void} onChange
   */
  constructor(label, { isMany = false, least = 1, name = '' }, onChange) {
    const id = `picker-${++count}`;
    this.label = label;
    this.#isMany = isMany;
    this.#least = least;
    this.#onChange = onChange;
    this.#text = el('span.picker-text');
    this.#button = el(
      'button.picker-button',
      { type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', 'aria-controls': id, data: { picker: name }, on: { click: () => this.#toggle() } },
      el('span.picker-label', {}, label), this.#text, icon('open'),
    );
    this.#search = el('input', {
      type: 'search', placeholder: 'Search', 'aria-label': `Search ${label.toLowerCase()}`, autocomplete: 'off',
      on: { input: () => this.#fill(), keydown: (event) => this.#searchKey(event) },
    });
    this.#list = el('ul.picker-list', { 'aria-label': label });
    this.#box = el('div.picker-box', { id, hidden: true, role: 'dialog', 'aria-label': label, on: { mousedown: (event) => this.#pressed(event) } }, this.#search, this.#list);
    this.element = el('div.picker', { on: { keydown: (event) => this.#key(event), focusout: (event) => this.#left(event) } }, this.#button, this.#box);
  }

  /** @param {{value: string, text: string, detail?: string}[]} options */
  setOptions(options) {
    this.#options = options;
    this.#show();
  }

  set(chosen) {
    this.#chosen = Array.isArray(chosen) ? chosen : chosen == null ? [] : [chosen];
    this.#show();
  }

  #show() {
    const texts = this.#chosen.map((value) => this.#options.find((option) => option.value === value)?.text ?? value);
    setText(this.#text, texts.length > 2 ? `${texts.length} chosen` : texts.join(', ') || 'none');
    if (!this.#box.hidden) {
      this.#fill();
    }
  }

  #toggle() {
    if (this.#box.hidden) {
      this.#box.hidden = false;
      document.addEventListener('pointerdown', this.#outside);
      this.#button.setAttribute('aria-expanded', 'true');
      this.#search.value = '';
      this.#search.hidden = this.#options.length < 6;
      this.#fill();
      (this.#search.hidden ? this.#list.querySelector('input:checked') ?? this.#list.querySelector('input') : this.#search)?.focus();
    } else {
      this.#close();
    }
  }

  #close() {
    document.removeEventListener('pointerdown', this.#outside);
    this.#box.hidden = true;
    this.#button.setAttribute('aria-expanded', 'false');
  }

  /** A press on a text would give the keyboard to the page behind, and the box would close before it is a click. */
  #pressed(event) {
    if (event.target !== this.#search) {
      event.preventDefault();
    }
  }

  /** The keyboard went on; where it only lost its place, as by a choice, the box stays. */
  #left(event) {
    if (!this.#box.hidden && event.relatedTarget && !this.element.contains(event.relatedTarget)) {
      this.#close();
    }
  }

  #key(event) {
    if (event.key === 'Escape' && !this.#box.hidden) {
      this.#close();
      this.#button.focus();
      event.stopPropagation();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !this.#box.hidden) {
      const inputs = [...this.#list.querySelectorAll('input')];
      const at = inputs.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
      inputs[Math.max(0, Math.min(inputs.length - 1, at))]?.focus();
      event.preventDefault(); // radios would choose what the keyboard passes
    } else if (event.key === 'Enter' && ['radio', 'checkbox'].includes(event.target.type)) {
      event.target.click();
      event.preventDefault();
    }
  }

  #searchKey(event) {
    if (event.key === 'ArrowDown') {
      this.#list.querySelector('input')?.focus();
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter') {
      this.#list.querySelector('input')?.click();
      event.preventDefault();
    }
  }

  #fill() {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.#options.filter((option) => {
      const text = `${option.text} ${option.detail ?? ''} ${option.value}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const focused = document.activeElement?.value;
    const items = found.map((option) => this.#item(option));
    this.#list.replaceChildren(...(items.length > 0 ? items : [el('li.picker-none', {}, 'Nothing matches')]));
    if (focused !== undefined && document.activeElement === document.body) {
      [...this.#list.querySelectorAll('input')].find((input) => input.value === focused)?.focus();
    }
  }

  #item({ value, text, detail }) {
    const input = el('input', {
      type: this.#isMany ? 'checkbox' : 'radio', name: `${this.#box.id}-item`, value,
      checked: this.#chosen.includes(value),
      on: { click: () => this.#choose(value) },
    });
    return el('li', {}, el('label', {}, input, el('span.picker-option', {}, text), detail ? el('span.picker-detail', {}, detail) : null));
  }

  #choose(value) {
    if (!this.#isMany) {
      this.#chosen = [value];
      this.#close();
      this.#button.focus();
    } else if (this.#chosen.includes(value)) {
      if (this.#chosen.length > this.#least) {
        this.#chosen = this.#chosen.filter((one) => one !== value);
      }
    } else {
      const order = this.#options.map((option) => option.value);
      this.#chosen = [...this.#chosen, value].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    }
    this.#show();
    this.#onChange(this.#chosen);
  }
}

/** The controls of a view. On a narrow page a button opens them, so that figures come first. */
export function controlBar(controls) {
  const id = `controls-${++count}`;
  const bar = el('div.controls', { id, role: 'group', 'aria-label': 'What is shown' }, ...controls);
  const button = el('button.controls-button', {
    type: 'button', 'aria-expanded': 'false', 'aria-controls': id,
    on: { click: () => button.setAttribute('aria-expanded', String(bar.classList.toggle('is-open'))) },
  }, 'What is shown', icon('open'));
  return el('div.controls-host', {}, button, bar);
}
