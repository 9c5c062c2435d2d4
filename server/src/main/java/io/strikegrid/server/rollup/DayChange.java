package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.store.GenerationStore;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a commit changed of a day. Whoever knows the day at the generation before knows it now,
 * without reading it again, but for the rewritten expiries. Not to be changed by who gets it.
 *
 * @param row the day, at the generation that the commit made
 * @param session of the day
 * @param appended by expiry, minutes that came after all that were there
 * @param rewritten expiries of which earlier minutes changed
 */
public record DayChange(
    GenerationStore.Row row,
    Session session,
    Map<LocalDate, Minutes> appended,
    Set<LocalDate> rewritten) {

  /** The first minute that came, of all expiries; empty where none was appended. */
  public OptionalLong firstMinute() {
    return appended.values().stream()
        .map(Minutes::bars)
        .flatMapToLong(bars -> IntStream.range(0, bars.rows()).mapToLong(bars::bucket))
        .min();
  }

  /**
   * New minutes of an expiry.
   *
   * @param bars in order of strike and time
   * @param metrics in order of time
   */
  public record Minutes(BarTable bars, List<MinuteMetrics> metrics) {}
}
