package io.strikegrid.server.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Every feed of the process, supervised. A feed is silent when no message came for longer than it
 * may while one of its markets is open: of the symbols that it has brought since the start, or,
 * before it brought any, of those that have bars of its kind, real or simulated. The time before
 * the opening does not count.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Feeds {

  /** How long a feed may be silent by default. */
  public static final Duration SILENT_AFTER = Duration.ofSeconds(60);

  /** From when on a feed has to bring something. */
  public enum Expected {
    /** It has a source that it asks, so silence is a fault from the start. */
    FROM_THE_START,
    /** Others come to it, if anybody does: silence is a fault after somebody came. */
    ONCE_USED
  }

  private final MarketCatalog markets;
  private final Generations generations;
  private final InstantSource clock;
  private final Duration silentAfter;
  private final MeterRegistry registry;
  private final List<WatchedFeed> feeds = new CopyOnWriteArrayList<>();

  /**
   * No feeds yet.
   *
   * @param silentAfter how long a feed may bring nothing
   * @param registry takes the meters of each feed
   */
  public Feeds(
      MarketCatalog markets,
      Generations generations,
      InstantSource clock,
      Duration silentAfter,
      MeterRegistry registry) {
    this.markets = markets;
    this.generations = generations;
    this.clock = clock;
    this.silentAfter = silentAfter;
    this.registry = registry;
  }

  /**
   * A feed at one moment.
   *
   * @param isExpected whether it has to bring something now: a market of its is open
   * @param silentFor since its last message, or since it was added
   * @param lag from its last event until now; empty before the first
   */
  public record Look(
      Feed feed,
      FeedState state,
      boolean isExpected,
      Duration silentFor,
      Optional<Duration> lag,
      Optional<Backlog> backlog) {

    /** What is wrong with it, in words for anybody; empty where nothing is. */
    public Optional<String> reason() {
      if (state == FeedState.SILENT) {
        return Optional.of(
            "feed " + feed.name() + " has been silent for " + silentFor.toSeconds() + " s");
      }
      return state == FeedState.DISCONNECTED && isExpected
          ? Optional.of("feed " + feed.name() + " is disconnected")
          : Optional.empty();
    }
  }

  /** Supervises a feed that keeps no backlog. */
  public void add(Feed feed, Expected expected) {
    add(new WatchedFeed(feed, expected, clock.instant(), Optional::empty));
  }

  /** Supervises a feed, and shows how much it has taken and not handed on. */
  public void add(Feed feed, Expected expected, Supplier<Backlog> backlog) {
    add(new WatchedFeed(feed, expected, clock.instant(), () -> Optional.of(backlog.get())));
  }

  private void add(WatchedFeed watched) {
    feeds.add(watched);
    FeedMeters.register(registry, watched.feed(), () -> look(watched));
  }

  /** A sink before another that notes which symbols each feed brings. */
  public TickSink watching(TickSink sink) {
    return (feed, ticks, receipt) -> {
      boolean isTaken = sink.offer(feed, ticks, receipt);
      if (isTaken) {
        feeds.stream()
            .filter(watched -> watched.feed() == feed)
            .forEach(watched -> watched.brings(ticks));
      }
      return isTaken;
    };
  }

  /** Every feed as it is now, in the order of adding. */
  public List<Look> look() {
    return feeds.stream().map(this::look).toList();
  }

  /** What is wrong with the feeds now; empty where nothing is. */
  public List<String> reasons() {
    return look().stream().map(Look::reason).flatMap(Optional::stream).toList();
  }

  private Look look(WatchedFeed watched) {
    Instant now = clock.instant();
    Feed feed = watched.feed();
    Optional<Instant> opening = opening(watched, now);
    Instant sign = watched.lastSign();
    Duration silentFor = positive(Duration.between(sign, now));
    Instant expectedFrom = opening.filter(sign::isBefore).orElse(sign);
    boolean isLate = Duration.between(expectedFrom, now).compareTo(silentAfter) > 0;
    boolean isQuiet = silentFor.compareTo(silentAfter) > 0;
    boolean isExpected = opening.isPresent() && watched.isExpected();
    FeedState state = FeedState.CONNECTED;
    if (!feed.isConnected()) {
      state = FeedState.DISCONNECTED;
    } else if (isExpected && isLate) {
      state = FeedState.SILENT;
    } else if (!isExpected && isQuiet) {
      state = FeedState.IDLE;
    }
    Optional<Duration> lag = feed.lastEvent().map(event -> positive(Duration.between(event, now)));
    return new Look(feed, state, isExpected, silentFor, lag, watched.backlog());
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /** The earliest opening of the sessions that hold the time; empty where no market is open. */
  private Optional<Instant> opening(WatchedFeed watched, Instant now) {
    Collection<Underlying> symbols =
        watched.brought().isEmpty() ? stored(watched.feed().provenance()) : watched.brought();
    long second = now.getEpochSecond();
    return symbols.stream()
        .map(Underlying::calendar)
        .distinct()
        .flatMap(calendar -> calendar.session(calendar.dayOf(second)).stream())
        .filter(session -> session.contains(second))
        .map(Session::open)
        .min(Long::compare)
        .map(Instant::ofEpochSecond);
  }

  /** Symbols whose newest bars are real, or simulated where the feed is. */
  private List<Underlying> stored(Provenance provenance) {
    boolean simulated = provenance == Provenance.SIMULATED;
    return generations.symbols().stream()
        .filter(symbol ->
            generations
                .newestBarDay(symbol, LocalDate.MAX)
                .flatMap(day -> generations.find(symbol, day))
                .filter(row -> row.simulated() == simulated)
                .isPresent())
        .flatMap(symbol -> markets.find(symbol).stream())
        .toList();
  }
}
