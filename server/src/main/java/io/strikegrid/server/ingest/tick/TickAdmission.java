package io.strikegrid.server.ingest.tick;

import io.strikegrid.server.ingest.KnownStrikes;
import io.strikegrid.server.ingest.RefusedRow;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.rollup.TooManyStrikesException;
import io.strikegrid.server.store.GenerationStore;
import java.time.LocalDate;

/**
 * Refuses real ticks that the store could not have later, before they are answered for: those of a
 * simulated day, and those of strikes beyond the bound of an expiry. Safe for use by any number of
 * threads.
 */
public final class TickAdmission {

  private final Generations generations;
  private final KnownStrikes strikes;

  /** Goes by what is known of the store. */
  public TickAdmission(Generations generations, KnownStrikes strikes) {
    this.generations = generations;
    this.strikes = strikes;
  }

  void check(Tick tick, GivenFields given) throws RefusedRow {
    String symbol = tick.underlying().symbol();
    LocalDate day = tick.session().day();
    if (generations.find(symbol, day).filter(GenerationStore.Row::simulated).isPresent()) {
      throw new RefusedRow(
          "mixed_provenance",
          given.name(TickField.SYMBOL),
          symbol,
          "one without simulated bars on " + day + ": simulated or real, never both");
    }
    if (tick.expiry().isPresent()
        && !strikes.admits(
            symbol, tick.session(), tick.expiry().get(), tick.observation().strike())) {
      throw new RefusedRow(
          "too_many_strikes",
          given.name(TickField.STRIKE),
          given.required(TickField.STRIKE),
          "one of the "
              + TooManyStrikesException.MOST
              + " that the expiry has on "
              + day
              + ", which are as many as it may");
    }
  }
}
