package io.strikegrid.server.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one line of an answer, a run of buckets for each day, as exact as pages have them.
 * A day without any takes no memory. For one thread.
 */
final class Line {

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Run(int low, double @Nullable [] exact, float @Nullable [] single) {}

  private final boolean isExact;
  private final List<@Nullable Run> days = new ArrayList<>();

  /**
   * A line without a value.
   *
   * @param isExact whether pages keep every bit of its values, and not the nearest float alone
   */
  Line(boolean isExact) {
    this.isExact = isExact;
  }

  /**
   * Takes the values of a day, copied.
   *
   * @param low bucket of the first one
   * @param values NaN where unknown
   * @param count how many of them
   */
  void put(int day, int low, double[] values, int count) {
    drop(day);
    while (days.size() < day) {
      days.add(null);
    }
    days.add(run(low, values, count));
  }

  private @Nullable Run run(int low, double[] values, int count) {
    int known = 0;
    while (known < count && Double.isNaN(values[known])) {
      known++;
    }
    if (known == count) {
      return null;
    }
    if (isExact) {
      return new Run(low, Arrays.copyOf(values, count), null);
    }
    float[] singles = new float[count];
    for (int i = 0; i < count; i++) {
      singles[i] = (float) values[i];
    }
    return new Run(low, null, singles);
  }

  /** Forgets a day and all after it. */
  void drop(int day) {
    while (days.size() > day) {
      days.removeLast();
    }
  }

  /** Writes the values along the axis of a range, NaN where unknown. */
  void copyTo(List<ChainRange.Day> axis, double[] to) {
    Arrays.fill(to, Double.NaN);
    for (int d = 0; d < Math.min(axis.size(), days.size()); d++) {
      ChainRange.Day day = axis.get(d);
      Run run = days.get(d);
      if (run != null) {
        copy(run, day, to);
      }
    }
  }

  private static void copy(Run run, ChainRange.Day day, double[] to) {
    double[] exact = run.exact;
    float[] single = run.single;
    int length = exact != null ? exact.length : single != null ? single.length : 0;
    int end = Math.min(day.end(), run.low + length);
    for (int b = Math.max(day.first(), run.low); b < end; b++) {
      double value =
          exact != null ? exact[b - run.low] : single != null ? single[b - run.low] : Double.NaN;
      to[day.offset() + b - day.first()] = value;
    }
  }
}
