package io.strikegrid.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the views of one {@link Database} share beside its pool for requests: the connections for
 * other uses, and what is known of the store. Safe for use by any number of threads.
 */
final class StoreParts implements AutoCloseable {

  /** Connections for jobs, their schedule and, with TimescaleDB, two refreshes. */
  static final int BACKGROUND = 6;

  /** Most connections that these parts can have open together. */
  static final int MOST_CONNECTIONS = BACKGROUND + Standing.MOST + 1;

  private final Connections connections;
  private final DiskReserve reserve;
  private final Standing standing;
  private final Probe probe;
  private final Partitions partitions;
  private @Nullable HikariDataSource pool;
  private @Nullable Database background;

  StoreParts(Connections connections, DiskReserve reserve, Engine engine) {
    this.connections = connections;
    this.reserve = reserve;
    this.standing = new Standing(connections);
    this.probe = new Probe(connections);
    this.partitions = new Partitions(engine);
  }

  DiskReserve reserve() {
    return reserve;
  }

  Standing standing() {
    return standing;
  }

  Probe probe() {
    return probe;
  }

  Partitions partitions() {
    return partitions;
  }

  /** The one for jobs, made when it is first asked for. */
  synchronized Database background(Function<HikariDataSource, Database> make) {
    Database known = background;
    if (known == null) {
      HikariDataSource fresh = connections.lazyPool("background", BACKGROUND, TimeLimits.WORK);
      known = make.apply(fresh);
      pool = fresh;
      background = known;
    }
    return known;
  }

  @Override
  public synchronized void close() {
    probe.close();
    HikariDataSource open = pool;
    if (open != null) {
      open.close();
    }
  }
}
