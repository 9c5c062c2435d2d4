package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Starts the server through {@code pg_ctl}, which gives it a session of its own: an interrupt typed
 * in our terminal does not reach it. What data and access depend on is on its command line, where
 * nothing in the cluster's files can override it.
 */
record Starter(Path cluster, PostgresLog log, Binaries binaries, RunAs runAs) {

  private static final Duration RETRY_PAUSE = Duration.ofMillis(250);
  private static final int PORTS_TRIED = 10;

  /** Returns the port once connections are accepted. */
  int start(Duration limit) throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(limit);
    int port = choosePort(Postmaster.lastPort(cluster));
    for (int ports = 1; ; ) {
      long mark = log.size();
      Command.Result result = runAs.run(command(port, limit), limit.plusSeconds(10));
      Optional<Postmaster> live = Postmaster.find(cluster);
      if (result.succeeded() && live.isPresent() && live.get().isReady()) {
        return live.get().port();
      }
      String said = log.since(mark);
      if (portTaken(said) && ports < PORTS_TRIED) {
        port = choosePort(0);
        ports++;
      } else if (predecessorAtWork(said) && !deadline.passed()) {
        Thread.sleep(RETRY_PAUSE);
      } else {
        throw failure(result, live, mark, limit);
      }
    }
  }

  private List<String> command(int port, Duration limit) {
    String options =
        "-p "
            + port
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
            + " -c fsync=on -c full_page_writes=on -c logging_collector=off"
            + " -c log_destination=stderr";
    return List.of(
        binaries.program("pg_ctl").toString(),
        "start",
        "--pgdata=" + cluster,
        "--log=" + log.file(),
        "--wait",
        "--timeout=" + limit.toSeconds(),
        "--silent",
        "--options=" + options);
  }

  private static boolean portTaken(String said) {
    return said.contains("could not create any TCP/IP sockets") || said.contains("could not bind");
  }

  /** A killed server's other processes need a moment to notice and end. */
  private static boolean predecessorAtWork(String said) {
    return said.contains("pre-existing shared memory block");
  }

  /** The preferred port if it is free, so that others find the server again; else any. */
  private static int choosePort(int preferred) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), preferred));
      return socket.getLocalPort();
    } catch (IOException e) {
      if (preferred == 0) {
        throw new EmbeddedPostgresException("no free TCP port on 127.0.0.1 (" + e + ")", e);
      }
      return choosePort(0);
    }
  }

  private EmbeddedPostgresException failure(
      Command.Result result, Optional<Postmaster> live, long mark, Duration limit)
      throws IOException {
    String what =
        live.isPresent()
            ? "PostgreSQL, process "
                + live.get().pid()
                + ", is still starting after "
                + limit.toSeconds()
                + " s; it goes on (after a crash it may have much to recover), try again later"
            : "PostgreSQL did not start as " + runAs.name() + ": " + result.output();
    return new EmbeddedPostgresException(what + "\nIts log ends with:" + log.tail(mark));
  }
}
