package io.strikegrid.engine.day;

import java.io.IOException;
import java.time.LocalDate;
import java.util.NavigableSet;

/**
 * What a trading day of one symbol becomes. The expiries that may change are known; what becomes of
 * each is worked out when it is asked for, so that a large day is not in memory whole. One thread,
 * as long as what is known and what came stay as they were.
 */
public final class DayPlan {

  private final NavigableSet<LocalDate> expiries;
  private final int standIns;
  private final Planned planned;

  /** Works out one expiry. */
  @FunctionalInterface
  interface Planned {
    ExpiryPlan of(LocalDate expiry) throws IOException;
  }

  DayPlan(NavigableSet<LocalDate> expiries, int standIns, Planned planned) {
    this.expiries = expiries;
    this.standIns = standIns;
    this.planned = planned;
  }

  /** Expiries of which something came or that depend on what came, ascending. */
  public NavigableSet<LocalDate> expiries() {
    return expiries;
  }

  /** Touched minutes in which the forward of an expiry stands in for the underlying. */
  public int standIns() {
    return standIns;
  }

  /** What becomes of one of them; each is asked for once. */
  public ExpiryPlan of(LocalDate expiry) throws IOException {
    return planned.of(expiry);
  }
}
