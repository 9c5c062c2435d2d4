package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LifeProbeTest {

  private static final LifeProbe.Patience PATIENCE = LifeProbe.Patience.USUAL;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private boolean answers;
  private final LifeProbe probe =
      new LifeProbe(
          PATIENCE,
          nanos::get,
          (port, within) -> {
            asked.incrementAndGet();
            return answers;
          });

  private static Optional<Postmaster> server(long pid, String status) {
    return Optional.of(new Postmaster(pid, Path.of("/postgres"), 5432, status));
  }

  private boolean isFrozenAfter(int questions, long pid, String status) {
    boolean isFrozen = false;
    for (int i = 0; i < questions; i++) {
      isFrozen |= probe.isFrozen(server(pid, status));
    }
    return isFrozen;
  }

  @Test
  void isFrozen_sixQuestionsUnanswered_isSo() {
    assertThat(isFrozenAfter(1, 7, "ready")).isFalse(); // learns which server it is
    assertThat(isFrozenAfter(PATIENCE.most() - 1, 7, "ready")).isFalse();
    assertThat(isFrozenAfter(1, 7, "ready")).isTrue();
  }

  @Test
  void isFrozen_oneAnswerInBetween_beginsAgain() {
    isFrozenAfter(PATIENCE.most(), 7, "ready");
    answers = true;
    assertThat(isFrozenAfter(1, 7, "ready")).isFalse();
    answers = false;
    nanos.addAndGet(PATIENCE.every().toNanos());
    assertThat(isFrozenAfter(PATIENCE.most() - 1, 7, "ready")).isFalse();
  }

  @Test
  void isFrozen_afterAnAnswer_doesNotAskForAWhile() {
    answers = true;
    isFrozenAfter(2, 7, "ready");
    assertThat(asked).hasValue(1);
    isFrozenAfter(10, 7, "ready");
    assertThat(asked).hasValue(1);
    nanos.addAndGet(PATIENCE.every().plus(Duration.ofNanos(1)).toNanos());
    isFrozenAfter(1, 7, "ready");
    assertThat(asked).hasValue(2);
  }

  @Test
  void isFrozen_serverThatStartsStopsOrIsAnother_isNot() {
    assertThat(isFrozenAfter(20, 7, "starting")).isFalse();
    assertThat(isFrozenAfter(20, 7, "stopping")).isFalse();
    assertThat(asked).hasValue(0);
    isFrozenAfter(PATIENCE.most(), 7, "ready");
    assertThat(isFrozenAfter(PATIENCE.most(), 8, "ready")).isFalse();
  }
}
