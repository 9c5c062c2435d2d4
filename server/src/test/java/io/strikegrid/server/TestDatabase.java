package io.strikegrid.server;

import io.strikegrid.server.platform.postgres.EmbeddedPostgres;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Fresh databases on one real PostgreSQL server, which lives as long as the tests' process. */
public final class TestDatabase {

  private static final int CONNECTIONS = 8;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestDatabase() {}

  /** A database with nothing but our schema in it; whoever asks closes it. */
  public static Database create() {
    return Database.open(createEmpty(), CONNECTIONS);
  }

  /** Where a database without even our schema is. */
  public static DatabaseUrl createEmpty() {
    EmbeddedPostgres server = Holder.SERVER;
    String name = "test_" + NUMBER.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create " + name, e);
    }
    String url = server.jdbcUrl();
    return new DatabaseUrl(
        url.substring(0, url.lastIndexOf('/') + 1) + name, server.user(), server.password());
  }

  private static final class Holder {
    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        Path root = Files.createTempDirectory("strikegrid-tests").toRealPath();
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        EmbeddedPostgres server = EmbeddedPostgres.open(root.resolve("data"));
        Runtime.getRuntime()
            .addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(server, root)));
        return server;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private static void stop(EmbeddedPostgres server, Path root) {
      server.close();
      try (Stream<Path> tree = Files.walk(root)) {
        for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(path);
        }
      } catch (IOException e) {
        System.err.println("cannot delete " + root + ": " + e.getMessage());
      }
    }
  }
}
