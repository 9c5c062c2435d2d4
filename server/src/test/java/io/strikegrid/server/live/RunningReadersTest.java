package io.strikegrid.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.time.Timeframe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** What readers of the running minute keep from others: nothing. */
class RunningReadersTest {

  private static final LiveConfig USUAL =
      new LiveConfig(Duration.ofSeconds(5), Duration.ZERO, Duration.ofDays(2), 64 << 20);

  /** Stops one thread whenever it looks at the time, until it is let go. */
  private static final class Held implements LongSupplier {

    final CountDownLatch isHeld = new CountDownLatch(2);
    final CountDownLatch letGo = new CountDownLatch(1);
    final AtomicReference<Thread> who = new AtomicReference<>();

    @Override
    public long getAsLong() {
      if (Thread.currentThread() == who.get()) {
        isHeld.countDown();
        if (isHeld.getCount() == 0) {
          await();
        }
      }
      return System.nanoTime();
    }

    private void await() {
      try {
        if (!letGo.await(30, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody let go");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void reader_makesTheRunningPage_minutesCloseMeanwhile() throws Exception {
    Held nanos = new Held();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        LiveStore store = new LiveStore(USUAL, nanos)) {
      store.at(0, 11);
      store.offer(List.of(Ticked.at(0, 10).price(5).made()));
      Future<Boolean> reader =
          threads.submit(() -> {
            nanos.who.set(Thread.currentThread());
            return store.live().beside(LiveStore.NIFTY, store.loaded()).isPresent();
          });
      assertThat(nanos.isHeld.await(30, TimeUnit.SECONDS)).isTrue();
      store.at(1, 5);
      store.settle(0);
      assertThat(reader.isDone()).isFalse();
      assertThat(store.number("SELECT count(*) FROM fo_option_strike_bars")).isEqualTo(1);
      nanos.letGo.countDown();
      reader.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void running_onceShown_staysUntilItIsCommitted() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        LiveStore store = new LiveStore()) {
      store.at(0, 11);
      store.offer(List.of(Ticked.at(0, 10).price(5).made()));
      assertThat(buckets(store)).isEqualTo(1);
      Future<Integer> lost =
          threads.submit(() -> {
            int newest = 1;
            int gone = 0;
            while (!isOver.get()) {
              int seen = buckets(store);
              gone = Math.max(gone, newest - seen);
              newest = Math.max(newest, seen);
            }
            return gone;
          });
      for (int minute = 1; minute < 40; minute++) {
        store.at(minute, 5);
        store.settle(0);
        store.at(minute, 11);
        store.offer(List.of(Ticked.at(minute, 10).price(5).made()));
      }
      isOver.set(true);
      assertThat(lost.get(30, TimeUnit.SECONDS)).as("minutes that went").isZero();
    }
  }

  /** Buckets that a reader sees, running ones among them. */
  private static int buckets(LiveStore store) {
    PageKey key =
        new PageKey(LiveStore.NIFTY.symbol(), LiveStore.EXPIRY, Timeframe.MIN1, LiveStore.DAY);
    return store
        .live()
        .current(store.pages, LiveStore.NIFTY, key, LiveStore.SESSION)
        .page()
        .buckets();
  }
}
