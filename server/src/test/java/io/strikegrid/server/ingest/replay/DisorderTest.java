package io.strikegrid.server.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.live.Tick;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DisorderTest {

  private static final Underlying NIFTY = Replays.MARKETS.find("NIFTY50").orElseThrow();
  private static final Session SESSION =
      NIFTY.calendar().session(LocalDate.of(2025, 4, 21)).orElseThrow();

  private final long seed = RandomGenerator.getDefault().nextLong();
  private final List<Tick> ticks =
      LongStream.range(0, 20_000)
          .mapToObj(
              i -> Tick.ofUnderlying(NIFTY, SESSION, SESSION.open() * 1000 + i * 100, i + 1.0))
          .toList();

  private List<Long> times(Disorder disorder) {
    return disorder.order(ticks).stream().map(s -> s.tick().observation().millis()).toList();
  }

  @Test
  void order_none_leavesEverythingAsItIs() {
    assertThat(times(new Disorder(0, 0, 0, seed)))
        .isEqualTo(ticks.stream().map(t -> t.observation().millis()).toList());
  }

  @Test
  void order_shuffled_neverComesLaterThanTheBound() {
    long newest = 0;
    long worst = 0;
    for (long time : times(new Disorder(5, 0, 0, seed))) {
      newest = Math.max(newest, time);
      worst = Math.max(worst, newest - time);
    }
    assertThat(worst).as("seed %d", seed).isBetween(1000L, 5000L);
  }

  @Test
  void order_shares_areAboutWhatWasAskedFor() {
    List<Long> times = times(new Disorder(0, 0.01, 0, seed));
    assertThat(times).as("seed %d", seed).hasSizeBetween(20_100, 20_300);
    List<Long> late = new ArrayList<>();
    long newest = 0;
    for (long time : times(new Disorder(0, 0, 0.005, seed))) {
      newest = Math.max(newest, time);
      if (newest - time >= 50_000) {
        late.add(time);
      }
    }
    assertThat(late).as("seed %d", seed).hasSizeBetween(40, 180);
  }

  @Test
  void order_sameSeed_isTheSame() {
    assertThat(times(new Disorder(5, 0.1, 0.1, seed)))
        .isEqualTo(times(new Disorder(5, 0.1, 0.1, seed)));
  }

  @Test
  void disorder_beyondItsBounds_isRefusedWithTheValue() {
    assertThatThrownBy(() -> new Disorder(-1, 0, 0, 1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new Disorder(0, 1.5, 0, 1)).hasMessageContaining("duplicates");
    assertThatThrownBy(() -> new Disorder(0, 0, Double.NaN, 1)).hasMessageContaining("late");
  }
}
