package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarBuilder;
import java.io.IOException;
import java.time.LocalDate;
import java.util.NavigableSet;

/**
 * What comes in for one (symbol, trading day). Expiries are built one at a time, so that a large
 * day does not have to be in memory whole.
 */
public interface IncomingDay {

  /** Expiries that something came for, ascending. */
  NavigableSet<LocalDate> expiries();

  /** Minutes in which something came, ascending, epoch seconds UTC. */
  NavigableSet<Long> minutes();

  /**
   * The bars of an expiry; may be asked for again, and answers the same.
   *
   * @param before what is known of the day
   */
  BarBuilder.Result bars(LocalDate expiry, BarBuilder.TradedBefore before) throws IOException;

  /**
   * Whether the bars that came are made of everything that was ever observed that way in their
   * minutes, and not of what is new alone. Then they replace all that earlier commits of the same
   * provenance made of less, also where nothing is left of it.
   */
  default boolean isWhole() {
    return false;
  }
}
