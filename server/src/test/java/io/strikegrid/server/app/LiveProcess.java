package io.strikegrid.server.app;

import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.ingest.journal.JournalConfig;
import io.strikegrid.server.ingest.redis.RedisAddress;
import io.strikegrid.server.ingest.redis.RedisConfig;
import io.strikegrid.server.jobs.KeepingConfig;
import io.strikegrid.server.live.Feeds;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.platform.http.HttpConfig;
import io.strikegrid.server.platform.watch.Uncaught;
import io.strikegrid.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server in a process of its own, with an embedded store, that can be killed and started again.
 * It goes by a {@link FastClock}, and ends by itself where nobody ends it.
 */
final class LiveProcess implements AutoCloseable {

  private static final Duration LIFETIME = Duration.ofMinutes(20);
  private static final long PAGE_BYTES = 16 << 20;
  private static final int CONNECTIONS = 5;

  private final FastClock clock = FastClock.startNow();
  private final Path folder;
  private final int port;
  private final String redisUrl;
  private final String databaseUrl;
  private @Nullable Process process;

  /**
   * One that is not started yet.
   *
   * @param redisUrl of the stream to consume; empty for none
   */
  LiveProcess(String redisUrl) throws IOException {
    this(redisUrl, "");
  }

  /**
   * One that is not started yet.
   *
   * @param redisUrl of the stream to consume; empty for none
   * @param databaseUrl of its store; empty for the embedded one
   */
  LiveProcess(String redisUrl, String databaseUrl) throws IOException {
    this(redisUrl, databaseUrl, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * One that is not started yet.
   *
   * @param redisUrl of the stream to consume; empty for none
   * @param databaseUrl of its store; empty for the embedded one
   * @param disk where all that it keeps is
   */
  LiveProcess(String redisUrl, String databaseUrl, Path disk) throws IOException {
    this.folder = folder(disk);
    this.redisUrl = redisUrl;
    this.databaseUrl = databaseUrl;
    if (databaseUrl.isEmpty()) {
      TestDatabase.makeDataFolder(data());
    }
    try (ServerSocket free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
  }

  private static Path folder(Path disk) throws IOException {
    Path folder = Files.createTempDirectory(disk, "strikegrid-live").toRealPath();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    return folder;
  }

  public static void main(String[] args) throws Exception {
    Uncaught.install();
    Thread.ofPlatform().daemon().start(LiveProcess::endLate);
    Path data = Path.of(args[0]);
    Optional<RedisConfig> redis =
        args[2].isEmpty()
            ? Optional.empty()
            : Optional.of(RedisConfig.of(RedisAddress.parse(args[2]), RedisConfig.STREAM));
    ServeConfig config =
        new ServeConfig(
            store(data, args[4]),
            new HttpConfig("127.0.0.1", Integer.parseInt(args[1]), Optional.empty(), false),
            PAGE_BYTES,
            JournalConfig.in(data.resolve("journal")),
            Feeds.SILENT_AFTER,
            LiveConfig.usual(),
            false,
            redis);
    InstantSource clock = new FastClock(Long.parseLong(args[3]));
    Node node = Node.start(config, new ClockFile(clock, clockFile(data)));
    Runtime.getRuntime().addShutdownHook(new Thread(node::close));
    Thread.currentThread().join();
  }

  private static StoreConfig store(Path data, String databaseUrl) {
    return new StoreConfig(
        data,
        Optional.of(databaseUrl).filter(url -> !url.isEmpty()),
        Optional.empty(),
        List.of(),
        KeepingConfig.USUAL,
        CONNECTIONS);
  }

  private static void endLate() {
    try {
      Thread.sleep(LIFETIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(3);
  }

  /** Starts it; waits for nothing. */
  void start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LiveProcess.class.getName()));
    command.addAll(
        List.of(data().toString(), "" + port, redisUrl, Long.toString(clock.start()), databaseUrl));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
  }

  private static Path clockFile(Path data) {
    return data.resolveSibling("clock");
  }

  /** Sets its clock, so much ahead of the right one. */
  void setClock(Duration ahead) throws IOException {
    ClockFile.set(clockFile(data()), ahead);
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** What it says, in all its lives. */
  Path log() {
    return folder.resolve("log");
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  LiveStatus status() {
    return new LiveStatus(port);
  }

  /** Waits until it serves. */
  void awaitUp() throws Exception {
    LiveStatus status = status();
    Await.until("a server, which says " + log(), status::isUp);
  }

  /** Its process. */
  long pid() {
    return Objects.requireNonNull(process).pid();
  }

  /** The process of its embedded database server. */
  long postmaster() throws IOException {
    Path file = data().resolve("postgres").resolve("postmaster.pid");
    return Long.parseLong(Files.readAllLines(file).getFirst().strip());
  }

  /** A connection to its embedded store, as its owner. */
  Connection storeConnection() throws IOException, SQLException {
    String port = Files.readString(data().resolve("postgres.port")).strip();
    String password = Files.readString(data().resolve("postgres.password")).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/strikegrid", "strikegrid", password);
  }

  /** Sends SIGKILL. */
  void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
  }

  /** Ends it properly. Returns whether it did so in time. */
  boolean stop() throws InterruptedException {
    Process running = process;
    if (running == null) {
      return true;
    }
    running.destroy();
    return running.waitFor(30, TimeUnit.SECONDS);
  }

  /** Its store, once it has ended. */
  OpenStore store() throws IOException, InterruptedException {
    return OpenStore.open(store(data(), databaseUrl));
  }

  @Override
  public void close() {
    try {
      kill();
      store().close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
