/** Stretches of the session that is shown without any observation. */
export class Gaps {
  #known = [];
  #newest = null;

  /**
   * Takes those of an answer of the API, and the newest time that it has. What is missing after that one is no gap
   * before something came later.
   */
  take(gaps, newest) {
    this.#known = newest === null ? gaps : gaps.filter(({ from }) => from < newest);
    this.#newest = newest;
  }

  get all() {
    return this.#known;
  }

  /** All up to a time is known, but not what of it is a gap. */
  reach(at) {
    this.#newest = Math.max(this.#newest ?? at, at);
  }

  /**
   * Takes note of a bucket that came: after one that never did, there is a gap.
   *
   * @param {number} step seconds of a bucket
   * @returns {boolean} whether it lies in a gap, of which only the API knows what is left
   */
  note(at, step) {
    const isFilled = this.#known.some((gap) => at >= gap.from && at < gap.to);
    const next = this.#newest + step;
    if (this.#newest !== null && at > next) {
      this.#known = [...this.#known, { from: next, to: at }];
    }
    this.reach(at);
    return isFilled;
  }
}
