package io.strikegrid.server.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strikegrid.server.platform.http.ClientGoneException;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AdmissionTest {

  private static final long SIZE = 8_000;
  private static final long MOST = 7_000;
  private static final long SMALL = SIZE / 64;

  private final Admission admission = new Admission(SIZE, Duration.ofMinutes(1));

  private CompletableFuture<Admission.Permit> later(long bytes) {
    int before = admission.waiting();
    CompletableFuture<Admission.Permit> permit = new CompletableFuture<>();
    Thread.startVirtualThread(() -> permit.complete(admission.admit(bytes)));
    while (admission.waiting() == before && !permit.isDone()) {
      Thread.onSpinWait();
    }
    return permit;
  }

  @Test
  void admit_moreThanThereIs_isTooMuchAndNamesBoth() {
    Admission room = new Admission(16 << 20);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> room.admit(20 << 20))
        .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.TOO_MUCH))
        .withMessage("this takes up to 20 MiB of memory to answer; have room for 14 MiB");
  }

  @Test
  void admit_whileThereIsRoom_takesItUntilClosed() {
    Admission.Permit permit = admission.admit(5_000);
    assertThat(admission.used()).isEqualTo(5_000);
    permit.close();
    permit.close();
    assertThat(admission.used()).isZero();
  }

  @Test
  void admit_whileOthersHoldIt_waitsInTurn() {
    Admission.Permit all = admission.admit(MOST);
    CompletableFuture<Admission.Permit> first = later(MOST);
    CompletableFuture<Admission.Permit> second = later(1_000);
    assertThat(first).isNotDone();
    all.close();
    Admission.Permit admitted = first.join();
    assertThat(second).isNotDone();
    admitted.close();
    second.join().close();
    assertThat(admission.used()).isZero();
  }

  @Test
  void admit_whoLeavesWhileItWaits_leavesTheQueue() {
    Admission.Permit all = admission.admit(MOST);
    AtomicBoolean isGone = new AtomicBoolean();
    CompletableFuture<Admission.Permit> left = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        left.complete(admission.admit(MOST, isGone::get));
      } catch (RuntimeException e) {
        left.completeExceptionally(e);
      }
    });
    Await.until("it waits", () -> admission.waiting() == 1);
    CompletableFuture<Admission.Permit> next = later(1_000);
    isGone.set(true);
    assertThat(left)
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .withCauseInstanceOf(ClientGoneException.class);
    assertThat(admission.waiting()).isOne();
    all.close();
    next.join().close();
    assertThat(admission.used()).isZero();
  }

  @Test
  void admit_smallWorkBesideAQueue_doesNotWait() {
    Admission.Permit all = admission.admit(MOST);
    CompletableFuture<Admission.Permit> waiting = later(MOST);
    admission.admit(SMALL).close();
    admission.admit(0).close();
    assertThat(waiting).isNotDone();
    all.close();
    waiting.join().close();
  }

  @Test
  void admit_pastItsDeadline_isNotReadyAndLeavesTheQueue() {
    Admission hasty = new Admission(SIZE, Duration.ofMillis(1));
    Admission.Permit all = hasty.admit(MOST);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> hasty.admit(1_000))
        .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.NOT_READY));
    assertThat(hasty.waiting()).isZero();
    all.close();
    assertThat(hasty.used()).isZero();
  }

  @Test
  void admit_withAFullQueue_isNotReadyAtOnce() {
    Admission.Permit all = admission.admit(MOST);
    List<CompletableFuture<Admission.Permit>> waiting = new ArrayList<>();
    IntStream.range(0, 64).forEach(i -> waiting.add(later(1_000)));
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> admission.admit(1_000))
        .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.NOT_READY));
    all.close();
    waiting.forEach(one -> one.join().close());
    assertThat(admission.used()).isZero();
  }

  @Test
  void admit_fromManyThreads_neverGivesMoreThanThereIs() throws InterruptedException {
    AtomicLong held = new AtomicLong();
    ConcurrentLinkedQueue<Long> over = new ConcurrentLinkedQueue<>();
    Semaphore done = new Semaphore(0);
    for (int thread = 0; thread < 16; thread++) {
      long bytes = 500 + 400L * thread;
      Thread.startVirtualThread(() -> {
        for (int i = 0; i < 200; i++) {
          try (Admission.Permit _ = admission.admit(bytes)) {
            long now = held.addAndGet(bytes);
            if (now > MOST) {
              over.add(now);
            }
            Thread.onSpinWait();
            held.addAndGet(-bytes);
          }
        }
        done.release();
      });
    }
    assertThat(done.tryAcquire(16, 60, TimeUnit.SECONDS)).isTrue();
    assertThat(over).isEmpty();
    assertThat(admission.used()).isZero();
  }
}
