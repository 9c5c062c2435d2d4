/**
 * Asks for one thing at a time: who asks for something else abandons what was asked before, and the
 * same thing is not asked for twice.
 */
export class Loader {
  #app;
  #key = null;
  #abort = null;

  constructor(app) {
    this.#app = app;
  }

  /** Makes the next request happen, even if it is the same one. */
  forget() {
    this.#key = null;
  }

  /** Takes no answer any more. */
  dispose() {
    this.#abort?.abort();
  }

  /**
   * Asks.
   *
   * @param {(answer: object) => void} onAnswer
   * @param {(failure: Error) => void} onFailure
   * @param {() => void} [onStart] called when something is asked indeed
   */
  load(path, parameters, onAnswer, onFailure, onStart = () => {}) {
    const key = JSON.stringify([path, parameters]);
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    onStart();
    const work = this.#app.api.get(path, parameters, abort.signal).then(
      (answer) => {
        if (!abort.signal.aborted) {
          onAnswer(answer);
        }
      },
      (failure) => {
        if (!abort.signal.aborted && failure.name !== 'AbortError') {
          this.#key = null;
          onFailure(failure);
        }
      },
    );
    this.#app.track(work).catch((failure) => console.error(failure));
  }
}

/**
 * Notes how far the stream has told a view, so that an answer that was on its way meanwhile is not
 * taken for the newest.
 */
export class StreamMark {
  #generation = 0;

  /** Takes the chains of a snapshot or a delta. */
  take(chains) {
    for (const { generation } of chains) {
      this.#generation = Math.max(this.#generation, generation);
    }
  }

  /** Whether an answer of the API is older than what the stream told. */
  isAhead(answer) {
    const generation = answer.meta.days.at(-1)?.generation ?? 0;
    return generation < this.#generation;
  }

  /** Something else is followed. */
  clear() {
    this.#generation = 0;
  }
}
