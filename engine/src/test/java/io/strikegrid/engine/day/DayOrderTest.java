package io.strikegrid.engine.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The rows of a day are the same however what was observed is cut into commits, and in whatever
 * order those come: {@code -Dstrikegrid.days=1000000} tries so many days, and {@code
 * -Dstrikegrid.days.seed} one of them.
 */
class DayOrderTest {

  private static final int DAYS = Integer.getInteger("strikegrid.days", 10_000);
  private static final int MOST_PIECES = 4;

  @Test
  void commit_anyDayInAnyPieces_makesTheSameRows() {
    Long asked = Long.getLong("strikegrid.days.seed");
    List<Long> wrong =
        (asked == null ? LongStream.range(0, DAYS) : LongStream.of(asked))
            .parallel()
            .filter(seed -> !difference(seed).isEmpty())
            .boxed()
            .toList();
    String first = wrong.isEmpty() ? "" : difference(wrong.getFirst());
    assertThat(wrong).as("days that depend on how they came in; %s", first).isEmpty();
  }

  private static String difference(long seed) {
    RandomDay day = new RandomDay(new Random(seed));
    MemoryDay whole = new MemoryDay();
    day.imports(1).forEach(whole::commitBars);
    day.ticks(1).forEach(whole::commitTicks);
    MemoryDay pieces = new MemoryDay();
    Random random = new Random(~seed);
    List<Runnable> commits = new ArrayList<>();
    day.early(random.nextInt(MOST_PIECES) + 1).forEach(pieces::commitBars);
    day.late(random.nextInt(MOST_PIECES) + 1)
        .forEach(of -> commits.add(() -> pieces.commitBars(of)));
    day.ticks(random.nextInt(MOST_PIECES) + 1)
        .forEach(of -> commits.add(() -> pieces.commitTicks(of)));
    Collections.shuffle(commits, random);
    for (Runnable commit : commits) {
      commit.run();
      switch (random.nextInt(6)) {
        case 0 -> pieces.restart();
        case 1 -> pieces.forgetBars();
        default -> {}
      }
    }
    return whole.isSame(pieces) ? "" : difference(whole.text(), pieces.text());
  }

  private static String difference(List<String> whole, List<String> pieces) {
    List<String> missing = new ArrayList<>(whole);
    missing.removeAll(pieces);
    List<String> surplus = new ArrayList<>(pieces);
    surplus.removeAll(whole);
    return missing.isEmpty() && surplus.isEmpty()
        ? ""
        : "at once:\n%s\nin pieces:\n%s"
            .formatted(String.join("\n", missing), String.join("\n", surplus));
  }
}
