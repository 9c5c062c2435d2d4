package io.strikegrid.server.ingest.redis;

import java.util.List;
import java.util.Map;

/**
 * How many entries to ask for at a time, since Redis counts entries and a batch may be as large as
 * thousands of single ticks: it begins small, doubles while entries are small, and comes down as
 * soon as they are not. For one thread.
 */
final class PageSize {

  static final int FIRST = 16;
  static final int MOST = 500;
  static final long MOST_CHARACTERS = 8 << 20;

  private int entries = FIRST;

  /** Entries to ask for next. */
  int entries() {
    return entries;
  }

  /** Learns from what came. */
  List<RawEntry> learn(List<RawEntry> page) {
    long characters = 0;
    for (RawEntry entry : page) {
      for (Map.Entry<String, String> field : entry.fields().entrySet()) {
        characters += field.getKey().length() + field.getValue().length();
      }
    }
    if (!page.isEmpty()) {
      long each = Math.max(1, characters / page.size());
      long most = Math.min(MOST, 2L * entries);
      entries = (int) Math.clamp(MOST_CHARACTERS / each, 1, most);
    }
    return page;
  }
}
