package io.strikegrid.server.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WatchTest {

  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Vital VITAL = Vital.of("sample", SILENCE);
  private static final Vital ONCE = new Vital("once", SILENCE, 0);

  private final AtomicLong nanos = new AtomicLong();
  private final Watch watch = new Watch(nanos::get);
  private final Semaphore work = new Semaphore(0);
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void letThreadsEnd() {
    end.countDown();
    work.release(1000);
  }

  @Test
  void look_threadThatWorks_isAlive() {
    watch.start(VITAL, heartbeat -> end.await());

    assertThat(only().state()).isEqualTo(ThreadLook.State.ALIVE);
    assertThat(watch.reasons()).isEmpty();
    assertThat(watch.hopeless()).isEmpty();
  }

  @Test
  void look_silentForLongerThanItMay_isStuckUntilItBeats() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    WatchedThread thread =
        watch.start(
            VITAL,
            heartbeat -> {
              begun.countDown();
              end.await();
            });
    begun.await();
    nanos.addAndGet(SILENCE.plusSeconds(3).toNanos());

    assertThat(only().state()).isEqualTo(ThreadLook.State.STUCK);
    assertThat(watch.reasons()).containsExactly("thread sample has been stuck for 13 s");
    assertThat(watch.hopeless()).isEmpty();

    thread.beat();
    assertThat(watch.reasons()).isEmpty();
  }

  @Test
  void hopeless_silentForVeryLong_namesTheThread() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    watch.start(
        VITAL,
        heartbeat -> {
          begun.countDown();
          end.await();
        });
    begun.await();
    nanos.addAndGet(SILENCE.multipliedBy(11).toNanos());

    assertThat(watch.hopeless()).contains("thread sample has been stuck for 110 s");
  }

  @Test
  void look_workThatCannotBeBegunAgain_isDeadForGoodWithItsCause() throws InterruptedException {
    watch.start(
        ONCE,
        heartbeat -> {
          throw new OutOfMemoryError("Java heap space");
        });

    await(look -> look.isHopeless());
    assertThat(only().state()).isEqualTo(ThreadLook.State.DEAD);
    assertThat(watch.reasons())
        .containsExactly("thread once is dead: OutOfMemoryError: Java heap space");
    assertThat(watch.hopeless()).isPresent();
  }

  @Test
  void look_workThatReturnsUnasked_isDead() throws InterruptedException {
    watch.start(ONCE, heartbeat -> {});

    await(look -> look.state() == ThreadLook.State.DEAD);
    assertThat(watch.reasons())
        .containsExactly("thread once is dead: it ended, and nobody told it to");
  }

  @Test
  void start_workThatDies_isBegunAgain() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    watch.start(
        VITAL,
        heartbeat -> {
          if (runs.incrementAndGet() < 3) {
            throw new StackOverflowError();
          }
          end.await();
        });

    await(look -> look.restarts() == 2 && look.state() == ThreadLook.State.ALIVE);
    assertThat(watch.reasons()).isEmpty();
  }

  @Test
  void start_workThatDiesOverAndOver_isGivenUp() throws InterruptedException {
    watch.start(
        new Vital("sample", SILENCE, 2),
        heartbeat -> {
          throw new IllegalStateException("no use");
        });

    await(ThreadLook::isHopeless);
    assertThat(only().restarts()).isEqualTo(2);
    assertThat(watch.hopeless()).contains("thread sample is dead: IllegalStateException: no use");
  }

  @Test
  void stop_workThatWaits_endsAndIsNoLongerWatched() throws InterruptedException {
    WatchedThread thread = watch.start(VITAL, heartbeat -> end.await());

    assertThat(thread.stop(Duration.ofSeconds(10))).isTrue();
    assertThat(watch.look()).isEmpty();
  }

  @Test
  void interrupt_ofAStranger_isNoEnd() throws InterruptedException {
    WatchedThread thread =
        watch.start(
            VITAL,
            heartbeat -> {
              work.acquire();
              end.await();
            });
    thread.interrupt();

    await(look -> look.restarts() == 1 && look.state() == ThreadLook.State.ALIVE);
  }

  @Test
  void pulse_ofAnotherOnesThread_isWatchedUntilForgotten() {
    Heartbeat heartbeat = watch.pulse(VITAL);
    nanos.addAndGet(SILENCE.plusSeconds(1).toNanos());
    assertThat(only().state()).isEqualTo(ThreadLook.State.STUCK);

    heartbeat.beat();
    assertThat(only().state()).isEqualTo(ThreadLook.State.ALIVE);

    watch.forget(heartbeat);
    assertThat(watch.look()).isEmpty();
  }

  private ThreadLook only() {
    return watch.look().getFirst();
  }

  private void await(Predicate<ThreadLook> isSo) throws InterruptedException {
    while (!isSo.test(only())) {
      Thread.sleep(1);
    }
  }
}
