package io.strikegrid.server.ingest.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PageSizeTest {

  private static List<RawEntry> page(int entries, int characters) {
    return Collections.nCopies(
        entries, new RawEntry("1-0", Map.of("ticks", "x".repeat(characters))));
  }

  @Test
  void learn_smallEntries_doublesUpToTheMost() {
    PageSize size = new PageSize();
    assertThat(size.entries()).isEqualTo(PageSize.FIRST);

    size.learn(page(PageSize.FIRST, 100));
    assertThat(size.entries()).isEqualTo(2 * PageSize.FIRST);

    for (int i = 0; i < 10; i++) {
      size.learn(page(size.entries(), 100));
    }
    assertThat(size.entries()).isEqualTo(PageSize.MOST);
  }

  @Test
  void learn_largeEntries_comesDownToWhatFits() {
    PageSize size = new PageSize();

    size.learn(page(4, 1 << 20));
    assertThat(size.entries()).isEqualTo(7);

    size.learn(page(1, 10 << 20));
    assertThat(size.entries()).isEqualTo(1);
  }

  @Test
  void learn_nothing_staysAsItIs() {
    PageSize size = new PageSize();
    size.learn(List.of());
    assertThat(size.entries()).isEqualTo(PageSize.FIRST);
  }
}
