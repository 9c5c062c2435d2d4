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
