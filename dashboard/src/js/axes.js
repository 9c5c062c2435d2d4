/** Axes of plots beside that of time. */

/** An axis of prices, on which strikes stand. */
export class StrikeAxis {
  /** @param {number[]} strikes ascending */
  constructor(strikes, gap, write) {
    this.strikes = strikes;
    this.least = gap ?? 1;
    const edge = this.least * 0.75;
    this.min = (strikes[0] ?? 0) - edge;
    this.length = Math.max(edge * 2, (strikes.at(-1) ?? 1) + edge - this.min);
    this.write = write;
  }

  text(position) {
    return this.write(position);
  }

  value(position) {
    return position;
  }

  /** The nearest strike. */
  snap(position) {
    let best = position;
    let distance = Infinity;
    for (const strike of this.strikes) {
      if (Math.abs(strike - position) < distance) {
        distance = Math.abs(strike - position);
        best = strike;
      }
    }
    return best;
  }

  ticks(from, to, wanted) {
    const step = niceStep((to - from) / wanted, this.least);
    const ticks = [];
    for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
      ticks.push({ position: at, text: this.write(at) });
    }
    return ticks;
  }
}

/** An axis of whole days until an expiry. */
export class DaysAxis {
  constructor(days) {
    this.days = days;
    this.least = 1;
    const last = Math.max(1, ...days);
    this.min = -last * 0.03;
    this.length = last * 1.08;
  }

  text(position) {
    const days = Math.round(position);
    return days === 1 ? '1 day' : `${days} days`;
  }

  value(position) {
    return position;
  }

  write(days) {
    return this.text(days);
  }

  snap(position) {
    return this.days.reduce((best, day) => (Math.abs(day - position) < Math.abs(best - position) ? day : best), this.days[0] ?? 0);
  }

  ticks(from, to, wanted) {
    const step = Math.max(1, niceStep((to - from) / wanted, 1));
    const ticks = [];
    for (let at = 0; at <= to; at += step) {
      ticks.push({ position: at, text: `${at} d` });
    }
    return ticks;
  }
}

/** The time axis of one or more sessions, as a plot wants it. */
export class PlotTimeAxis {
  /** @param {import('./times.js').SessionAxis} sessions @param {number} step seconds of a bucket */
  constructor(sessions, step) {
    this.sessions = sessions;
    this.min = 0;
    this.length = sessions.length;
    this.least = step;
  }

  text(position) {
    return this.sessions.text(position);
  }

  /** The time at a position, as it stands in tables. */
  value(position) {
    return this.sessions.time(position);
  }

  /** What people read of a value. */
  write(time) {
    return this.sessions.text(this.sessions.position(time));
  }

  snap(position) {
    return Math.max(0, Math.min(this.length - this.least, Math.floor(position / this.least) * this.least));
  }

  position(epoch) {
    return this.sessions.position(epoch);
  }

  /**
   * The last position where something was known at the end of a minute: that of the newest bucket that
   * was over by then. May lie before the axis begins.
   */
  known(minute) {
    const end = minute + 60;
    const isOver = this.sessions.parts.some((part) => part.close === end);
    return this.sessions.position(end) - (isOver ? 1 : this.least); // a session's last bucket may be short
  }

  ticks(from, to, wanted) {
    return this.sessions.ticks(from, to, wanted);
  }
}

/** A step of one, two, two and a half or five times a power of ten, and no smaller than `least`. */
export function niceStep(raw, least) {
  const wanted = Math.max(raw, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= wanted * 0.999) ?? 10;
  return factor * power;
}
