package io.strikegrid.server.status;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.RollupSql;
import java.util.function.ToDoubleFunction;

/**
 * The meters of refreshes and audits, each with the aggregate's name; of whichever process did
 * them. They are what the last look at the store found; where that is too old they are unknown.
 */
public final class AggregateMeters {

  private final StoreLook look;

  private AggregateMeters(StoreLook look) {
    this.look = look;
  }

  /** Registers the meters of every aggregate. */
  public static void register(MeterRegistry registry, StoreLook look) {
    AggregateMeters meters = new AggregateMeters(look);
    RollupSql.TIMEFRAMES.stream().map(BarStore::table).forEach(a -> meters.register(registry, a));
  }

  private void register(MeterRegistry registry, String aggregate) {
    counter(
        registry,
        aggregate,
        "aggregate.refresh.failures",
        AggregateStore.Row::failures,
        "Refreshes that failed");
    gauge(
        registry,
        aggregate,
        "aggregate.failing",
        row -> row.failure().isPresent() ? 1 : 0,
        "1 where the last refresh failed");
    gauge(
        registry,
        aggregate,
        "aggregate.awaiting.refresh",
        AggregateStore.Row::awaiting,
        "Commits whose minutes the aggregate has yet to take over");
    counter(
        registry,
        aggregate,
        "audit.cells.checked",
        AggregateStore.Row::cellsChecked,
        "Cells compared with the one-minute rows");
    counter(
        registry,
        aggregate,
        "audit.cells.differing",
        AggregateStore.Row::cellsDiffering,
        "Cells that were not what they must be");
    counter(
        registry,
        aggregate,
        "audit.rows.repaired",
        AggregateStore.Row::rowsRepaired,
        "Rows that audits mended");
    Gauge.builder(
            "strikegrid.audit.age",
            this,
            m -> m.value(aggregate, AggregateStore.Row::auditAgeSeconds))
        .description("Time since the last audit of some of its rows")
        .baseUnit("seconds")
        .tags(Tags.of("aggregate", aggregate))
        .strongReference(true)
        .register(registry);
  }

  private void counter(
      MeterRegistry registry,
      String aggregate,
      String name,
      ToDoubleFunction<AggregateStore.Row> value,
      String what) {
    FunctionCounter.builder("strikegrid." + name, this, m -> m.value(aggregate, value))
        .description(what)
        .tags(Tags.of("aggregate", aggregate))
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry,
      String aggregate,
      String name,
      ToDoubleFunction<AggregateStore.Row> value,
      String what) {
    Gauge.builder("strikegrid." + name, this, m -> m.value(aggregate, value))
        .description(what)
        .tags(Tags.of("aggregate", aggregate))
        .strongReference(true)
        .register(registry);
  }

  private double value(String aggregate, ToDoubleFunction<AggregateStore.Row> value) {
    return look.aggregates().stream()
        .filter(row -> row.name().equals(aggregate))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
