package io.strikegrid.server.ingest.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisAddressTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "redis://localhost, redis://localhost:6379",
        "redis://h:7000/3, redis://h:7000/3",
        "rediss://user:p%40ss@h:1, rediss://h:1",
        "redis://:secret@[::1]:6380/0, redis://[::1]:6380"
      })
  void parse_address_isShownWithoutWhoAsks(String text, String shown) {
    assertThat(RedisAddress.parse(text)).hasToString(shown);
  }

  @Test
  void parse_userAndPassword_areDecoded() {
    RedisAddress address = RedisAddress.parse("redis://u%3Aser:p%40s+s@h");

    assertThat(address.user()).isEqualTo("u:ser");
    assertThat(address.password()).isEqualTo("p@s+s");
    assertThat(RedisAddress.parse("redis://secret@h").password()).isEqualTo("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://u:secret@h",
        "redis:",
        "secret",
        "redis://u:secret@h/x",
        "redis://:secret@",
        "redis://u:secret@h:0",
        "redis://h?password=secret",
        "re dis://secret",
        ""
      })
  void parse_anythingElse_isRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> RedisAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis://[user:password@]host:port[/database]")
        .hasMessageNotContaining("secret");
  }
}
