/**
 * Asks for one thing at a time: who asks for something else abandons what was asked before, and the
 * same thing is not asked for twice. What the server could not answer is asked for again by itself.
 */

const ASK_AGAIN = 3000;
const LATENESS = 15; // seconds that a minute may take until it is stored

export class Loader {
  #app;
  #key = null;
  #isDue = false;
  #knownSince = null;
  #abort = null;
  #timer = 0;

  constructor(app) {
    this.#app = app;
  }

  /** Makes the next request happen, even if it is the same one. */
  forget() {
    this.#isDue = true;
  }

  /** Takes no answer any more. */
  dispose() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  /**
   * Asks.
   *
   * @param {object} told
   * @param {(answer: object) => void} told.onAnswer
   * @param {(failure: Error) => void} told.onFailure not called while an earlier answer to the same
   *     question can stay in sight
   * @param {() => void} [told.onStart] called when something else is asked than before
   * @param {number|null} [told.minute] what an answer must have; one from before it was over is asked
   *     for again
   */
  load(path, parameters, { onAnswer, onFailure, onStart = () => {}, minute = null }) {
    const key = JSON.stringify([path, parameters]);
    const isOther = key !== this.#key;
    const isShort = minute !== null && this.#knownSince !== null && this.#knownSince < minute + 60 + LATENESS;
    if (!isOther && !this.#isDue && !isShort) {
      return;
    }
    this.dispose();
    this.#key = key;
    this.#isDue = false;
    const abort = new AbortController();
    this.#abort = abort;
    if (isOther) {
      this.#knownSince = null;
      onStart();
    }
    const work = this.#app.api.get(path, parameters, abort.signal).then(
      (answer) => {
        if (!abort.signal.aborted) {
          this.#knownSince = this.#app.now();
          onAnswer(answer);
          this.#askAgainOnceItIsOver(minute, () => this.load(path, parameters, { onAnswer, onFailure, onStart, minute }));
        }
      },
      (failure) => {
        if (abort.signal.aborted) {
          return;
        }
        if (this.#knownSince === null || !failure.isPassing) {
          onFailure(failure);
        }
        if (failure.isPassing) {
          this.#timer = setTimeout(() => {
            this.forget();
            this.load(path, parameters, { onAnswer, onFailure, onStart, minute });
          }, ASK_AGAIN);
        }
      },
    );
    this.#app.track(work).catch((failure) => console.error(failure));
  }

  /** A minute that still runs has more to tell. */
  #askAgainOnceItIsOver(minute, ask) {
    const left = minute === null ? 0 : minute + 60 + LATENESS - this.#app.now();
    if (left > 0) {
      this.#timer = setTimeout(ask, (left + 1) * 1000);
    }
  }
}
