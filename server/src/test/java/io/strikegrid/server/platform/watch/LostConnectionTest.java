package io.strikegrid.server.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LostConnectionTest {

  @ParameterizedTest
  @MethodSource
  void isCauseOf_failure_tellsALostStoreFromOneThatRefuses(SQLException cause, boolean isLost) {
    RuntimeException wrapped = new IllegalStateException(new IllegalArgumentException(cause));
    assertThat(LostConnection.isCauseOf(wrapped)).isEqualTo(isLost);
  }

  static Stream<Arguments> isCauseOf_failure_tellsALostStoreFromOneThatRefuses() {
    return Stream.of(
        Arguments.of(new SQLException("refused", "08001"), true),
        Arguments.of(new SQLException("broken", "08006"), true),
        Arguments.of(new SQLException("stopping", "57P01"), true),
        Arguments.of(new SQLException("starting", "57P03"), true),
        Arguments.of(new SQLTransientConnectionException("none free"), true),
        Arguments.of(new SQLException("no answer", new SocketTimeoutException()), true),
        Arguments.of(new SQLException("Connection is closed"), true),
        Arguments.of(new SQLException("too slow", "57014"), false),
        Arguments.of(new SQLException("no such table", "42P01"), false),
        Arguments.of(new SQLException("disk full", "53100"), false));
  }
}
