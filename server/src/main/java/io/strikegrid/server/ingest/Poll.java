package io.strikegrid.server.ingest;

import io.strikegrid.server.ingest.profile.Profile;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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

  /** The polls of a day that are stale by the given rules. */
  static Set<Key> stale(
      TreeMap<Long, Poll> polls, @Nullable LocalDate expiry, Set<Profile.StaleRule> rules) {
    Set<Key> stale = new HashSet<>();
    Poll before = null;
    for (Long collected : polls.keySet()) {
      Poll poll = Objects.requireNonNull(polls.get(collected));
      if (poll.isStale(before, rules)) {
        stale.add(new Key(expiry, collected));
      }
      before = poll;
    }
    return stale;
  }

  private boolean isStale(@Nullable Poll before, Collection<Profile.StaleRule> rules) {
    for (Profile.StaleRule rule : List.copyOf(rules)) {
      boolean applies =
          switch (rule) {
            case NO_VOLUME -> !traded;
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
