package io.strikegrid.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strikegrid.server.platform.postgres.EmbeddedPostgres;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.DatabaseUrl;
import io.strikegrid.server.store.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * An empty database with our schema, for one test class. All of a JVM's are on one embedded server,
 * which ends with the JVM.
 */
public final class TestDatabase implements AutoCloseable {

  private static final String TIMESCALE = "STRIKEGRID_TEST_TIMESCALE_URL";
  private static final int CONNECTIONS = 6;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final DatabaseUrl server;
  private final DatabaseUrl url;
  private final List<Database> open = new ArrayList<>();

  private TestDatabase(DatabaseUrl server, DatabaseUrl url, Optional<Engine> asked) {
    this.server = server;
    this.url = url;
    open.add(Database.open(url, CONNECTIONS, asked));
  }

  /** Creates one, as a copy of one whose schema was made once. */
  public static TestDatabase create() {
    DatabaseUrl url = create(SharedServer.URL, " TEMPLATE " + SharedServer.SCHEMA);
    execute(url, "UPDATE strikegrid.store SET id = gen_random_uuid()"); // it is a store of its own
    return new TestDatabase(SharedServer.URL, url, Optional.empty());
  }

  /** Makes a data folder whose server need not unpack PostgreSQL's programs first. */
  public static void makeDataFolder(Path folder) throws IOException {
    new UnpackedPostgres(SharedServer.DATA.resolve("runtime")).into(folder);
  }

  /** Creates one on another server, whose user may create databases. */
  public static TestDatabase on(DatabaseUrl server) {
    return on(server, Optional.empty());
  }

  private static TestDatabase on(DatabaseUrl server, Optional<Engine> asked) {
    return new TestDatabase(server, create(server, ""), asked);
  }

  private static DatabaseUrl create(DatabaseUrl server, String how) {
    String name = "test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    execute(server, "CREATE DATABASE " + name + how);
    String url = server.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
    return new DatabaseUrl(url, server.user(), server.password());
  }

  /**
   * Creates one with TimescaleDB; skips the running test where {@code
   * STRIKEGRID_TEST_TIMESCALE_URL} names no server that has it.
   */
  public static TestDatabase timescale() {
    return timescale(Optional.empty());
  }

  /** The same with an engine that is asked for. */
  public static TestDatabase timescale(Optional<Engine> asked) {
    String url = System.getenv(TIMESCALE);
    assumeTrue(
        url != null && !url.isBlank(), TIMESCALE + " names no server with TimescaleDB to test on");
    TestDatabase created = on(DatabaseUrl.parse(Objects.requireNonNull(url)), asked);
    assertThat(created.database().engine()).isEqualTo(asked.orElse(Engine.TIMESCALE));
    return created;
  }

  /** Where it is, for another process. */
  public DatabaseUrl url() {
    return url;
  }

  /** The same with its login, as the option {@code --db} takes it. */
  public String address() {
    return "%s%suser=%s&password=%s"
        .formatted(
            url.jdbcUrl(),
            url.jdbcUrl().contains("?") ? "&" : "?",
            encoded(url.user()),
            encoded(url.password()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The database. */
  public Database database() {
    return open.getFirst();
  }

  /** The same database as another process would have it; closed with this. */
  public Database another() {
    return another(CONNECTIONS);
  }

  /** The same database through so many connections; closed with this. */
  public Database another(int connections) {
    Database database = Database.open(url, connections);
    open.add(database);
    return database;
  }

  /** The database with few connections and nothing else open, to be kept until the JVM ends. */
  Database alone(int connections) {
    open.forEach(Database::close);
    return Database.open(url, connections);
  }

  /** Takes every row of market data out, for the next test of a class. */
  public void clear() {
    database()
        .jdbi()
        .useHandle(h ->
            h.execute(
                "TRUNCATE fo_option_strike_bars, fo_option_strike_bars_5min,"
                    + " fo_option_strike_bars_15min, fo_latest_snapshot, fo_expiry_metrics,"
                    + " fo_expiry_metrics_5min, fo_expiry_metrics_15min, fo_contract_day,"
                    + " instruments, strikegrid.generation, strikegrid.day_expiry,"
                    + " strikegrid.awaiting_refresh, strikegrid.observation, strikegrid.under_live,"
                    + " strikegrid.reported_volume"));
  }

  @Override
  public void close() {
    open.forEach(Database::close);
    execute(server, "DROP DATABASE " + name(url) + " WITH (FORCE)");
  }

  private static String name(DatabaseUrl url) {
    return url.jdbcUrl().replaceFirst("^.*/", "").replaceFirst("\\?.*$", "");
  }

  private static void execute(DatabaseUrl server, String sql) {
    try (var connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class SharedServer {
    private static final Path ROOT = folder();
    private static final Path DATA = ROOT.resolve("data");
    private static final DatabaseUrl URL = start();
    private static final String SCHEMA = schema();

    private static Path folder() {
      try {
        Path root = Files.createTempDirectory("strikegrid-test-store").toRealPath();
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        return root;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static DatabaseUrl start() {
      try {
        EmbeddedPostgres postgres = EmbeddedPostgres.open(DATA);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
        DatabaseUrl url = new DatabaseUrl(postgres.jdbcUrl(), postgres.user(), postgres.password());
        execute(url, "ALTER SYSTEM SET fsync = off"); // it ends with this JVM, power cut or not
        execute(url, "SELECT pg_reload_conf()");
        return url;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    /** A database to make copies of, by its name; nobody is connected to it. */
    private static String schema() {
      DatabaseUrl url = create(URL, "");
      Database.open(url, CONNECTIONS).close();
      return name(url);
    }

    private static void stop(EmbeddedPostgres postgres) {
      postgres.close();
      try (Stream<Path> files = Files.walk(ROOT)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
