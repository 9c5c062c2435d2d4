package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people may do who read with the role that is meant for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadRoleTest {

  private final TestFolder folder;
  private EmbeddedPostgres postgres;

  ReadRoleTest() throws Exception {
    folder = TestFolder.withPrograms();
    postgres = EmbeddedPostgres.open(folder.path());
    Sql.execute(
        postgres,
        "CREATE SCHEMA later; CREATE TABLE later.bars AS SELECT 7 AS n; CREATE TABLE bars AS SELECT"
            + " 7 AS n; CREATE VIEW seen AS SELECT n + 1 AS n FROM bars");
  }

  @AfterAll
  void delete() throws IOException, InterruptedException {
    postgres.close();
    folder.delete();
  }

  @ParameterizedTest
  @CsvSource({
    "SELECT n FROM bars, 7",
    "SELECT n FROM seen, 8",
    "SELECT n FROM later.bars, 7",
    "SHOW default_transaction_read_only, on",
    "SHOW statement_timeout, 1min",
    "SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user, 10",
    "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user, f",
  })
  void read_anything_isAnswered(String query, String answer) throws Exception {
    try (Connection reader = connect();
        Statement statement = reader.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      assertThat(row.getString(1)).isEqualTo(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO bars VALUES (8)",
        "DELETE FROM later.bars",
        "TRUNCATE bars",
        "DROP VIEW seen",
        "CREATE TABLE mine (n int)",
        "CREATE TEMPORARY TABLE mine (n int)",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_try_advisory_xact_lock(1, 2)",
        "SELECT pg_notify('channel', 'text')",
        "SELECT lo_from_bytea(0, 'large')",
        "COPY bars TO PROGRAM 'cat'",
        "ALTER ROLE strikegrid_read SUPERUSER",
      })
  void write_alsoWithoutTheReadOnlySetting_isRefused(String sql) throws Exception {
    try (Connection reader = connect();
        Statement statement = reader.createStatement()) {
      statement.execute("SET default_transaction_read_only = off");
      assertThatThrownBy(() -> statement.execute(sql))
          .isInstanceOf(SQLException.class)
          .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
  }

  @Test
  void passwordFile_made_isItsOwnersAlone() throws Exception {
    Path file = folder.data().readPasswordFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).isNotEqualTo(Files.readString(folder.data().passwordFile()));
  }

  @Test
  void open_passwordFileIsGone_givesTheRoleANewOne() throws Exception {
    Path file = folder.data().readPasswordFile();
    String before = Files.readString(file);
    Files.delete(file);
    postgres.close();
    postgres = EmbeddedPostgres.open(folder.path());
    assertThat(Files.readString(file)).isNotEqualTo(before);
    connect().close();
    assertThat(Sql.text(postgres, "SELECT n FROM bars")).isEqualTo("7");
  }

  private Connection connect() throws SQLException, IOException {
    String password = Files.readString(folder.data().readPasswordFile()).strip();
    return Login.connect(postgres.port(), Login.DATABASE, ReadRole.USER, password);
  }
}
