/** Asks for the token of a server that wants one. It is kept for the life of the tab. */

import { el, setText } from './dom.js';

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/; // what can stand in a header of HTTP, also of a WebSocket's request
let isAsking = false;

/**
 * Asks, unless it is being asked already.
 *
 * @param {string} why what the server said
 * @param {(token: string) => void} onToken
 * @param {() => void} onCancel
 */
export function askForToken(why, onToken, onCancel) {
  if (isAsking) {
    return;
  }
  isAsking = true;
  const input = el('input', {
    type: 'password', id: 'token', autocomplete: 'off', required: true, spellcheck: 'false', 'aria-describedby': 'token-why',
  });
  const reason = el('p', { id: 'token-why', role: 'status' }, why);
  const form = el(
    'form', {},
    el('h2', { id: 'token-title' }, 'This server asks for a token'), reason,
    el('label', { for: 'token' }, 'Token with the role read'), input,
    el('button', { type: 'submit' }, 'Use it'),
  );
  const dialog = el('dialog.token', { 'aria-labelledby': 'token-title' }, form);
  let token = null;
  form.addEventListener('submit', (event) => {
    event.preventDefault(); // the page's policy lets no form be sent
    const given = input.value.trim();
    if (TOKEN.test(given)) {
      token = given;
      dialog.close();
    } else {
      setText(reason, 'A token has no spaces, and no letters beyond those of English.');
    }
  });
  dialog.addEventListener('close', () => {
    isAsking = false;
    dialog.remove();
    if (token === null) {
      onCancel();
    } else {
      onToken(token);
    }
  });
  document.body.append(dialog);
  dialog.showModal();
}
