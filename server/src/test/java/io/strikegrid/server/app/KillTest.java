package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.TestRedis;
import io.strikegrid.server.ingest.redis.RedisConfig;
import io.strikegrid.server.store.Database;
import io.strikegrid.testkit.Await;
import io.strikegrid.testkit.Slow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A server that is killed again and again while a day comes in ends with the rows of its plain
 * import: nothing is lost, nothing counts twice. {@code -Dstrikegrid.kills=50} makes it long.
 */
final class KillTest {

  private static final int KILLS = Integer.getInteger("strikegrid.kills", 3);
  private static final int LONG_RUN = 50;
  private static final int MINUTES = KILLS < LONG_RUN ? 60 : 375;

  /** How much of a day comes in between two kills, about. */
  private static final long SECONDS_A_LIFE = 5;

  private static final int LONGEST_START_MILLIS = 4_000;
  private static final int LONGEST_LIFE_MILLIS = 2_500;
  private static final int COMMIT_WITHIN_MILLIS = 3_000;
  private static final long AFTER_COMMIT_NANOS = 30_000_000;

  @TempDir private Path folder;

  private final long seed = RandomGenerator.getDefault().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);

  private enum Moment {
    COMING_IN,
    JUST_COMMITTED,
    STARTING
  }

  @Slow
  @Test
  void redis_killedAgainAndAgain_givesTheRowsOfTheImport() throws Exception {
    try (TestRedis redis = TestRedis.start();
        LiveProcess server = new LiveProcess(redis.url())) {
      assertSame(
          server, redis.url(), () -> server.status().hasCommittedStream(redis, RedisConfig.STREAM));
      assertThat(redis.commands().xlen(RedisConfig.STREAM + ":dead")).isZero();
    }
  }

  @Slow
  @Test
  void http_killedAgainAndAgain_givesTheRowsOfTheImport() throws Exception {
    try (LiveProcess server = new LiveProcess("")) {
      assertSame(server, server.url(), () -> server.status().hasCommittedPosts());
    }
  }

  @Test
  void timescale_killedAgainAndAgain_leavesNoBucketMissingOrPartial() throws Exception {
    try (TestDatabase store = TestDatabase.timescale();
        LiveProcess server = new LiveProcess("", store.address())) {
      assertSame(
          server,
          server.url(),
          () -> server.status().hasCommittedPosts() && isRefreshed(store.database()));
    }
  }

  private static boolean isRefreshed(Database database) {
    return StoredRows.number(database, "SELECT count(*) FROM strikegrid.awaiting_refresh") == 0;
  }

  private void assertSame(LiveProcess server, String to, Callable<Boolean> isCommitted)
      throws Exception {
    System.out.println("seed " + seed + ", " + KILLS + " kills");
    PolledDay day = PolledDay.generate(folder, seed, MINUTES);
    server.start();
    server.awaitUp();
    long speed = Math.max(1, MINUTES * 60L / (KILLS * SECONDS_A_LIFE));
    FutureTask<String> sending = new FutureTask<>(() -> send(day, to, Long.toString(speed)));
    Thread.ofPlatform().daemon().start(sending);
    Await.until("the first ticks", server.status()::hasTicks);
    for (int i = 0; i < KILLS; i++) {
      killOnce(server, Moment.values()[i % Moment.values().length]);
      server.start();
    }
    server.awaitUp();
    System.out.println(sending.get());
    Await.until("everything is committed", isCommitted);
    assertThat(server.status().read().at("/live/failures").asLong()).isZero();
    assertThat(server.stop()).isTrue();
    assertThat(Files.readString(server.log())).doesNotContain(" ERROR ");
    try (OpenStore store = server.store();
        TestDatabase imported = TestDatabase.create()) {
      day.importInto(imported.database());
      assertThat(StoredRows.number(store.database(), "SELECT count(*) FROM fo_option_strike_bars"))
          .isPositive();
      StoredRows.assertEqualBars(imported.database(), store.database());
    }
  }

  private void killOnce(LiveProcess server, Moment moment) throws Exception {
    switch (moment) {
      case STARTING -> Thread.sleep(random.nextInt(LONGEST_START_MILLIS));
      case COMING_IN -> {
        server.awaitUp();
        Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
      }
      case JUST_COMMITTED -> {
        server.awaitUp();
        awaitCommit(server.status());
        Thread.sleep(Duration.ofNanos(random.nextLong(AFTER_COMMIT_NANOS)));
      }
    }
    server.kill();
    System.out.println("killed: " + moment);
  }

  private static void awaitCommit(LiveStatus status) throws Exception {
    long before = status.minutes();
    long end = System.nanoTime() + COMMIT_WITHIN_MILLIS * 1_000_000L;
    while (status.minutes() == before && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private String send(PolledDay day, String to, String speed) {
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(said)).setOut(new PrintWriter(said));
    int code = line.execute(day.replay(to, speed, seed));
    assertThat(code).as(said.toString()).isZero();
    return said.toString();
  }
}
