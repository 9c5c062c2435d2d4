package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.TestRedis;
import io.strikegrid.server.ingest.redis.RedisConfig;
import io.strikegrid.server.platform.postgres.SmallDisk;
import io.strikegrid.testkit.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * One day that comes in while faults befall the server, the store, Redis, the disk or the clock, as
 * a seed has it. A fault that the server can know of is named in {@code /status} while it lasts,
 * and after each the server is ready again by itself. In the end the rows are those of the plain
 * import.
 */
final class FaultRun implements AutoCloseable {

  private static final int MINUTES = 45;
  private static final int FAULTS = 3;
  private static final long SECONDS = 9;

  /**
   * What is measured by runs that are recorded. Among other tests a machine is as fast as they
   * leave it, and a server that never comes back is all that counts.
   */
  private static final long READY_WITHIN_SECONDS =
      Long.getLong("strikegrid.faults.ready", TimeUnit.MINUTES.toSeconds(1));

  private static final int LONGEST_PAUSE_MILLIS = 1_500;
  private static final int STANDSTILL_MILLIS = 2_500;
  private static final int DISK_EVERY = 3;
  private static final int DISK_MEBIBYTES = 640;
  private static final int LONGEST_DELAY_MICROS = 100_000;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String NO_STORE = "the store does not answer";

  private final long seed;
  private final SplittableRandom random;
  private final Path folder;
  private final List<Fault> faults = new ArrayList<>();
  private final @Nullable TestRedis redis;
  private final @Nullable SmallDisk disk;
  private final LiveProcess server;

  /** A run that has not begun. */
  FaultRun(long seed, Path folder) throws IOException, InterruptedException {
    this.seed = seed;
    this.folder = folder;
    this.random = new SplittableRandom(seed);
    this.redis = random.nextBoolean() ? TestRedis.start() : null;
    this.disk =
        "root".equals(System.getProperty("user.name")) && random.nextInt(DISK_EVERY) == 0
            ? SmallDisk.mount(DISK_MEBIBYTES)
            : null;
    this.server =
        new LiveProcess(
            redis == null ? "" : redis.url(),
            "",
            disk == null ? Path.of(System.getProperty("java.io.tmpdir")) : disk.path());
  }

  /** The faults so far. */
  List<Fault> faults() {
    return faults;
  }

  void run() throws Exception {
    PolledDay day = PolledDay.generate(folder, seed, MINUTES);
    server.start();
    server.awaitUp();
    FutureTask<String> sending = new FutureTask<>(() -> send(day));
    Thread.ofPlatform().daemon().start(sending);
    Await.until("the first ticks", server.status()::hasTicks);
    for (int i = 0; i < FAULTS; i++) {
      Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
      Fault fault = next();
      faults.add(fault);
      befall(fault);
      awaitReady(fault);
    }
    sending.get();
    Await.until("everything is committed", this::isCommitted);
    assertThat(server.stop()).as("seed %d: it stops", seed).isTrue();
    assertSame(day);
  }

  private Fault next() {
    List<Fault> possible =
        Arrays.stream(Fault.values())
            .filter(f -> redis != null || !f.isOfRedis())
            .filter(f -> disk != null || f != Fault.DISK_FULL)
            .toList();
    return possible.get(random.nextInt(possible.size()));
  }

