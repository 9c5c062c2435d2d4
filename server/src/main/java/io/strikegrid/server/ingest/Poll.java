package io.strikegrid.server.ingest;

import io.strikegrid.server.ingest.profile.Profile;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one look at a page showed, as far as it takes to tell whether it was stale. */
final class Poll {

  /**
   * Which page, and when it was looked at.
   *
   * @param expiry the page's expiry; null where it shows all of them
   * @param collected epoch seconds UTC
   */
  record Key(@Nullable LocalDate expiry, long collected) {}

  /** Pages of a symbol that were looked at within so many seconds are of one look. */
  private static final long TOGETHER_SECONDS = 300;

  private long newest = Long.MIN_VALUE;
  private long fingerprint;
  private int rows;
  private boolean traded;

  void add(ChainRow row, boolean hasVolume) {
    newest = Math.max(newest, row.time());
    fingerprint += row.fingerprint();
    rows++;
    traded |= hasVolume;
  }

  /**
   * The polls of a symbol's day that are stale by the given rules.
   *
   * @param pages polls by when they were collected, of each page: of each expiry, or of all
   */
  static Set<Key> stale(
      Map<Optional<LocalDate>, TreeMap<Long, Poll>> pages, Set<Profile.StaleRule> rules) {
    long firstTrade =
        pages.values().stream()
            .flatMap(ofPage -> ofPage.entrySet().stream())
            .filter(one -> one.getValue().traded)
            .mapToLong(Map.Entry::getKey)
            .min()
            .orElse(Long.MAX_VALUE);
    Set<Key> stale = new HashSet<>();
    pages.forEach((page, polls) -> {
      Poll before = null;
      for (Map.Entry<Long, Poll> one : polls.entrySet()) {
        boolean isBeforeTrade = one.getKey() < firstTrade - TOGETHER_SECONDS;
        if (one.getValue().isStale(before, isBeforeTrade, rules)) {
          stale.add(new Key(page.orElse(null), one.getKey()));
        }
        before = one.getValue();
      }
    });
    return stale;
  }

  private boolean isStale(
      @Nullable Poll before, boolean isBeforeTrade, Set<Profile.StaleRule> rules) {
    for (Profile.StaleRule rule : rules) {
      boolean applies =
          switch (rule) {
            case NO_VOLUME -> isBeforeTrade;
            case PAGE_TIME -> before != null && before.newest == newest;
            case UNCHANGED ->
                before != null && before.rows == rows && before.fingerprint == fingerprint;
          };
      if (applies) {
        return true;
      }
    }
    return false;
  }
}
