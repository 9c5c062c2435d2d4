package io.strikegrid.server.live;

import java.time.Instant;

/** Tells feeds of ticks that are refused after they were taken. */
final class Refusals {

  private Refusals() {}

  /** Ticks of the other kind than what their minute or day has. */
  static void mixed(Feed feed, Instant now, String symbol, int ticks) {
    feed.refused(
        now,
        "mixed_provenance",
        ticks
            + " "
            + feed.provenance().label()
            + " ticks of "
            + symbol
            + " came for a day that has the other kind: simulated or real, never both");
  }

  /** Ticks of a minute that has as many as are kept of one. */
  static void tooMany(Feed feed, Instant now, String symbol, long minute, int most, int ticks) {
    feed.refused(
        now,
        "too_many_ticks",
        ticks
            + " ticks of "
            + symbol
            + " are refused: their minute "
            + Instant.ofEpochSecond(minute)
            + " has others, and no more than "
            + most
            + " are kept of one minute");
  }

  /** Ticks of a minute whose bars were made of others that are gone. */
  static void tooLate(Feed feed, Instant now, long minute, int ticks) {
    feed.refused(
        now,
        "too_late",
        ticks
            + " ticks came for a minute whose bars were made of others that are not kept any more: "
            + Instant.ofEpochSecond(minute));
  }
}
