package io.strikegrid.server.platform.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * All connections of clients, but for those that became WebSockets. Looks once a second for clients
 * that are too slow, and keeps all of them and those of one address within their bounds: where
 * there is one too many, the one goes that has been at no request for longest, so that connections
 * that are held open for nothing keep nobody out. Safe for use by several threads.
 */
@SuppressWarnings("ReferenceEquality") // a connection is equal to itself alone
final class ClientConnections extends HttpConnectionFactory {

  private static final long LOOK_MILLIS = 1000;

  private final HttpBounds bounds;
  private final Proxies proxies;
  private final int most;
  private final LongSupplier nanos;
  private final MeterRegistry registry;
  private final Map<String, Set<ClientConnection>> byAddress = new HashMap<>();
  private int count;
  private volatile Scheduler.@Nullable Task look;

  /**
   * No connections yet.
   *
   * @param proxies have any number of them, since those are of all their clients
   * @param nanos a ticker, in nanoseconds
   */
  ClientConnections(
      HttpConfiguration http,
      HttpBounds bounds,
      Proxies proxies,
      LongSupplier nanos,
      MeterRegistry registry) {
    super(http);
    this.proxies = proxies;
    this.bounds = bounds;
    this.most = Math.min(bounds.connections(), halfOfDescriptors());
    this.nanos = nanos;
    this.registry = registry;
    Gauge.builder("strikegrid.http.connections", this, ClientConnections::count)
        .description("Connections of clients, without WebSockets")
        .register(registry);
  }

  private static int halfOfDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? Math.clamp(unix.getMaxFileDescriptorCount() / 2, 16, Integer.MAX_VALUE)
        : Integer.MAX_VALUE;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    ClientConnection connection =
        new ClientConnection(getHttpConfiguration(), connector, endPoint, this, bounds, nanos);
    connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(connection, connector, endPoint);
  }

  synchronized int count() {
    return count;
  }

  /**
   * Looks at all connections, again and again.
   *
   * @param also is done each time
   */
  void watch(Scheduler scheduler, Runnable also) {
    look =
        scheduler.schedule(
            () -> {
              try {
                cutSlow(nanos.getAsLong());
                also.run();
              } finally {
                watch(scheduler, also);
              }
            },
            LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() throws Exception {
    Scheduler.Task next = look;
    if (next != null) {
      next.cancel();
    }
    super.doStop();
  }

  private void cutSlow(long now) {
    long headersWithin = bounds.headersWithin().toNanos();
    for (ClientConnection connection : all()) {
      String late = connection.tooSlow(now, headersWithin);
      if (late != null) {
        cut(connection, late);
      }
    }
  }

  private synchronized List<ClientConnection> all() {
    return byAddress.values().stream().flatMap(Collection::stream).toList();
  }

  /** Takes a connection in, for which another may have to go; whether it may stay itself. */
  boolean takes(ClientConnection connection) {
    ClientConnection surplus = add(connection);
    if (surplus != null) {
      cut(surplus, "place");
    }
    return surplus != connection;
  }

  private synchronized @Nullable ClientConnection add(ClientConnection connection) {
    Set<ClientConnection> same =
        byAddress.computeIfAbsent(connection.address(), a -> new HashSet<>());
    same.add(connection);
    count++;
    if (same.size() > bounds.connectionsPerAddress()
        && !proxies.has(connection.getEndPoint().getRemoteSocketAddress())) {
      return longestWaiting(same, connection);
    }
    return count > most
        ? longestWaiting(
            byAddress.values().stream().flatMap(Collection::stream).toList(), connection)
        : null;
  }

  private ClientConnection longestWaiting(
      Collection<ClientConnection> among, ClientConnection newest) {
    long now = nanos.getAsLong();
    return among.stream()
        .filter(one -> one != newest && one.isWaiting())
        .max(Comparator.comparingLong(one -> now - one.since()))
        .orElse(newest);
  }

  synchronized void closed(ClientConnection connection) {
    Set<ClientConnection> same = byAddress.get(connection.address());
    if (same != null && same.remove(connection)) {
      count--;
      if (same.isEmpty()) {
        byAddress.remove(connection.address());
      }
    }
  }

  private void cut(ClientConnection connection, String reason) {
    Counter.builder("strikegrid.http.cut")
        .description("Connections that the server dropped")
        .tag("reason", reason)
        .register(registry)
        .increment();
    closed(connection);
    connection.cut(reason);
  }
}
