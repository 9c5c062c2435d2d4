package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokensTest {

  private static final String HASH = "sha256:" + "0".repeat(64);

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.at("2026-11-30T12:00:00Z");
  private int changes;

  private Path file(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("tokens"), List.of(lines));
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(++changes)));
    return file;
  }

  private static String line(String token, Set<String> symbols, @Nullable LocalDate lastDay) {
    return TokenLine.of(Role.READ, "desk", token, symbols, lastDay).text();
  }

  @Test
  void token_withAnEnd_isGoodThroughItsLastDay() throws IOException {
    Tokens tokens = Tokens.read(file(line("t", Set.of(), LocalDate.parse("2026-11-30"))), clock);
    assertThat(tokens.find("t")).isPresent();
    clock.set(Instant.parse("2026-11-30T23:59:59Z"));
    Token token = tokens.find("t").orElseThrow();
    clock.set(Instant.parse("2026-12-01T00:00:00Z"));
    assertThat(tokens.find("t")).isEmpty();
    assertThat(token.isGood(clock.instant())).isFalse();
  }

  @Test
  void token_withSymbols_coversThoseAlone() throws IOException {
    Tokens tokens =
        Tokens.read(file(line("t", Set.of("NIFTY50", "BTC"), null), line("u", Set.of(), null)));
    Token scoped = tokens.find("t").orElseThrow();
    assertThat(scoped.covers("NIFTY50")).isTrue();
    assertThat(scoped.covers("BANKNIFTY")).isFalse();
    assertThat(scoped.scope()).isEqualTo("BTC, NIFTY50");
    assertThat(tokens.find("u").orElseThrow().covers("BANKNIFTY")).isTrue();
  }

  @Test
  void file_asItEverWas_isRead() throws IOException {
    Tokens tokens = Tokens.read(file("# people", "", Tokens.line(Role.WRITE, "feed", "t")));
    assertThat(tokens.find("t").orElseThrow().name()).isEqualTo("feed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expires=2026-13-01",
        "expires=soon",
        "expires=2026-01-01 expires=2026-01-02",
        "symbols=",
        "symbols=A,,B",
        "symbols=A symbols=B",
        "color=red",
        "more"
      })
  void line_withWhatIsNotUnderstood_isRefused(String rest) throws IOException {
    Path file = file("read desk " + HASH + " " + rest);
    assertThatThrownBy(() -> Tokens.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1: a line must be");
  }

  @Test
  void lines_ofOneToken_mustAgree() throws IOException {
    Path file = file("read desk " + HASH + " symbols=A", "write desk " + HASH);
    assertThatThrownBy(() -> Tokens.read(file)).hasMessageContaining("the lines of token desk");
  }

  @Test
  void file_thatChanged_isReadAgain() throws IOException {
    Tokens tokens = Tokens.read(file(line("old", Set.of(), null), line("kept", Set.of(), null)));
    Token old = tokens.find("old").orElseThrow();
    Token kept = tokens.find("kept").orElseThrow();
    file(line("new", Set.of(), null), line("kept", Set.of(), null));
    tokens.refresh();
    assertThat(tokens.find("new")).isPresent();
    assertThat(tokens.find("old")).isEmpty();
    assertThat(old.isGood(clock.instant())).isFalse();
    assertThat(tokens.find("kept")).containsSame(kept);
  }

  @Test
  void file_thatBecameBad_changesNothing() throws IOException {
    Tokens tokens = Tokens.read(file(line("t", Set.of(), null)));
    file("nonsense");
    tokens.refresh();
    assertThat(tokens.find("t")).isPresent();
    Files.delete(folder.resolve("tokens"));
    tokens.refresh();
    assertThat(tokens.find("t")).isPresent();
    file(line("u", Set.of(), null));
    tokens.refresh();
    assertThat(tokens.find("u")).isPresent();
  }
}
