package io.strikegrid.server.live;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.rollup.MinuteTicks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Ticks that are refused after they were taken: they are kept for good, and then their feeds are
 * told. Safe for use by any number of threads.
 */
final class Refusals {

  private static final int AT_A_TIME = 10_000;
  private static final String TOO_MANY = "too_many_ticks";

  private final RefusedTicks kept;
  private final InstantSource clock;

  Refusals(RefusedTicks kept, InstantSource clock) {
    this.kept = kept;
    this.clock = clock;
  }

  /** Ticks of the other kind than what their minute or day has. */
  void mixed(Collection<Feed> feeds, Session session, List<Tick> ticks) {
    String message =
        "%d %s ticks of %s came for a day that has the other kind: simulated or real, never both"
            .formatted(ticks.size(), kinds(feeds), symbol(ticks));
    refuse(feeds, session, "mixed_provenance", message, ticks);
  }

  private static String kinds(Collection<Feed> feeds) {
    return feeds.stream()
        .map(feed -> feed.provenance().label())
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  /** Ticks of a minute whose bars were made of others that are gone. */
  void tooLate(Collection<Feed> feeds, Session session, long minute, List<Tick> ticks) {
    String message =
        "%d ticks of %s came for a minute whose bars were made of others that are not kept any more: %s"
            .formatted(ticks.size(), symbol(ticks), Instant.ofEpochSecond(minute));
    refuse(feeds, session, "too_late", message, ticks);
  }

  /** Ticks of strikes for which an expiry has no room any more on its day. */
  void tooManyStrikes(Collection<Feed> feeds, Session session, String reason, List<Tick> ticks) {
    String message = reason + "; " + ticks.size() + " ticks are refused";
    refuse(feeds, session, "too_many_strikes", message, ticks);
  }

  /** Ticks that no commit can take, however often it is tried. */
  void parked(Collection<Feed> feeds, Session session, String reason, List<Tick> ticks) {
    String message =
        "%d ticks of %s cannot be committed: %s".formatted(ticks.size(), symbol(ticks), reason);
    refuse(feeds, session, "cannot_be_committed", message, ticks);
  }

  /** Tells that ticks came of a minute that has as many as are kept of one. */
  void tellTooMany(Feed feed, String symbol, long minute, int most, int ticks) {
    feed.refused(clock.instant(), TOO_MANY, tooMany(symbol, minute, most, ticks));
  }

  private static String tooMany(String symbol, long minute, int most, int ticks) {
    return "%d ticks of %s are refused: their minute %s has others, and no more than %d are kept of one minute"
        .formatted(ticks, symbol, Instant.ofEpochSecond(minute), most);
  }

  /** Ticks of a minute that has as many as are kept of one. */
  void tooMany(OpenMinute minute, Underlying underlying, int most, List<MinuteTicks> ticks) {
    int count = ticks.stream().mapToInt(of -> of.log().size()).sum();
    if (count > 0) {
      String message = tooMany(underlying.symbol(), minute.minute(), most, count);
      keepPacked(minute.feeds(), underlying, minute.session(), message, ticks);
      minute.feeds().forEach(feed -> feed.refused(clock.instant(), TOO_MANY, message));
    }
  }

  /** The same of those that found it so when they came; what was told then is not told again. */
  void surplus(
      Feed feed, SurplusTicks surplus, OpenMinute minute, Underlying underlying, int most) {
    String symbol = underlying.symbol();
    String message = tooMany(symbol, minute.minute(), most, surplus.count());
    List<MinuteTicks> ticks = surplus.ticks(minute.minute());
    keepPacked(List.of(feed), underlying, minute.session(), message, ticks);
    int news = surplus.tell();
    if (news > 0) {
      int lost = surplus.count() - surplus.kept();
      String more =
          lost == 0 ? "" : "; %d in all are not kept among the refused ones".formatted(lost);
      feed.refused(clock.instant(), TOO_MANY, tooMany(symbol, minute.minute(), most, news) + more);
    }
  }

  /** So many at a time that no flood is unpacked whole. */
  private void keepPacked(
      Collection<Feed> feeds,
      Underlying underlying,
      Session session,
      String message,
      List<MinuteTicks> packed) {
    String names = names(feeds);
    for (MinuteTicks of : packed) {
      List<Tick> ticks = new ArrayList<>();
      of.log()
          .forEach(o -> {
            ticks.add(new Tick(underlying, session, of.key().expiry(), o));
            if (ticks.size() == AT_A_TIME) {
              kept.keep(underlying.symbol(), session, names, TOO_MANY, message, ticks);
              ticks.clear();
            }
          });
      if (!ticks.isEmpty()) {
        kept.keep(underlying.symbol(), session, names, TOO_MANY, message, ticks);
      }
    }
  }

  private static String names(Collection<Feed> feeds) {
    return feeds.stream().map(Feed::name).sorted().collect(Collectors.joining(","));
  }

  private void refuse(
      Collection<Feed> feeds, Session session, String code, String message, List<Tick> ticks) {
    if (ticks.isEmpty()) {
      return;
    }
    kept.keep(symbol(ticks), session, names(feeds), code, message, ticks);
    feeds.forEach(feed -> feed.refused(clock.instant(), code, message));
  }

  private static String symbol(List<Tick> ticks) {
    return ticks.isEmpty() ? "" : ticks.getFirst().underlying().symbol();
  }

  /** Packed ticks, one by one. */
  static List<Tick> unpacked(Underlying underlying, Session session, List<MinuteTicks> packed) {
    List<Tick> ticks = new ArrayList<>();
    packed.forEach(of ->
        of.log().forEach(o -> ticks.add(new Tick(underlying, session, of.key().expiry(), o))));
    return ticks;
  }
}
