/** What the server itself answers, to compare the page with. */

/**
 * Asks the API for JSON; throws where it refuses.
 *
 * @param {{address: string}} server
 * @param {object} parameters a list is sent as repeated parameter; `null` is left out
 * @param {number[]} missing states that are answered as `null`
 */
export async function api(server, path, parameters = {}, missing = []) {
  const answer = await fetch(`${server.address}${path}${query(parameters)}`, {
    headers: { Accept: 'application/json' },
  });
  if (missing.includes(answer.status)) {
    await answer.arrayBuffer();
    return null;
  }
  if (!answer.ok) {
    throw new Error(`${path}${query(parameters)} answered ${answer.status}: ${await answer.text()}`);
  }
  return answer.json();
}

/** When a minute has ended: what an answer `at` that time is of. Epoch seconds; of none, none. */
export const endOf = (minute) => (minute == null ? undefined : minute + 60);

/** `?name=value&name=value`, or nothing where there are no parameters. */
export function query(parameters) {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) {
      if (one !== null && one !== undefined) {
        written.append(name, one);
      }
    }
  }
  const text = written.toString();
  return text ? `?${text}` : '';
}
