package io.strikegrid.server.jobs;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.audit.AuditDay;
import io.strikegrid.server.audit.AuditDays;
import io.strikegrid.server.audit.AuditResult;
import io.strikegrid.server.audit.RollupAudit;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares roll-ups with the one-minute rows and mends them: every recent day, and a few older ones
 * by chance. A run ends after about {@link #ENOUGH}; the recent days that it did not come to are
 * the first of the next one, and an older day is in every run. That something differed is no
 * failure: it is logged and counted. That it differs still is one.
 */
public final class AuditJob implements Job {

  /** How long a run goes on to the next day. */
  static final Duration ENOUGH = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(AuditJob.class);
  private static final int OLDER_DAYS = 3;

  private final Database database;
  private final Function<String, Optional<Underlying>> underlyings;
  private final InstantSource clock;
  private final RandomGenerator seeds;
  private final RollupAudit audit;
  private final Map<AuditDay, Long> runOf = new ConcurrentHashMap<>();
  private long runs;

  /**
   * The job.
   *
   * @param underlyings finds one by its symbol
   * @param repaired told of every day that a repair changed
   * @param seeds gives each run its seed
   */
  public AuditJob(
      Database database,
      Function<String, Optional<Underlying>> underlyings,
      Consumer<GenerationStore.Row> repaired,
      RandomGenerator seeds,
      InstantSource clock) {
    this.database = database;
    this.underlyings = underlyings;
    this.clock = clock;
    this.seeds = seeds;
    this.audit = RollupAudit.quick(database, repaired);
  }

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Duration longest() {
    return Duration.ofMinutes(10);
  }

  @Override
  public synchronized String run(JobContext context) throws JobStoppedException {
    long started = System.nanoTime();
    long seed = seeds.nextLong();
    AuditDays days = AuditDays.of(database, underlyings);
    List<AuditDay> recent = recent(days);
    List<AuditDay> older = days.older(clock.instant(), seed).stream().limit(OLDER_DAYS).toList();
    AuditResult sum = AuditResult.NONE;
    int done = 0;
    while (done < recent.size() && (done == 0 || hasTime(started))) {
      context.checkStop();
      sum = sum.plus(audit(recent.get(done), seed));
      runOf.put(recent.get(done++), runs);
    }
    for (int i = 0; i < older.size() && (i == 0 || hasTime(started)); i++) {
      context.checkStop();
      sum = sum.plus(audit(older.get(i), seed));
    }
    return said(sum, recent.size() - done, days.unknown().size(), seed);
  }

  /** Those that wait the longest first. */
  private List<AuditDay> recent(AuditDays days) {
    List<AuditDay> recent = days.recent(clock.instant());
    runs++;
    runOf.keySet().retainAll(List.copyOf(recent));
    return recent.stream()
        .sorted(Comparator.comparingLong(day -> runOf.getOrDefault(day, 0L)))
        .toList();
  }

  private static boolean hasTime(long started) {
    return System.nanoTime() - started < ENOUGH.toNanos();
  }

  private AuditResult audit(AuditDay day, long seed) {
    AuditResult result = audit.repair(day);
    if (result.differing() > 0) {
      result.differences().forEach(difference -> LOG.warn("{}", difference.text()));
      LOG.warn(
          "audit of {} (seed {}): {}; {} cells that differed are not named here",
          day,
          seed,
          result.text(),
          result.unnamed());
    }
    if (result.repaired() < result.differingRows()) {
      throw new IllegalStateException(
          "%s: %d rows are still not what they must be after a repair"
              .formatted(day, result.differingRows() - result.repaired()));
    }
    return result;
  }

  private static String said(AuditResult sum, int left, int unknown, long seed) {
    return sum.text()
        + (left == 0 ? "" : "; %d recent days wait for the next run".formatted(left))
        + (unknown == 0 ? "" : "; %d days have no known session".formatted(unknown))
        + "; seed "
        + seed;
  }
}
