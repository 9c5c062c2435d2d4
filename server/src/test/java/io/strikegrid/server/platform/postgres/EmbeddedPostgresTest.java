package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server that was started on an empty folder is like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class EmbeddedPostgresTest {

  private final TestFolder folder;
  private final EmbeddedPostgres postgres;

  EmbeddedPostgresTest() throws IOException, InterruptedException {
    folder = TestFolder.create();
    postgres = EmbeddedPostgres.open(folder.path());
  }

  @BeforeAll
  void started() {
    assertThat(postgres.joined()).isFalse();
    assertThat(postgres.tookOver()).isFalse();
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    postgres.close();
    folder.delete();
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "full_page_writes, on",
    "data_checksums, on",
    "password_encryption, scram-sha-256",
    "listen_addresses, 127.0.0.1",
    "unix_socket_directories, ''",
    "server_encoding, UTF8",
    "wal_compression, pglz",
    "jit, off",
    "max_connections, 100",
    "shared_buffers, 256MB",
  })
  void open_newFolder_setsParameter(String name, String value) throws SQLException {
    assertThat(Sql.text(postgres, "SHOW " + name)).isEqualTo(value);
  }

  @Test
  void open_newFolder_createsDatabaseWithTheLocaleOfNoMachine() throws SQLException {
    String query =
        "SELECT datname || ' ' || datlocprovider::text || ' ' || datlocale FROM pg_database"
            + " WHERE datname = current_database()";
    assertThat(Sql.text(postgres, query)).isEqualTo("strikegrid b C.UTF-8");
  }

  @Test
  void open_newFolder_listensOnLoopbackOnly() throws IOException {
    assertThat(listeners("/proc/net/tcp")).containsExactly("0100007F");
    assertThat(listeners("/proc/net/tcp6")).isEmpty();
  }

  @Test
  void login_wrongPassword_isRefused() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "strikegrid", "wrong"))
        .extracting(SQLException::getSQLState)
        .isEqualTo("28P01");
  }

  @Test
  void passwordFile_isForItsOwnerOnly() throws IOException {
    Path file = folder.data().passwordFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file).strip()).isEqualTo(postgres.password()).hasSize(43);
  }

  @Test
  void dataFolder_hidesItsFilesFromOthers() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
        .isEqualTo(RunAs.isRoot() ? "rwx--x--x" : "rwx------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.data().cluster())))
        .isEqualTo("rwx------");
  }

  @Test
  void open_againInThisProcess_joinsAndLeavesItRunning() throws Exception {
    try (EmbeddedPostgres second = EmbeddedPostgres.open(folder.path())) {
      assertThat(second.joined()).isTrue();
      assertThat(second.port()).isEqualTo(postgres.port());
    }
    assertThat(Sql.text(postgres, "SELECT 1")).isEqualTo("1");
    assertThat(folder.postmasters()).hasSize(1);
  }

  private List<String> listeners(String table) throws IOException {
    String port = String.format(Locale.ROOT, ":%04X", postgres.port());
    try (Stream<String> lines = Files.lines(Path.of(table))) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(columns -> columns[1].endsWith(port) && columns[3].equals("0A"))
          .map(columns -> columns[1].substring(0, columns[1].length() - port.length()))
          .toList();
    }
  }
}
