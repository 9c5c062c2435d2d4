package io.strikegrid.server.ingest.replay;

import io.strikegrid.server.ingest.ImportProgress;
import java.time.Instant;
import java.time.LocalDate;

/** Told how a replay gets on. */
public interface ReplayProgress extends ImportProgress {

  /**
   * Some of a day has been sent.
   *
   * @param count ticks so far
   * @param total ticks of the day
   * @param at event time of the newest
   */
  void sent(LocalDate day, long count, long total, Instant at);
}
