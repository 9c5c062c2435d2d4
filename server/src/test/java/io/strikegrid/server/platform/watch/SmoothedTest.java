package io.strikegrid.server.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SmoothedTest {

  private final Smoothed state = new Smoothed(3, 5);

  /** What it counts as after each round of {@code x}, wrong, and {@code .}, right. */
  private String seen(String rounds) {
    StringBuilder seen = new StringBuilder();
    rounds.chars().forEach(round -> seen.append(state.see(round == 'x') ? 'x' : '.'));
    return seen.toString();
  }

  @Test
  void see_outageThatLasts_beginsAndEndsOnce() {
    assertThat(seen("..xxxxxxx........")).isEqualTo("....xxxxxxxxx....");
  }

  @Test
  void see_comesAndGoes_isOneOutage() {
    assertThat(seen("xxx..xx....x....xx.....")).isEqualTo("..xxxxxxxxxxxxxxxxxxxx.");
  }

  @Test
  void see_wrongForAMoment_isNone() {
    List<String> moments = Stream.of("x.", "xx.", "x.x.", "xx.xx.").map(this::seen).toList();
    assertThat(moments).allMatch(seen -> !seen.contains("x"));
  }
}
