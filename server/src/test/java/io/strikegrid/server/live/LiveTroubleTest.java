package io.strikegrid.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveTroubleTest {

  private static final int TOO_MANY_STRIKES = 2_001;

  @Test
  void trouble_ofMinutesThatAreRefusedInTheEnd_isOver() throws InterruptedException {
    try (LiveStore store = new LiveStore()) {
      rename(store, "fo_option_strike_bars", "hidden");
      List<Observation> seen = new ArrayList<>();
      for (int i = 0; i < TOO_MANY_STRIKES; i++) {
        seen.add(Ticked.at(0, 1).strike(10_000 + 10 * i).price(100).made());
      }
      store.offer(seen);
      store.at(1, 30);
      Await.until("it is told", () -> store.live().state().trouble().isPresent());
      rename(store, "hidden", "fo_option_strike_bars");
      store.settle(0);

      assertThat(store.feed.refused()).isPositive();
      assertThat(store.live().state().trouble()).isEmpty();
    }
  }

  private static void rename(LiveStore store, String from, String to) {
    store.database().jdbi().useHandle(h -> h.execute("ALTER TABLE " + from + " RENAME TO " + to));
  }
}
