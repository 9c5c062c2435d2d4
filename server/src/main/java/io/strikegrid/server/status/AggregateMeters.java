package io.strikegrid.server.status;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.RollupSql;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;

/**
 * The meters of refreshes and audits, each with the aggregate's name; of whichever process did
 * them. All of one scrape are read from the store at once; where it does not answer they are
 * unknown.
 */
public final class AggregateMeters {

  private static final Duration READ_EVERY = Duration.ofSeconds(1);
  private static final String SQL =
      """
      SELECT aggregate, failures, cells_checked, cells_differing, rows_repaired,
        (failure IS NOT NULL)::int AS failing,
        (SELECT count(*) FROM strikegrid.awaiting_refresh a WHERE a.aggregate = r.aggregate)
          AS awaiting,
        extract(epoch FROM clock_timestamp() - last_audit)::float8 AS audit_age
      FROM strikegrid.aggregate_refresh r
      """;

  private final Database database;
  private Map<String, Double> values = Map.of();
  private long readAt;
  private boolean isRead;

  private AggregateMeters(Database database) {
    this.database = database;
  }

  /** Registers the meters of every aggregate. */
  public static void register(MeterRegistry registry, Database database) {
    AggregateMeters meters = new AggregateMeters(database);
    RollupSql.TIMEFRAMES.stream().map(BarStore::table).forEach(a -> meters.register(registry, a));
  }

  private void register(MeterRegistry registry, String aggregate) {
    counter(registry, aggregate, "aggregate.refresh.failures", "failures", "Refreshes that failed");
    gauge(registry, aggregate, "aggregate.failing", "failing", "1 where the last refresh failed");
    gauge(
        registry,
        aggregate,
        "aggregate.awaiting.refresh",
        "awaiting",
        "Commits whose minutes the aggregate has yet to take over");
    counter(
        registry,
        aggregate,
        "audit.cells.checked",
        "cells_checked",
        "Cells compared with the one-minute rows");
    counter(
        registry,
        aggregate,
        "audit.cells.differing",
        "cells_differing",
        "Cells that were not what they must be");
    counter(registry, aggregate, "audit.rows.repaired", "rows_repaired", "Rows that audits mended");
    Gauge.builder("strikegrid.audit.age", this, m -> m.value(aggregate, "audit_age"))
        .description("Time since the last audit of some of its rows")
        .baseUnit("seconds")
        .tags(Tags.of("aggregate", aggregate))
        .strongReference(true)
        .register(registry);
  }

  private void counter(
      MeterRegistry registry, String aggregate, String name, String column, String what) {
    FunctionCounter.builder("strikegrid." + name, this, m -> m.value(aggregate, column))
        .description(what)
        .tags(Tags.of("aggregate", aggregate))
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String aggregate, String name, String column, String what) {
    Gauge.builder("strikegrid." + name, this, m -> m.value(aggregate, column))
        .description(what)
        .tags(Tags.of("aggregate", aggregate))
        .strongReference(true)
        .register(registry);
  }

  private synchronized double value(String aggregate, String column) {
    long now = System.nanoTime();
    if (!isRead || now - readAt >= READ_EVERY.toNanos()) {
      values = read();
      readAt = now;
      isRead = true;
    }
    return values.getOrDefault(aggregate + " " + column, Double.NaN);
  }

  private Map<String, Double> read() {
    Map<String, Double> read = new HashMap<>();
    try {
      database
          .jdbi()
          .useHandle(h ->
              h.createQuery(SQL)
                  .mapToMap()
                  .forEach(row -> {
                    Object aggregate = row.get("aggregate");
                    row.forEach((column, value) -> {
                      if (value instanceof Number number) {
                        read.put(aggregate + " " + column, number.doubleValue());
                      }
                    });
                  }));
    } catch (JdbiException e) {
      return Map.of();
    }
    return read;
  }
}
