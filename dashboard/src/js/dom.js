/** Making and changing elements; text is always text, never markup. */

/**
 * An element.
 *
 * @param {string} name `tag`, or `tag.class.class`
 * @param {object} attributes `on` holds listeners, `data` the data attributes; a value of `null` or
 *     `false` leaves an attribute out
 * @param {...(Node|string|null)} children
 */
export function el(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const made = document.createElement(tag);
  if (classes.length > 0) {
    made.className = classes.join(' ');
  }
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'on') {
      for (const [event, listener] of Object.entries(value)) {
        made.addEventListener(event, listener);
      }
    } else if (key === 'data') {
      Object.assign(made.dataset, value);
    } else if (value === true) {
      made.setAttribute(key, '');
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Sets the text of an element, if it is another one. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Sets or removes a data attribute, if that changes anything. */
export function setData(element, name, value) {
  if (value === null || value === undefined) {
    if (name in element.dataset) {
      delete element.dataset[name];
    }
  } else if (element.dataset[name] !== String(value)) {
    element.dataset[name] = value;
  }
}

/** Hands a file to the person at the page. */
export function download(name, content, type) {
  const url = content instanceof Blob ? URL.createObjectURL(content)
    : URL.createObjectURL(new Blob([content], { type }));
  const link = el('a', { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
