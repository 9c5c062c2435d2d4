package io.strikegrid.engine.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GridConcurrencyTest {

  private static final Duration AT_LEAST = Duration.ofMillis(1500);
  private static final int READERS = 4;
  private static final int STRIKES = 20;
  private static final int MINUTES = 375;
  private static final long SEED = 7;

  /** A page, and the number that every one of its cells was written with in that version. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Version(GridPage page, double[] byBucket) {}

  @Test
  void publish_whileOthersRead_showsWholeVersionsOnly() throws Exception {
    AtomicReference<Version> newest = new AtomicReference<>(day(new AtomicReference<>(), 0));
    AtomicBoolean stopped = new AtomicBoolean();
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      List<Future<Long>> reads = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        reads.add(readers.submit(() -> read(newest, stopped)));
      }
      long end = System.nanoTime() + AT_LEAST.toNanos();
      try {
        for (int days = 0; System.nanoTime() < end; days++) {
          day(newest, days);
        }
      } finally {
        stopped.set(true);
      }
      for (Future<Long> read : reads) {
        assertThat(read.get(30, TimeUnit.SECONDS)).as("seed %s", SEED).isPositive();
      }
    }
  }

  private static Version day(AtomicReference<Version> newest, int number) {
    Random random = new Random(SEED + number);
    double[] strikes = new double[STRIKES];
    for (int k = 0; k < STRIKES; k++) {
      strikes[k] = 100 + 10 * k;
    }
    GridWriter writer = new GridWriter(Cells.KEY, Cells.NSE, strikes);
    double[] byBucket = new double[MINUTES];
    Version version = new Version(writer.publish(), byBucket.clone());
    for (int b = 0; b < MINUTES; b++) {
      write(writer, byBucket, b, number * 1000 + b);
      if (random.nextInt(10) == 0) {
        write(writer, byBucket, random.nextInt(b + 1), number * 1000 + 500 + b);
      }
      if (random.nextInt(40) == 0) {
        writer.strikeIndex(random.nextInt(100_000) / 7.0);
      }
      version = new Version(writer.publish(), byBucket.clone());
      newest.set(version);
    }
    return version;
  }

  private static void write(GridWriter writer, double[] byBucket, int bucket, double value) {
    writer.open(bucket);
    byBucket[bucket] = value;
    for (int i = 0; i < STRIKES; i++) {
      int k = writer.strikeIndex(100 + 10 * i);
      for (Side side : Side.values()) {
        writer.observe(side, bucket, k);
        writer.set(side, GridField.OI, bucket, k, value);
        writer.set(side, GridField.PRICE, bucket, k, value);
        writer.set(side, GridField.DELTA, bucket, k, value);
      }
    }
    writer.set(BucketField.UNDERLYING, bucket, value);
  }

  private static long read(AtomicReference<Version> newest, AtomicBoolean stopped) {
    long read = 0;
    while (!stopped.get() || read == 0) {
      Version version = Objects.requireNonNull(newest.get());
      GridPage page = version.page();
      for (int b = 0; b < page.buckets(); b++) {
        assertBucket(page, b, version.byBucket()[b]);
      }
      if (page.newest(0).carried() != 0) {
        throw new AssertionError("carried " + page.newest(0).carried());
      }
      read++;
    }
    return read;
  }

  private static void assertBucket(GridPage page, int b, double expected) {
    check(page.bucketValue(BucketField.UNDERLYING, b), expected, b);
    for (int i = 0; i < STRIKES; i++) {
      int k = page.indexOf(100 + 10 * i);
      for (Side side : Side.values()) {
        check(page.at(side, GridField.OI, b, k), expected, b);
        check(page.at(side, GridField.PRICE, b, k), expected, b);
        check(page.at(side, GridField.DELTA, b, k), (float) expected, b);
        if (!page.isObserved(side, b, k)) {
          throw new AssertionError("not observed at " + b);
        }
      }
    }
  }

  private static void check(double actual, double expected, int bucket) {
    if (actual != expected) {
      throw new AssertionError(actual + " for " + expected + " in bucket " + bucket);
    }
  }
}
