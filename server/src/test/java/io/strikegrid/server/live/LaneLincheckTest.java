package io.strikegrid.server.live;

import static io.strikegrid.server.live.LiveStore.EXPIRY;
import static io.strikegrid.server.live.LiveStore.NIFTY;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Session;
import io.strikegrid.testkit.Slow;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Whatever feeds and committers do at once is as if they had done it one after the other. */
final class LaneLincheckTest {

  private static final Session DAY =
      NIFTY.calendar().session(LocalDate.of(2025, 4, 22)).orElseThrow();
  private static final long LATE = (DAY.close() + 600) * 1000;

  /** A lane with what threads do to it. */
  public static final class Callers {

    private final AtomicLong held = new AtomicLong();
    private final Lane lane = new Lane(NIFTY, LiveConfig.usual(), held, () -> 0L);
    private final Feed feed = new Feed("test", Provenance.LIVE);

    @Operation
    public String add(@Param(gen = IntGen.class, conf = "0:2") int minute) {
      long millis = (DAY.open() + 60L * minute) * 1000;
      double[] values = new double[ObservationField.values().length];
      Arrays.fill(values, Double.NaN);
      values[ObservationField.PRICE.ordinal()] = 5;
      Observation seen = new Observation(24_000, Side.CALL, millis, millis / 1000, 0, values);
      Tick tick = new Tick(NIFTY, DAY, Optional.of(EXPIRY), seen);
      return lane.add(feed, tick, new Receipt(() -> {}), LATE).name();
    }

    @Operation
    public List<Long> take() {
      return lane.take(LATE, Haste.NONE).stream().map(OpenMinute::minute).toList();
    }

    @Operation
    public void handBack() {
      lane.handBack();
    }

    @Operation
    public void done() {
      lane.done();
    }

    @Operation
    public int minutes() {
      return lane.minutes();
    }

    @Operation
    public boolean has() {
      return lane.has(DAY.day());
    }
  }

  @Slow
  @Test
  void lane_ofRandomCallers_isLinearHoweverTheyAreSwitched() {
    new ModelCheckingOptions().iterations(10).invocationsPerIteration(200).check(Callers.class);
  }
}
