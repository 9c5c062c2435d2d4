/** Plots that share an axis: one cross-hair, one stretch in sight, moved with mouse, finger or keys. */

const ZOOM = 1.25;
const KEY_STEP = 0.1;

export class AxisGroup {
  #panels = new Set();
  #window = null;
  #frame = 0;
  #wanted = {};
  #onScroll = () => this.#each((panel) => panel.plot.wake());

  constructor() {
    this.cross = null;
    addEventListener('scroll', this.#onScroll, { passive: true });
  }

  add(panel) {
    this.#panels.add(panel);
    panel.plot.setWindow(this.#window);
    const host = panel.plot.host;
    host.addEventListener('pointermove', (event) => this.#moved(panel, event));
    host.addEventListener('pointerleave', () => this.setCross(null));
    host.addEventListener('pointerdown', (event) => this.#pressed(panel, event));
    host.addEventListener('wheel', (event) => this.#wheel(panel, event), { passive: false });
    host.addEventListener('dblclick', () => this.setWindow(null));
    host.addEventListener('keydown', (event) => this.#key(panel, event));
    host.addEventListener('blur', () => this.setCross(null));
  }

  remove(panel) {
    this.#panels.delete(panel);
  }

  dispose() {
    removeEventListener('scroll', this.#onScroll);
    cancelAnimationFrame(this.#frame);
  }

  /** Shows the cross-hair of all panels at a position, `null` for none. */
  setCross(position) {
    this.cross = position;
    this.#wanted.cross = true;
    this.#soon();
  }

  /** Shows a stretch of the axis in all panels; `null` is all of it. */
  setWindow(window) {
    this.#window = window;
    this.#wanted.window = true;
    this.#soon();
  }

  get window() {
    return this.#window;
  }

  #each(action) {
    this.#panels.forEach(action);
  }

  #soon() {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => this.#apply());
    }
  }

  #apply() {
    this.#frame = 0;
    const { window, cross } = this.#wanted;
    this.#wanted = {};
    if (window) {
      this.#each((panel) => panel.plot.setWindow(this.#window));
    }
    if (cross) {
      this.#each((panel) => {
        panel.plot.setCross(this.cross);
        panel.readOut(this.cross);
      });
    }
  }

  #at(panel, event) {
    const box = panel.plot.host.getBoundingClientRect();
    return panel.plot.positionAt(event.clientX - box.left);
  }

  #moved(panel, event) {
    if (panel.plot.drawing && !this.drag) {
      this.setCross(this.#snapped(panel, this.#at(panel, event)));
    }
  }

  #snapped(panel, position) {
    return panel.plot.drawing.axis.snap(position);
  }

  #pressed(panel, event) {
    if (event.button !== 0 || !event.isPrimary || this.drag || !panel.plot.drawing) {
      return;
    }
    const start = event.clientX;
    const [from, to] = panel.plot.window;
    const perPixel = panel.plot.positionAt(1) - panel.plot.positionAt(0);
    const host = panel.plot.host;
    this.drag = { moved: false };
    host.setPointerCapture(event.pointerId);
    const move = (e) => {
      const shift = (start - e.clientX) * perPixel;
      if (this.drag.moved || Math.abs(e.clientX - start) > 4) {
        this.drag.moved = true;
        if (this.#window) {
          this.setWindow(this.#bounded(panel, from + shift, to + shift));
        }
      }
    };
    const end = (e) => {
      host.removeEventListener('pointermove', move);
      host.removeEventListener('pointerup', end);
      host.removeEventListener('pointercancel', end);
      const isClick = !this.drag.moved && e.type === 'pointerup';
      this.drag = null;
      if (isClick) {
        const box = host.getBoundingClientRect();
        panel.onPick?.(this.#snapped(panel, this.#at(panel, e)), panel.plot.valueAt(e.clientY - box.top));
      }
    };
    host.addEventListener('pointermove', move);
    host.addEventListener('pointerup', end);
    host.addEventListener('pointercancel', end);
  }

  #bounded(panel, from, to) {
    const axis = panel.plot.drawing.axis;
    const low = axis.min ?? 0;
    const high = low + axis.length;
    const span = to - from;
    if (span >= axis.length) {
      return null;
    }
    const start = Math.max(low, Math.min(from, high - span));
    return [start, start + span];
  }

  #zoom(panel, centre, factor) {
    const [from, to] = panel.plot.window;
    const least = (panel.plot.drawing.axis.least ?? 0.01) * 5;
    const span = Math.max(least, (to - from) * factor);
    const share = (centre - from) / (to - from);
    this.setWindow(this.#bounded(panel, centre - span * share, centre + span * (1 - share)));
  }

  #wheel(panel, event) {
    if (!panel.plot.drawing || !(event.ctrlKey || event.shiftKey || event.altKey)) {
      return; // the page scrolls
    }
    event.preventDefault();
    const turn = event.deltaY || event.deltaX;
    this.#zoom(panel, this.#at(panel, event), turn > 0 ? ZOOM : 1 / ZOOM);
  }

  #key(panel, event) {
    const axis = panel.plot.drawing?.axis;
    if (!axis) {
      return;
    }
    const [from, to] = panel.plot.window;
    const step = axis.least ?? (to - from) / 100;
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (direction && event.shiftKey) {
      const shift = direction * (to - from) * KEY_STEP;
      this.setWindow(this.#bounded(panel, from + shift, to + shift));
    } else if (direction) {
      const at = this.cross ?? (direction > 0 ? from : panel.plot.lastPosition + step);
      this.setCross(Math.max(from, Math.min(to, this.#snapped(panel, at + direction * step))));
    } else if (event.key === '+' || event.key === '=' || event.key === '-') {
      this.#zoom(panel, this.cross ?? (from + to) / 2, event.key === '-' ? ZOOM : 1 / ZOOM);
    } else if (event.key === '0' || event.key === 'Escape') {
      this.setWindow(null);
    } else if (event.key === 'Enter' && this.cross !== null) {
      panel.onPick?.(this.cross, null);
    } else {
      return;
    }
    event.preventDefault();
  }
}
