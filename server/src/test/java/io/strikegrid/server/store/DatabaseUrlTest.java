package io.strikegrid.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.server.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  private static final String SECRET = "s3cr3t";

  /** What the driver takes in the place of PGPASSFILE, for a process that cannot set that. */
  private static final String PASSWORD_FILE = "org.postgresql.pgpassfile";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://user:s3cr3t@127.0.0.1:1/name",
        "postgres://user:s3cr3t@127.0.0.1:1/name",
        "jdbc:postgresql://user:s3cr3t@127.0.0.1:1/name",
        "jdbc:postgresql://127.0.0.1:1/name?user=user&password=s3cr3t",
        "jdbc:postgresql://127.0.0.1:1/name?p%61ssword=s3cr3t",
        "jdbc:postgresql://127.0.0.1:1/name?sslpassword=s3cr3t&connectTimeout=1",
        "jdbc:postgresql://127.0.0.1:1/name?SSLPassword=s3cr3t",
        "jdbc:postgresql://127.0.0.1:1/name?passwd=s3cr3t",
        "jdbc:postgresql://127.0.0.1:1/name?client_secret=s3cr3t",
        "jdbc:postgresql://127.0.0.1:1/name?oauth_token=s3cr3t",
      })
  void toString_addressWithASecret_showsNoneAndNorDoesAFailure(String text) {
    DatabaseUrl url = DatabaseUrl.parse(text);
    assertThat(url.toString()).contains("127.0.0.1:1/name").doesNotContain(SECRET);
    assertThat(url.jdbcUrl()).doesNotContain(SECRET);
    assertThatThrownBy(() -> Database.open(url, 1))
        .isInstanceOf(StoreException.class)
        .satisfies(e -> {
          for (Throwable each = e; each != null; each = each.getCause()) {
            assertThat(String.valueOf(each)).doesNotContain(SECRET);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://user:s3cr3t@127.0.0.1",
        "postgresql://user:s3cr3t#more@127.0.0.1/name",
        "postgresql://127.0.0.1/name?password=s3cr3t#more",
        "postgresql://user:s3cr3t^@127.0.0.1/name",
        "postgresql://127.0.0.1/name?password=s3cr3t%zz",
        "mysql://user:s3cr3t@127.0.0.1/name",
        "s3cr3t",
      })
  void parse_textThatIsNoAddress_isRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(SECRET)
        .hasNoCause();
  }

  @Test
  void parse_parametersThatAreNotSecret_stay() {
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://u%40x:p%3Aw@h/n?sslmode=require&sslpassword=k&user=other");
    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/n?sslmode=require");
    assertThat(url.user()).isEqualTo("other");
    assertThat(url.password()).isEqualTo("p:w");
    assertThat(url.hidden()).isEqualTo(Map.of("sslpassword", "k"));
  }

  @Test
  void open_passwordInThePasswordFile_isFound(@TempDir Path folder) throws IOException {
    try (TestDatabase store = TestDatabase.create()) {
      DatabaseUrl known = store.url();
      Path file = folder.resolve("pgpass");
      Files.writeString(file, "127.0.0.1:*:*:" + known.user() + ":" + known.password() + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      System.setProperty(PASSWORD_FILE, file.toString());
      try (Database database =
          Database.open(new DatabaseUrl(known.jdbcUrl(), known.user(), ""), 3)) {
        assertThat(database.isAlive()).isTrue();
      } finally {
        System.clearProperty(PASSWORD_FILE);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://u:own@h/n, ours, theirs, own",
    "postgresql://u@h/n, ours, theirs, ours",
    "postgresql://u@h/n, '', theirs, theirs",
    "postgresql://u@h/n, '', '', ''",
  })
  void withPasswordOf_environment_isUsedWhereTheAddressHasNone(
      String text, String ours, String theirs, String expected) {
    Map<String, String> environment = Map.of("STRIKEGRID_DB_PASSWORD", ours, "PGPASSWORD", theirs);
    assertThat(DatabaseUrl.parse(text).withPasswordOf(environment).password()).isEqualTo(expected);
  }
}
