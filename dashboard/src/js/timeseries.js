/**
 * How many of the times of an answer are of buckets that have begun before the minute that still runs:
 * what is known of that minute is not kept.
 *
 * @param {number} now epoch seconds
 */
export function begunBefore(answer, time, now) {
  return answer.meta.provisional ? time.findLastIndex((at) => at + 60 <= now) + 1 : time.length;
}

/** Values of several names on one time axis without holes: a bucket that nobody has is there, unknown. */
export class TimeSeries {
  /** @param {number} step seconds of a bucket */
  constructor(step) {
    this.step = step;
    this.time = [];
    this.lines = new Map();
  }

  /** The series of an answer of the API; `lines` maps names to values that go with `time`. */
  static of(step, time, lines) {
    const made = new TimeSeries(step);
    for (const name of lines.keys()) {
      made.lines.set(name, []);
    }
    time.forEach((at, i) => {
      const index = made.#indexOf(at);
      for (const [name, values] of lines) {
        made.lines.get(name)[index] = values[i];
      }
    });
    return made;
  }

  /** Sets a value; `null` is unknown. What lies before the first bucket is not taken. */
  set(at, name, value) {
    const index = this.#indexOf(at);
    if (index < 0) {
      return;
    }
    let line = this.lines.get(name);
    if (!line) {
      line = new Array(this.time.length).fill(null);
      this.lines.set(name, line);
    }
    line[index] = value;
  }

  /** Whether a bucket is not before the first one. */
  holds(at) {
    return this.time.length === 0 || at >= this.time[0];
  }

  get(name) {
    return this.lines.get(name) ?? [];
  }

  get newest() {
    return this.time.at(-1) ?? null;
  }

  #indexOf(at) {
    if (this.time.length === 0) {
      this.#append(at);
      return 0;
    }
    const index = Math.round((at - this.time[0]) / this.step);
    while (this.time.length <= index) {
      this.#append(this.time.at(-1) + this.step);
    }
    return index;
  }

  #append(at) {
    this.time.push(at);
    for (const line of this.lines.values()) {
      line.push(null);
    }
  }
}
