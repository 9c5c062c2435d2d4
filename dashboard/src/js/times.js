/** Times of an exchange, in its own zone. All times are epoch seconds UTC. */

const cache = new Map();

function formatter(zone, options) {
  const key = zone + JSON.stringify(options);
  let made = cache.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options });
    cache.set(key, made);
  }
  return made;
}

/** `09:15`. */
export function clock(epoch, zone) {
  return formatter(zone, { hour: '2-digit', minute: '2-digit' }).format(epoch * 1000);
}

/** `09:15:07`. */
export function clockWithSeconds(epoch, zone) {
  const options = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
  return formatter(zone, options).format(epoch * 1000);
}

/** `2025-04-22`, the date there at a time. */
export function dateAt(epoch, zone) {
  const parts = formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' });
  const of = Object.fromEntries(parts.formatToParts(epoch * 1000).map((p) => [p.type, p.value]));
  return `${of.year}-${of.month}-${of.day}`;
}

/** `22 Apr 2025` of a date written `2025-04-22`. */
export function dateText(date) {
  const options = { day: 'numeric', month: 'short', year: 'numeric' };
  return formatter('UTC', options).format(Date.parse(`${date}T00:00:00Z`));
}

/** `Tue 22 Apr` of a date written `2025-04-22`. */
export function dayText(date) {
  const options = { weekday: 'short', day: 'numeric', month: 'short' };
  return formatter('UTC', options).format(Date.parse(`${date}T00:00:00Z`)).replace(',', '');
}

/** The short name of a zone at a time: `IST`, `UTC`, `GMT+9`. */
export function zoneName(epoch, zone) {
  if (zone === 'Asia/Kolkata' || zone === 'Asia/Calcutta') {
    return 'IST'; // browsers of other countries would write GMT+5:30
  }
  const parts = formatter(zone, { timeZoneName: 'short', hour: '2-digit' });
  const found = parts.formatToParts(epoch * 1000).find((part) => part.type === 'timeZoneName');
  return found ? found.value : zone;
}

/** An age in the words of somebody who must decide whether it is too old. */
export function ageText(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 90) {
    return `${s} s`;
  }
  if (s < 5400) {
    return `${Math.round(s / 60)} min`;
  }
  if (s < 129600) {
    return `${Math.round(s / 3600)} h`;
  }
  return `${Math.round(s / 86400)} days`;
}

/**
 * The time axis of one or more sessions: nights and weekends take no room on it. A position is the
 * number of seconds of sessions since the first one opened.
 */
export class SessionAxis {
  /** @param {{open: number, close: number}[]} sessions ascending, half-open */
  constructor(sessions, zone) {
    this.zone = zone;
    this.length = 0;
    this.parts = sessions.map((session) => {
      const part = { ...session, start: this.length };
      this.length += session.close - session.open;
      return part;
    });
  }

  /** Where a time stands; what lies outside every session stands at its edge. */
  position(epoch) {
    let at = 0;
    for (const part of this.parts) {
      if (epoch < part.open) {
        break;
      }
      at = part.start + Math.min(epoch, part.close) - part.open;
    }
    return at;
  }

  /** The time at a position. */
  time(position) {
    const inside = Math.max(0, Math.min(position, this.length));
    let found = this.parts[0];
    for (const part of this.parts) {
      if (part.start <= inside) {
        found = part;
      }
    }
    return found ? found.open + inside - found.start : 0;
  }

  /** Positions worth a label between two positions, about so many. */
  ticks(from, to, wanted) {
    const steps = [60, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200];
    const span = to - from;
    const step = steps.find((s) => span / s <= wanted) ?? 86400;
    const ticks = [];
    for (const part of this.parts) {
      if (step > part.close - part.open) {
        ticks.push({ position: part.start, text: dayText(dateAt(part.open, this.zone)) });
        continue;
      }
      const midnight = part.open - secondsOfDay(part.open, this.zone);
      let time = midnight + Math.ceil((part.open - midnight) / step) * step;
      for (; time < part.close; time += step) {
        ticks.push({ position: part.start + time - part.open, text: clock(time, this.zone) });
      }
    }
    return ticks.filter((tick) => tick.position >= from && tick.position <= to);
  }

  /** What a label under the cross-hair says. */
  text(position) {
    const time = this.time(position);
    return this.parts.length > 1
      ? `${dayText(dateAt(time, this.zone))} ${clock(time, this.zone)}`
      : clock(time, this.zone);
  }
}

function secondsOfDay(epoch, zone) {
  const [hours, minutes, seconds] = clockWithSeconds(epoch, zone).split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}
