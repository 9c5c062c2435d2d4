package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One use of the PostgreSQL server that runs on a data folder.
 *
 * <p>Several processes, and several parts of one process, may use a folder at once. Who comes first
 * starts the server, who leaves last stops it. After a crash of the last user the server goes on
 * without one; the next {@link #open} adopts it.
 *
 * <p>A server that ends without being told to, or does not answer for long, is started again, on
 * the same port, by one of the processes that use it; {@link #state} says so meanwhile.
 *
 * <p>No shutdown hook is installed: the owner closes it, after its connection pools.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private final OpenServers.Slot slot;
  private final Server server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedPostgres(OpenServers.Slot slot, Server server) {
    this.slot = slot;
    this.server = server;
  }

  /**
   * Starts, joins or adopts the server of a data folder, which is created where missing, and
   * returns once the database {@code strikegrid} accepts connections.
   *
   * @throws EmbeddedPostgresException where it cannot; the message names the cause and the remedy
   */
  public static EmbeddedPostgres open(Path dataDir) throws IOException, InterruptedException {
    return open(dataDir, LifeProbe.Patience.USUAL);
  }

  /** The same with another patience with a server that does not answer. */
  static EmbeddedPostgres open(Path dataDir, LifeProbe.Patience patience)
      throws IOException, InterruptedException {
    OpenServers.Slot slot = OpenServers.slot(DataFolder.create(dataDir));
    return new EmbeddedPostgres(slot, slot.enter(patience));
  }

  /** How the server is now: it is watched, and started again on its port where it ended. */
  public ServerState state() {
    return slot.state();
  }

  /** The JDBC URL of the database, without parameters. */
  public String jdbcUrl() {
    return Login.url(server.port(), Login.DATABASE);
  }

  public String user() {
    return Login.USER;
  }

  public String password() {
    return server.password();
  }

  /** The TCP port on 127.0.0.1; another one after each start. */
  public int port() {
    return server.port();
  }

  /** Whether it was running already for another live user, in this process or another. */
  public boolean joined() {
    return server.origin() == Server.Origin.JOINED;
  }

  /** Whether it was running without any user, left behind by a crash, and was adopted. */
  public boolean tookOver() {
    return server.origin() == Server.Origin.TOOK_OVER;
  }

  /** Leaves the server, and stops it where nobody else uses it. Closing again does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      slot.leave();
    }
  }
}
