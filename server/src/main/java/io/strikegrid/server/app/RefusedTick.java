package io.strikegrid.server.app;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.server.live.Tick;
import java.time.Instant;
import java.util.Locale;

/** A tick as a line of text. */
final class RefusedTick {

  private RefusedTick() {}

  static String text(Tick tick) {
    Observation seen = tick.observation();
    StringBuilder line =
        new StringBuilder(Instant.ofEpochMilli(seen.millis()).toString())
            .append("  ")
            .append(tick.underlying().symbol());
    tick.expiry()
        .ifPresent(expiry ->
            line.append("  ")
                .append(expiry)
                .append("  ")
                .append(seen.strike())
                .append(' ')
                .append(seen.side().label()));
    for (ObservationField field : ObservationField.values()) {
      if (!Double.isNaN(seen.get(field))) {
        line.append("  ")
            .append(field.name().toLowerCase(Locale.ROOT))
            .append('=')
            .append(seen.get(field));
      }
    }
    return line.toString();
  }
}
