package io.strikegrid.server.stream;

import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;

/** Which strikes of a chain are asked for: all, some by name, or some by their level. */
sealed interface StrikeFilter {

  /** Whether a strike is among them; one of unknown level is in no level. */
  boolean takes(double strike, OptionalInt level);

  /** Writes it as a client may ask for it, nothing for all. */
  void write(JsonWriter out) throws IOException;

  /** Every strike. */
  record All() implements StrikeFilter {
    @Override
    public boolean takes(double strike, OptionalInt level) {
      return true;
    }

    @Override
    public void write(JsonWriter out) {}
  }

  /**
   * Levels up to so many away from the money.
   *
   * @param most 0 for the money alone
   */
  record Nearest(int most) implements StrikeFilter {
    @Override
    public boolean takes(double strike, OptionalInt level) {
      return level.isPresent() && Math.abs(level.getAsInt()) <= most;
    }

    @Override
    public void write(JsonWriter out) throws IOException {
      out.whole("max_level", most);
    }
  }

  /** Levels by number. */
  record Levels(SortedSet<Integer> levels) implements StrikeFilter {
    @Override
    public boolean takes(double strike, OptionalInt level) {
      return level.isPresent() && levels.contains(level.getAsInt());
    }

    @Override
    public void write(JsonWriter out) throws IOException {
      out.startArray("level");
      for (int level : levels) {
        out.whole(level);
      }
      out.endArray();
    }
  }

  /** Strikes by name, ascending. */
  record Named(List<Double> strikes) implements StrikeFilter {
    @Override
    public boolean takes(double strike, OptionalInt level) {
      return strikes.contains(strike);
    }

    @Override
    public void write(JsonWriter out) throws IOException {
      out.startArray("strike");
      for (double strike : strikes) {
        out.number(strike);
      }
      out.endArray();
    }
  }
}
