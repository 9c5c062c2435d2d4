package io.strikegrid.server.ingest.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of sending. One thread fills it. */
public final class ReplayReport {

  private static final int FIRST_SHOWN = 5;

  private final String what;
  private final Map<String, Long> codes = new TreeMap<>();
  private final List<String> first = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long started = System.nanoTime();
  private long sent;
  private long refused;
  private long again;
  private long waits;

  /**
   * An empty one.
   *
   * @param what was sent: ticks or bars
   */
  ReplayReport(String what) {
    this.what = what;
  }

  /** Sending begins: what was done before does not count as its time. */
  void start() {
    if (sent == 0) {
      started = System.nanoTime();
    }
  }

  void sent(long count) {
    sent += count;
  }

  void refused(long count) {
    refused += count;
  }

  void refused(String code, String message) {
    codes.merge(code, 1L, Long::sum);
    if (first.size() < FIRST_SHOWN) {
      first.add(code + ": " + message);
    }
  }

  void sentAgain() {
    again++;
  }

  void waited() {
    waits++;
  }

  void note(String note) {
    notes.add(note);
  }

  /** How many were sent, each counted once. */
  public long sent() {
    return sent;
  }

  /** How many of these the receiver refused, where it says so. */
  public long refused() {
    return refused;
  }

  /** How often the receiver was busy and was waited for. */
  public long waits() {
    return waits;
  }

  /** How often something was sent again, since nobody knew whether it had arrived. */
  public long again() {
    return again;
  }

  /** The report as lines of text. */
  public List<String> lines() {
    double seconds = Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
    List<String> lines = new ArrayList<>();
    lines.add(
        "sent %,d %s in %.1f s (%,.0f a second)"
            .formatted(sent, what, seconds, sent / Math.max(seconds, 0.001)));
    if (waits > 0) {
      lines.add("  the receiver was busy %,d times and was waited for".formatted(waits));
    }
    if (again > 0) {
      lines.add("  sent again after a failure: %,d times".formatted(again));
    }
    lines.add("  refused by the receiver: %,d".formatted(refused));
    codes.forEach((code, count) -> lines.add("    %s: %,d".formatted(code, count)));
    first.forEach(example -> lines.add("      " + example));
    notes.forEach(note -> lines.add("  note: " + note));
    return lines;
  }
}
