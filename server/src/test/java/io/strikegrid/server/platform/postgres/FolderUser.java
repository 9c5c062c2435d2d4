package io.strikegrid.server.platform.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;

/**
 * A process of its own that uses a data folder: {@code FolderUser FOLDER ROWS}. It inserts rows one
 * commit at a time and prints the number of each after its commit, then waits for input to close
 * and leave.
 */
final class FolderUser {

  private static final Duration LIFETIME = Duration.ofMinutes(2);

  private FolderUser() {}

  public static void main(String[] args) throws Exception {
    Thread.ofPlatform().daemon().start(FolderUser::endLate);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.open(Path.of(args[0]))) {
      System.out.println("joined " + postgres.joined() + " tookOver " + postgres.tookOver());
      insert(postgres, Integer.parseInt(args[1]));
      System.out.println("done");
      System.in.read();
    }
    System.out.println("left");
  }

  private static void insert(EmbeddedPostgres postgres, int rows) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS acknowledged (n int)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO acknowledged VALUES (?)")) {
        for (int n = 1; n <= rows; n++) {
          insert.setInt(1, n);
          insert.executeUpdate();
          System.out.println("row " + n);
        }
      }
    }
  }

  private static void endLate() {
    try {
      Thread.sleep(LIFETIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(3);
  }
}
