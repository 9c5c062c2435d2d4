package io.strikegrid.server.ingest.tick;

import io.strikegrid.server.ingest.Refusal;
import java.util.Map;
import java.util.TreeMap;

/** Names of fields that nothing was read from, and how often each came. For one thread. */
public final class IgnoredFields {

  /** Most names that are told apart. */
  static final int MOST = 100;

  private static final int LONGEST = 100;
  private static final String OTHERS = "(others)";

  private final Map<String, Integer> counts = new TreeMap<>();

  void add(String name) {
    String shown = Refusal.clean(name.length() > LONGEST ? name.substring(0, LONGEST) : name);
    boolean isKnown = counts.containsKey(shown) || counts.size() < MOST;
    counts.merge(isKnown ? shown : OTHERS, 1, Integer::sum);
  }

  /** How often each came, by name; beyond a bound the rest is counted together. */
  public Map<String, Integer> counts() {
    return counts;
  }
}
