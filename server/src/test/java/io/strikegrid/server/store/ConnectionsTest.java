package io.strikegrid.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which use has connections of its own, and how long the server lets each go on. */
class ConnectionsTest {

  private static final TestDatabase STORE = TestDatabase.create();
  private static final int CONNECTIONS = 3;

  @AfterAll
  static void close() {
    STORE.close();
  }

  @Test
  void isAlive_everyConnectionIsTaken_isAnsweredAndSoAreLocksAndJobs() throws Exception {
    Database database = STORE.another(CONNECTIONS);
    try (var _ = all(database);
        SessionLock lock = new SessionLock(database, "job taken");
        StandingConnection listener = database.standing("listener")) {
      assertThat(database.isAlive()).isTrue();
      assertThat(lock.take()).isEqualTo(SessionLock.State.HELD);
      assertThat(listener.sql().isValid(2)).isTrue();
      assertThat(database.background().<Boolean>read(c -> c.isValid(2))).isTrue();
      assertThat(database.standing()).isEqualTo(Map.of("job taken", 1, "listener", 1));
    }
    assertThat(database.standing()).isEmpty();
  }

  private static AutoCloseable all(Database database) throws SQLException {
    List<Connection> taken = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      taken.add(database.connection());
    }
    return () -> {
      for (Connection connection : taken) {
        connection.close();
      }
    };
  }

  @Test
  void standing_oneMoreThanMayBe_isRefusedByNameUntilOneIsGivenBack() throws Exception {
    Database database = STORE.another(1);
    try (StandingConnection _ = database.standing("listener")) {
      StandingConnection second = database.standing("listener");
      assertThatThrownBy(() -> database.standing("listener").close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("of a name at most 2")
          .hasMessageContaining("listener=2");
      second.drop();
      database.standing("listener").close();
    }
  }

  @Test
  void isAlive_itsConnectionWasCut_connectsAgain() {
    Database database = STORE.another(CONNECTIONS);
    assertThat(database.isAlive()).isTrue();
    StoredRows.number(
        database,
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE application_name = 'strikegrid probe' AND datname = current_database()");
    assertThat(database.isAlive()).isTrue();
  }

  @Test
  void write_connectionIsCutInTheMiddle_saysSoInWords() {
    Database database = STORE.another(1);
    assertThatThrownBy(() ->
            database.write(c -> {
              Database.execute(c, "SELECT pg_terminate_backend(pg_backend_pid())");
              return 1;
            }))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("the database refused: ")
        .hasMessageNotContaining("null");
  }

  @Test
  void open_moreConnectionsThanTheServerGives_saysHowManyItCanHave() {
    assertThatThrownBy(() -> Database.open(STORE.url(), 500))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("connections must be at most ")
        .hasMessageContaining("15 are needed beside them")
        .hasMessageEndingWith("have 500");
  }

  @ParameterizedTest
  @CsvSource({
    "read, statement_timeout, 30s",
    "read, lock_timeout, 1min",
    "read, idle_in_transaction_session_timeout, 2min",
    "write, statement_timeout, 110s",
    "write, lock_timeout, 1min",
    "job, statement_timeout, 15min",
    "job write, statement_timeout, 15min",
    "job, idle_in_transaction_session_timeout, 5min",
    "command, statement_timeout, 15min",
    "standing, statement_timeout, 10s",
    "read, client_connection_check_interval, 2s",
    "standing, client_connection_check_interval, 2s",
    "read, tcp_keepalives_idle, 30",
    "job, tcp_user_timeout, 60000",
  })
  void session_eachUse_hasLimitsThatSuitIt(String use, String setting, String value)
      throws Exception {
    Database database = STORE.database();
    String shown =
        switch (use) {
          case "read" -> database.read(c -> show(c, setting));
          case "write" -> database.write(c -> show(c, setting));
          case "job" -> database.background().read(c -> show(c, setting));
          case "job write" -> database.background().write(c -> show(c, setting));
          case "command" -> {
            try (Database command = Database.open(STORE.url(), DatabaseConfig.command(2))) {
              yield command.read(c -> show(c, setting));
            }
          }
          case "standing" -> {
            try (StandingConnection standing = database.standing("listener")) {
              yield show(standing.sql(), setting);
            }
          }
          default -> throw new IllegalArgumentException(use);
        };
    assertThat(shown).isEqualTo(value);
  }

  @Test
  void read_afterAWriteOnTheSameConnection_hasItsOwnLimitAgain() {
    Database database = STORE.another(1);
    assertThat(database.<String>write(c -> show(c, "statement_timeout"))).isEqualTo("110s");
    assertThat(database.<String>read(c -> show(c, "statement_timeout"))).isEqualTo("30s");
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }
}
