package io.strikegrid.server.stream;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.live.RunningMinutes;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The newest day of the sample, Friday, whose nearest expiry is {@link SampleChains#SECOND}. */
final class StreamFixture {

  /** 09:15 in India on 25 April 2025. */
  static final long OPEN = SampleChains.TUESDAY_OPEN + 3 * SampleChains.DAY;

  /** Minutes of the sample. */
  static final int MINUTES = 20;

  static final double[] STRIKES = {24_400, 24_450, 24_500, 24_550, 24_600};

  private StreamFixture() {}

  /** Bounds as usual, with other intervals and room. */
  static StreamConfig config(
      Duration heartbeat, Duration idle, Duration keepTopic, int waiting, int kept) {
    return new StreamConfig(
        heartbeat,
        idle,
        Duration.ofMinutes(5),
        keepTopic,
        Duration.ofMillis(50),
        100,
        100,
        8,
        100,
        new StreamConfig.Room(waiting, 8 << 20),
        new StreamConfig.Room(kept, 2 << 20),
        4096);
  }

  static long minute(int number) {
    return OPEN + 60L * number;
  }

  /** One call of the nearest expiry in a minute. */
  static void addCall(SampleServer server, int minute, double strike, double oi) {
    add(server, SampleChains.SECOND, List.of(call(minute, strike, oi)));
  }

  static Observation call(int minute, double strike, double oi) {
    return SampleChains.observation(
        strike, Side.CALL, minute(minute) + 30, 24_500 + minute, oi, 75_000 + minute, 0.14);
  }

  static void add(SampleServer server, LocalDate expiry, List<Observation> seen) {
    server.chains().add(SampleChains.FRIDAY, expiry, seen);
  }

  /** A minute of an expiry as a poor feed has it: sides and fields missing, the price moving. */
  static List<Observation> random(int minute, RandomGenerator random) {
    double price = 24_500 + random.nextInt(-90, 90);
    List<Observation> seen = new ArrayList<>();
    for (double strike : STRIKES) {
      for (Side side : Side.values()) {
        if (random.nextInt(4) > 0) {
          double volume = 75.0 * (100 * minute + random.nextInt(100));
          Observation one =
              SampleChains.observation(
                  strike,
                  side,
                  minute(minute) + random.nextInt(60),
                  price,
                  75.0 * random.nextInt(1, 500),
                  volume,
                  0.1 + random.nextInt(100) / 1000.0);
          forget(one, random);
          seen.add(one);
        }
      }
    }
    return seen;
  }

  private static void forget(Observation one, RandomGenerator random) {
    for (ObservationField field : ObservationField.values()) {
      if (field != ObservationField.UNDERLYING && random.nextInt(6) == 0) {
        one.values()[field.ordinal()] = Double.NaN;
      }
    }
  }

  /** A minute of the nearest expiry as it runs: one call, with this open interest. */
  static RunningMinutes running(int minute, double oi, long sequence) {
    return (underlying, committed) -> {
      GridPage page = committed.page();
      if (!page.key().expiry().equals(SampleChains.SECOND) || page.buckets() != minute) {
        return Optional.empty();
      }
      GridWriter writer = new GridWriter(page.key(), page.session(), page.strikeArray());
      for (int b = 0; b < page.buckets(); b++) {
        writer.open(b);
        for (int k = 0; k < page.strikes(); k++) {
          for (Side side : Side.values()) {
            if (page.isObserved(side, b, k)) {
              writer.observe(side, b, k);
              writer.set(side, GridField.OI, b, k, page.at(side, GridField.OI, b, k));
            }
          }
        }
      }
      writer.open(minute);
      int k = writer.strikeIndex(24_500);
      writer.observe(Side.CALL, minute, k);
      writer.set(Side.CALL, GridField.OI, minute, k, oi);
      writer.set(BucketField.UNDERLYING, minute, 24_510);
      return Optional.of(new RunningMinutes.Running(writer.seal(), minute, sequence));
    };
  }
}
