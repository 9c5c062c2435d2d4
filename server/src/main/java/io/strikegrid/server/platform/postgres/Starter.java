package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
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
  private static final long LITTLE_ROOM = 64L << 20;

  /**
   * Returns the port once connections are accepted.
   *
   * @param wanted the port to take if it is free; 0 for any
   * @param isBound whether it must be that one, since connections go to it
   */
  int start(int wanted, boolean isBound, Duration limit) throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(limit);
    int port = isBound ? wanted : Ports.choose(wanted);
    for (int ports = 1; ; ) {
      long mark = log.size();
      Command.Result result = runAs.run(command(port, limit), limit.plusSeconds(10));
      Optional<Postmaster> live = Postmaster.find(cluster);
      if (result.succeeded() && live.isPresent() && live.get().isReady()) {
        return live.get().port();
      }
      String said = log.since(mark);
      if (portTaken(said) && !isBound && ports < PORTS_TRIED) {
        port = Ports.choose(0);
        ports++;
      } else if (predecessorAtWork(said) && !deadline.passed()) {
        Thread.sleep(RETRY_PAUSE);
      } else {
        throw failure(port, result, live, mark, limit);
      }
    }
  }

  private List<String> command(int port, Duration limit) throws IOException {
    StringBuilder options =
        new StringBuilder("-p " + port)
            .append(" -c listen_addresses=127.0.0.1 -c unix_socket_directories=")
            .append(" -c fsync=on -c full_page_writes=on -c logging_collector=off")
            .append(" -c log_destination=stderr -c restart_after_crash=on");
    WalRoom.options(cluster).forEach(option -> options.append(" -c ").append(option));
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

  /** Where there is hardly any room left the server may not even be able to say so. */
  private String room() throws IOException {
    long free = Files.getFileStore(cluster).getUsableSpace();
    return free < LITTLE_ROOM ? "; " + free + " bytes are free on its disk" : "";
  }

  /** What the server itself said last of why it ended. */
  private static Optional<String> cause(String said) {
    return said.lines()
        .filter(line -> line.contains(" FATAL: ") || line.contains(" PANIC: "))
        .reduce((first, last) -> last)
        .map(line -> line.replaceFirst("^.* (?=FATAL: |PANIC: )", "").replaceAll("\\s+", " "));
  }

  private static boolean portTaken(String said) {
    return said.contains("could not create any TCP/IP sockets") || said.contains("could not bind");
  }

  /** A killed server's other processes need a moment to notice and end. */
  private static boolean predecessorAtWork(String said) {
    return said.contains("pre-existing shared memory block");
  }

  private EmbeddedPostgresException failure(
      int port, Command.Result result, Optional<Postmaster> live, long mark, Duration limit)
      throws IOException {
    String what =
        live.isPresent()
            ? "PostgreSQL, process "
                + live.get().pid()
                + ", is still starting after "
                + limit.toSeconds()
                + " s; it goes on (after a crash it may have much to recover), try again later"
            : "PostgreSQL did not start on port "
                + port
                + " as "
                + runAs.name()
                + ": "
                + cause(log.since(mark)).orElse(result.output())
                + room();
    return new EmbeddedPostgresException(what + "\nIts log ends with:" + log.tail(mark));
  }
}
