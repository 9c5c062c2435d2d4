package io.strikegrid.server.live;

import static io.strikegrid.server.live.LiveStore.EXPIRY;
import static io.strikegrid.server.live.LiveStore.NIFTY;
import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Session;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** In which order minutes are given out. */
class LaneTest {

  private static final List<LocalDate> DAYS =
      List.of(LocalDate.of(2025, 4, 16), LocalDate.of(2025, 4, 17), LocalDate.of(2025, 4, 21));
  private static final LocalDate NEWEST = LocalDate.of(2025, 4, 22);

  private final AtomicLong held = new AtomicLong();
  private final Lane lane = new Lane(NIFTY, LiveConfig.usual(), held, System::nanoTime);
  private final Feed feed = new Feed("test", Provenance.LIVE);
  private long now;

  /** A price that is seen at the start of a minute of a session, counted from its opening. */
  static Tick tick(Session session, int minute) {
    long millis = (session.open() + 60L * minute) * 1000;
    double[] values = new double[ObservationField.values().length];
    Arrays.fill(values, Double.NaN);
    values[ObservationField.PRICE.ordinal()] = 5;
    Observation seen = new Observation(24_000, Side.CALL, millis, millis / 1000, 0, values);
    return new Tick(NIFTY, session, Optional.of(EXPIRY), seen);
  }

  private void add(LocalDate day, int minute) {
    Tick tick = tick(NIFTY.calendar().session(day).orElseThrow(), minute);
    now = Math.max(now, tick.observation().millis() + 70_000);
    assertThat(lane.add(feed, tick, new Receipt(() -> {}), now)).isEqualTo(Lane.Added.IN);
  }

  private List<LocalDate> takeDays(int times) {
    List<LocalDate> days = new ArrayList<>();
    for (int n = 0; n < times; n++) {
      List<OpenMinute> taken = lane.take(now + 600_000, Haste.NONE);
      if (!taken.isEmpty()) {
        days.add(taken.getFirst().session().day());
        lane.done();
      }
    }
    return days;
  }

  @Test
  void take_minutesOfManyDays_givesTheNewestDayFirst() {
    DAYS.forEach(day -> add(day, 3));
    add(NEWEST, 4);
    assertThat(takeDays(1)).containsExactly(NEWEST);
    assertThat(takeDays(9))
        .containsExactlyElementsOf(List.of(DAYS.get(0), DAYS.get(2), DAYS.get(1)));
  }

  @Test
  void take_newestDayGoesOn_doesNotStarveTheOthers() {
    DAYS.forEach(day -> add(day, 3));
    List<LocalDate> taken = new ArrayList<>();
    for (int minute = 0; minute < 6; minute++) {
      add(NEWEST, minute);
      taken.addAll(takeDays(1));
    }
    assertThat(taken)
        .containsExactly(NEWEST, DAYS.get(0), NEWEST, DAYS.get(1), NEWEST, DAYS.get(2));
  }

  @Test
  void take_minutesOfOneDay_areAscending() {
    for (int minute : new int[] {5, 3, 4}) {
      add(NEWEST, minute);
    }
    assertThat(lane.take(now + 600_000, Haste.NONE))
        .extracting(OpenMinute::minute)
        .isSorted()
        .hasSize(3);
  }

  @Test
  void take_minutesWereHandedBack_givesThemAgainBeforeOthers() {
    add(NEWEST, 3);
    List<OpenMinute> taken = lane.take(now + 600_000, Haste.NONE);
    add(NEWEST, 4);
    assertThat(lane.take(now + 600_000, Haste.NONE)).isEmpty();
    lane.handBack();
    assertThat(lane.take(now + 600_000, Haste.NONE)).isEqualTo(taken).hasSize(1);
    lane.done();
    assertThat(lane.take(now + 600_000, Haste.NONE)).hasSize(1);
  }

  @Test
  void take_memoryIsFull_closesWhatIsOverByTheClock() {
    add(NEWEST, 5);
    assertThat(lane.take(now, Haste.NONE)).isEmpty();
    assertThat(lane.take(now, Haste.PAST)).isEmpty();
    assertThat(lane.take(now, Haste.CLOCK)).hasSize(1);
  }
}
