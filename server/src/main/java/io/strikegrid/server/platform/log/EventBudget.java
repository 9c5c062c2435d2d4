package io.strikegrid.server.platform.log;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many events of a kind, and of a level, are told in a minute. A kind is an event's words
 * without what is put into them; where there are very many kinds, those that come late count as
 * one. For one thread at a time.
 */
final class EventBudget {

  private static final long MINUTE_MILLIS = 60_000;
  private static final int LONGEST_KIND = 200;
  private static final int MOST_TOLD = 10;
  private static final String OTHER = "other messages";

  private final int eachKind;
  private final int eachLevel;
  private final int mostKinds;
  private final Map<String, Count> kinds = new LinkedHashMap<>();
  private final Map<Integer, Count> levels = new LinkedHashMap<>();
  private long minute = Long.MIN_VALUE;

  private static final class Count {
    private int told;
    private long leftOut;
  }

  /**
   * What becomes of an event.
   *
   * @param isWithin whether it is told
   * @param leftOut kinds of which some were not told in the minute that ended, with how many
   */
  record Verdict(boolean isWithin, Map<String, Long> leftOut) {}

  EventBudget(int eachKind, int eachLevel, int mostKinds) {
    this.eachKind = eachKind;
    this.eachLevel = eachLevel;
    this.mostKinds = mostKinds;
  }

  /** Takes an event in. */
  Verdict take(long epochMillis, int level, String kind) {
    Map<String, Long> leftOut = Map.of();
    long now = Math.floorDiv(epochMillis, MINUTE_MILLIS);
    if (now != minute) {
      minute = now;
      leftOut = ended();
    }
    String key = kind.length() > LONGEST_KIND ? kind.substring(0, LONGEST_KIND) : kind;
    Count ofKind =
        kinds.computeIfAbsent(
            kinds.size() < mostKinds || kinds.containsKey(key) ? key : OTHER, k -> new Count());
    Count ofLevel = levels.computeIfAbsent(level, l -> new Count());
    boolean isWithin = ofKind.told < eachKind && ofLevel.told < eachLevel;
    if (isWithin) {
      ofKind.told++;
      ofLevel.told++;
    } else {
      ofKind.leftOut++;
    }
    return new Verdict(isWithin, leftOut);
  }

  private Map<String, Long> ended() {
    Map<String, Long> leftOut = new LinkedHashMap<>();
    kinds.forEach((kind, count) -> {
      if (count.leftOut > 0) {
        leftOut.merge(leftOut.size() < MOST_TOLD ? kind : OTHER, count.leftOut, Long::sum);
      }
    });
    kinds.clear();
    levels.clear();
    return leftOut;
  }
}
