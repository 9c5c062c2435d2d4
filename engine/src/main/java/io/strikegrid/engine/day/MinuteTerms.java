package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.measure.ChainState;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.pricing.ChainTerms;
import io.strikegrid.engine.pricing.Forward;

/**
 * What the contracts of an expiry share in one minute.
 *
 * @param observedAt event time of its last observation, epoch seconds UTC
 * @param terms with the price of the underlying, quoted or standing in
 * @param source where that came from
 * @param forward of the expiry
 */
record MinuteTerms(long observedAt, ChainTerms terms, UnderlyingSource source, Forward forward) {

  double underlying() {
    return terms.underlying();
  }

  /** Whether a row of metrics was made of the same. */
  boolean isAsIn(MinuteMetrics row) {
    return Double.compare(terms.underlying(), row.underlying()) == 0
        && source == row.source()
        && Double.compare(forward.price(), row.forward().price()) == 0
        && observedAt == row.observedAt();
  }

  /** Sets the underlying of bars of the minute that nobody quoted one for. */
  void writeTo(BarTable minute) {
    for (int row = 0; row < minute.rows(); row++) {
      if (!minute.isQuoted(row)) {
        minute.setUnderlying(row, terms.underlying(), source);
      }
    }
  }

  /** The row of metrics of the minute. */
  MinuteMetrics metrics(long minute, double gap, ChainState state) {
    return new MinuteMetrics(
        minute, observedAt, terms.underlying(), source, forward, terms.rate(), gap, state);
  }
}