  private void befall(Fault fault) throws Exception {
    switch (fault) {
      case SERVER_KILLED -> {
        server.kill();
        server.start();
      }
      case SERVER_STOPPED -> standStill(server.pid());
      case STORE_KILLED -> {
        int before = server.status().restarts();
        signal("KILL", server.postmaster());
        Await.until("it is told as a restart", () -> server.status().restarts() > before);
      }
      case STORE_STOPPED -> {
        long postmaster = server.postmaster();
        List<Long> backends = children(postmaster);
        signal("STOP", postmaster);
        backends.forEach(pid -> signal("STOP", pid));
        try {
          awaitNamed(fault, () -> server.status().reasons().contains(NO_STORE));
        } finally {
          backends.forEach(pid -> signal("CONT", pid));
          signal("CONT", postmaster);
        }
      }
      case STORE_SLOW -> {
        try (Connection store = server.storeConnection()) {
          delayCommits(store, LONGEST_DELAY_MICROS);
          Thread.sleep(random.nextInt(STANDSTILL_MILLIS));
          delayCommits(store, 0);
        }
      }
      case DISK_FULL -> {
        Path ballast = Objects.requireNonNull(disk).fill();
        awaitNamed(fault, () -> server.status().reasons().contains("free"));
        Files.delete(ballast);
      }
      case CLOCK_BACK -> {
        server.setClock(HOUR.negated());
        awaitNamed(fault, () -> server.status().reasons().contains("was set back by"));
        server.setClock(Duration.ZERO);
      }
      case CLOCK_AHEAD -> {
        server.setClock(HOUR);
        Thread.sleep(random.nextInt(STANDSTILL_MILLIS));
        server.setClock(Duration.ZERO);
      }
      case REDIS_KILLED -> {
        redis().stop();
        awaitNamed(fault, () -> server.status().isTroubled("redis"));
        redis().startAgain();
      }
      case REDIS_STOPPED -> {
        redis().freeze();
        try {
          awaitNamed(fault, () -> server.status().isTroubled("redis"));
        } finally {
          redis().thaw();
        }
      }
    }
  }

  private void awaitNamed(Fault fault, Callable<Boolean> isNamed) {
    Await.until("seed " + seed + ": " + fault + " is named in /status", isNamed);
  }

  private static void delayCommits(Connection store, int micros) throws SQLException {
    try (Statement statement = store.createStatement()) {
      statement.execute("ALTER SYSTEM SET commit_delay = " + micros);
      statement.execute("ALTER SYSTEM SET commit_siblings = 0");
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private static List<Long> children(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .toList();
  }

  private TestRedis redis() {
    if (redis == null) {
      throw new IllegalStateException("this run has no Redis");
    }
    return redis;
  }

  private void standStill(long pid) throws InterruptedException {
    standStill(() -> signal("STOP", pid), () -> signal("CONT", pid));
  }

  private void standStill(Runnable stop, Runnable goOn) throws InterruptedException {
    stop.run();
    try {
      Thread.sleep(random.nextInt(STANDSTILL_MILLIS));
    } finally {
      goOn.run();
    }
  }

  private static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void awaitReady(Fault fault) throws Exception {
    long started = System.nanoTime();
    server.awaitUp();
    long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
    assertThat(took)
        .as("seed %d: seconds until it is ready again after %s", seed, fault)
        .isLessThan(
            READY_WITHIN_SECONDS + (fault == Fault.SERVER_KILLED ? READY_WITHIN_SECONDS : 0));
  }

  private boolean isCommitted() throws IOException {
    return redis == null
        ? server.status().hasCommittedPosts()
        : server.status().hasCommittedStream(redis, RedisConfig.STREAM);
  }

  private String send(PolledDay day) {
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(said)).setOut(new PrintWriter(said));
    String to = redis == null ? server.url() : redis.url();
    int code = line.execute(day.replay(to, Long.toString(MINUTES * 60L / SECONDS), seed));
    assertThat(code).as("seed %d: %s", seed, said).isZero();
    return said.toString();
  }

  /** Nothing is lost, nothing counts twice, nothing was refused. */
  private void assertSame(PolledDay day) throws Exception {
    try (OpenStore store = server.store();
        TestDatabase imported = TestDatabase.create()) {
      day.importInto(imported.database());
      assertThat(StoredRows.number(store.database(), "SELECT count(*) FROM fo_option_strike_bars"))
          .as("seed %d", seed)
          .isPositive();
      StoredRows.assertEqualBars(imported.database(), store.database());
    } catch (AssertionError e) {
      Path log = Files.createTempFile("fault-" + seed, ".log");
      Files.copy(server.log(), log, StandardCopyOption.REPLACE_EXISTING);
      throw new AssertionError("seed " + seed + ", " + faults + ", its log is in " + log, e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (redis != null) {
      redis.close();
    }
    if (disk != null) {
      disk.close();
    }
  }
}
