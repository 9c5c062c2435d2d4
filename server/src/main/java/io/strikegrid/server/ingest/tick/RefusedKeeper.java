package io.strikegrid.server.ingest.tick;

import io.strikegrid.engine.time.Session;
import io.strikegrid.server.live.RefusedTicks;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.store.MinuteKey;
import io.strikegrid.server.store.RefusedStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps refused ticks in the store, those of a minute and expiry together, as the journal writes
 * them. Safe for use by any number of threads.
 */
public final class RefusedKeeper implements RefusedTicks {

  private static final int MINUTE_MILLIS = 60_000;
  private static final int MOST_OF_A_ROW = 50_000;
  private static final int LONGEST_MESSAGE = 1_000;

  private final RefusedStore store;
  private final InstantSource clock;

  /** Keeps them in a store. */
  public RefusedKeeper(RefusedStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void keep(
      String symbol, Session session, String feed, String code, String message, List<Tick> ticks) {
    if (ticks.isEmpty()) {
      return;
    }
    List<TickCodec.Lost> plain =
        ticks.stream()
            .map(tick -> new TickCodec.Lost(symbol, tick.expiry(), tick.observation()))
            .toList();
    store.add(rows(symbol, session.day(), feed, code, message, plain));
  }

  /**
   * Keeps ticks of which the market is not known any more, under the date that they have in UTC.
   *
   * @param feed that brought them, by its name
   */
  void keepLost(String feed, List<TickCodec.Lost> lost) {
    Map<String, List<TickCodec.Lost>> bySymbol = new LinkedHashMap<>();
    lost.forEach(tick -> bySymbol.computeIfAbsent(tick.symbol(), s -> new ArrayList<>()).add(tick));
    List<RefusedStore.Refused> rows = new ArrayList<>();
    bySymbol.forEach((symbol, ticks) -> {
      TickCodec.Lost first = ticks.getFirst();
      LocalDate day =
          LocalDate.ofInstant(Instant.ofEpochMilli(first.seen().millis()), ZoneOffset.UTC);
      rows.addAll(rows(symbol, day, feed, "unknown_market", first.message(), ticks));
    });
    store.add(rows);
  }

  private List<RefusedStore.Refused> rows(
      String symbol,
      LocalDate day,
      String feed,
      String code,
      String message,
      List<TickCodec.Lost> ticks) {
    String said =
        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    Instant now = clock.instant();
    List<RefusedStore.Refused> rows = new ArrayList<>();
    byMinute(ticks)
        .forEach((key, ofMinute) -> {
          for (int from = 0; from < ofMinute.size(); from += MOST_OF_A_ROW) {
            List<TickCodec.Lost> part =
                ofMinute.subList(from, Math.min(ofMinute.size(), from + MOST_OF_A_ROW));
            byte[] bytes = TickCodec.encodeLost(part);
            RefusedStore.Row row =
                new RefusedStore.Row(
                    0,
                    now,
                    feed,
                    symbol,
                    day,
                    key.expiry(),
                    Instant.ofEpochSecond(key.minute()),
                    code,
                    said,
                    part.size(),
                    bytes.length,
                    Optional.empty());
            rows.add(new RefusedStore.Refused(row, bytes));
          }
        });
    return rows;
  }

  private static Map<MinuteKey, List<TickCodec.Lost>> byMinute(List<TickCodec.Lost> ticks) {
    Map<MinuteKey, List<TickCodec.Lost>> byMinute = new LinkedHashMap<>();
    for (TickCodec.Lost tick : ticks) {
      long minute = Math.floorDiv(tick.seen().millis(), MINUTE_MILLIS) * 60;
      byMinute
          .computeIfAbsent(new MinuteKey(minute, tick.expiry()), k -> new ArrayList<>())
          .add(tick);
    }
    return byMinute;
  }
}
