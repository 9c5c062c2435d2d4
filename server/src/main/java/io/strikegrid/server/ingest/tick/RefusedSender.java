package io.strikegrid.server.ingest.tick;

import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.MinuteTicks;
import io.strikegrid.server.rollup.Room;
import io.strikegrid.server.rollup.TickWork;
import io.strikegrid.server.rollup.TooManyStrikesException;
import io.strikegrid.server.store.MinuteKey;
import io.strikegrid.server.store.RefusedStore;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Commits refused ticks again, once what stood against them is mended. A row whose ticks are all
 * committed is let go of; one that is refused again stays. Ticks that are there already change
 * nothing. One thread.
 */
public final class RefusedSender {

  private static final String SIMULATOR = "simulator";

  /** One batch at a time by hand: nobody else's memory is in question. */
  private static final Room ALONE =
      new Room() {
        @Override
        public <T> T with(long observations, Work<T> work) throws SQLException {
          return work.done();
        }
      };

  private final RefusedStore store;
  private final TickCodec codec;
  private final DayCommit commit;
  private final LiveConfig config;

  /** Sends to the store that the commit writes to. */
  public RefusedSender(
      RefusedStore store, MarketCatalog markets, DayCommit commit, LiveConfig config) {
    this.store = store;
    this.codec = new TickCodec(markets);
    this.commit = commit;
    this.config = config;
  }

  /** The ticks of a row, as far as they can be read. */
  public List<Tick> ticks(RefusedStore.Refused refused) throws IOException {
    return codec.decode(refused.ticks()).ticks();
  }

  /**
   * Commits the ticks of a row.
   *
   * @return why it stays; empty where it is done
   */
  public Optional<String> send(RefusedStore.Refused refused) {
    TickCodec.Decoded decoded;
    try {
      decoded = codec.decode(refused.ticks());
    } catch (IOException | RuntimeException e) {
      return Optional.of("its ticks cannot be read: " + e.getMessage());
    }
    if (!decoded.lost().isEmpty()) {
      return Optional.of(decoded.lost().getFirst().message());
    }
    Optional<String> why = commit(refused.row(), decoded.ticks());
    if (why.isEmpty()) {
      store.drop(refused.row().id());
    }
    return why;
  }

  private Optional<String> commit(RefusedStore.Row row, List<Tick> ticks) {
    if (ticks.isEmpty()) {
      return Optional.empty();
    }
    Tick first = ticks.getFirst();
    long minute = row.minute().getEpochSecond();
    ObservationLog log = new ObservationLog();
    ticks.forEach(tick -> log.add(tick.observation()));
    List<MinuteTicks> came = List.of(new MinuteTicks(new MinuteKey(minute, row.expiry()), log));
    Provenance provenance = row.feed().equals(SIMULATOR) ? Provenance.SIMULATED : Provenance.LIVE;
    List<String> why = new ArrayList<>();
    Set<MinuteKey> again = Set.of();
    do {
      TickWork work = new TickWork(came, again, config.maxTicksPerMinute(), config.maxUnpacked());
      DayCommit.TickOutcome done;
      try {
        done = commit.commitTicks(first.underlying(), first.session(), provenance, work, ALONE);
      } catch (TooManyStrikesException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
      if (done.outcome().mixed()) {
        return Optional.of("its day has the other kind: simulated or real, never both");
      }
      if (!done.tooLate().isEmpty()) {
        why.add("others that made its bars are not kept any more");
      }
      int tooMany = done.tooMany().stream().mapToInt(of -> of.log().size()).sum();
      if (tooMany > 0) {
        why.add(tooMany + " ticks: its minute has as many as are kept of one");
      }
      again = done.left();
      came = List.of();
    } while (!again.isEmpty());
    return why.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", why));
  }
}
