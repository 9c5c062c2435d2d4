/** Asks for the token of a server that wants one. It is kept for the life of the tab. */

import { el } from './dom.js';

let dialog = null;

/** @param {(token: string) => void} onToken */
export function askForToken(onToken) {
  if (dialog) {
    return;
  }
  const input = el('input', { type: 'password', id: 'token', autocomplete: 'off', required: true, spellcheck: 'false' });
  const form = el(
    'form', { method: 'dialog' },
    el('h2', { id: 'token-title' }, 'This server asks for a token'),
    el('label', { for: 'token' }, 'Token with the role read'), input,
    el('button', { type: 'submit' }, 'Use it'),
  );
  dialog = el('dialog.token', { 'aria-labelledby': 'token-title' }, form);
  form.addEventListener('submit', (event) => {
    event.preventDefault(); // the page's policy lets no form be sent
    const token = input.value.trim();
    if (token) {
      dialog.remove();
      dialog = null;
      onToken(token);
    }
  });
  document.body.append(dialog);
  dialog.showModal();
}
