package io.strikegrid.benchmarks;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.Live;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.live.Receipt;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A live writer whose clock the benchmark moves, and ticks for it. */
final class LiveDay implements AutoCloseable {

  private static final double CENTRE = 24_000;
  private static final double GAP = 50;

  final ManualClock clock;
  final Live live;
  private final Feed feed = new Feed("benchmark", Provenance.LIVE);
  private final Session session;

  LiveDay(DayCommit commit, Session session, long maxBytes) {
    this.session = session;
    this.clock = new ManualClock(Instant.ofEpochSecond(session.open()));
    this.live =
        new Live(
            new LiveConfig(
                Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofDays(2), maxBytes),
            commit,
            (symbol, of, feed, code, message, refused) -> {
              throw new IllegalStateException(message);
            },
            clock);
  }

  /** Ticks of a chain in a minute: every contract the same number of times, evenly over it. */
  List<Tick> minute(
      Underlying underlying, List<LocalDate> expiries, int strikes, int minute, int perContract) {
    List<Tick> ticks = new ArrayList<>();
    long start = (session.open() + 60L * minute) * 1000;
    for (int n = 0; n < perContract; n++) {
      long millis = start + 59_000L * n / perContract + 500;
      for (LocalDate expiry : expiries) {
        for (int k = 0; k < strikes; k++) {
          for (Side side : Side.values()) {
            ticks.add(
                new Tick(
                    underlying,
                    session,
                    Optional.of(expiry),
                    tick(CENTRE + (k - strikes / 2) * GAP, side, millis, minute, n)));
          }
        }
      }
    }
    return ticks;
  }

  private static Observation tick(double strike, Side side, long millis, int minute, int n) {
    double[] values = new double[ObservationField.values().length];
    Arrays.fill(values, Double.NaN);
    double inside = side == Side.CALL ? CENTRE - strike : strike - CENTRE;
    double price = Math.max(inside, 0) + 100 * Math.exp(-Math.abs(inside) / 500) + n % 5;
    values[ObservationField.PRICE.ordinal()] = price;
    values[ObservationField.BID.ordinal()] = price - 0.05;
    values[ObservationField.ASK.ordinal()] = price + 0.05;
    values[ObservationField.VOLUME_DAY.ordinal()] = 75.0 * (100 * minute + n + 1);
    values[ObservationField.OI.ordinal()] = 75_000 + 75.0 * n;
    values[ObservationField.UNDERLYING.ordinal()] = CENTRE;
    return new Observation(strike, side, millis, millis / 1000, 0, values);
  }

  /** Hands ticks in, as many messages as a feed would make of them. */
  void offer(List<Tick> ticks, int perMessage) {
    for (int at = 0; at < ticks.size(); at += perMessage) {
      Receipt receipt = new Receipt(() -> {});
      List<Tick> message = ticks.subList(at, Math.min(ticks.size(), at + perMessage));
      if (!live.offer(feed, message, receipt)) {
        throw new IllegalStateException("no room for " + ticks.size() + " ticks");
      }
      receipt.release();
    }
  }

  /** Sets the clock to a second of a minute. */
  void at(int minute, int second) {
    clock.set(Instant.ofEpochSecond(session.open() + 60L * minute + second));
  }

  /** Waits until every minute that is over has been committed. */
  void settle() throws InterruptedException {
    while (live.openMinutes() > 0) {
      if (live.state().trouble().isPresent()) {
        throw new IllegalStateException(live.state().trouble().get());
      }
      Thread.sleep(1);
    }
  }

  @Override
  public void close() {
    live.close();
  }
}
