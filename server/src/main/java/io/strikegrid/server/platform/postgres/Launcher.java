package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what to do about the server of a data folder: join, adopt, replace or start it. All
 * methods are called under the {@link StartLock}.
 */
final class Launcher {

  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  private final DataFolder folder;
  private final Path cluster;
  private final PostgresLog log;

  Launcher(DataFolder folder) {
    this.folder = folder;
    this.cluster = folder.cluster();
    this.log = new PostgresLog(folder.log());
  }

  /**
   * Sees to it that one server runs and accepts the password.
   *
   * @param othersUseIt whether there are users whose connections go to the port that it has
   */
  Server ensureRunning(boolean othersUseIt) throws IOException, InterruptedException {
    Ports ports = new Ports(folder.portFile());
    HostFile host = new HostFile(folder.hostFile());
    if (othersUseIt) {
      host.requireThisOne();
    }
    RunAs runAs = RunAs.find();
    runAs.requireEntry(folder.path());
    Binaries binaries = Binaries.unpack(folder.runtime());
    String password = new Cluster(folder, binaries, runAs).ensure();

    Optional<Server> running = useRunning(othersUseIt, binaries, runAs, password);
    if (running.isPresent()) {
      ports.remember(running.get().port());
      ReadRole.ensure(folder, running.get().port(), password);
      return running.get();
    }
    host.write();
    Orphans.end(cluster);
    Postmaster.disarmStale(cluster);
    runAs.own(cluster);
    log.prepare(runAs);
    int last = ports.last();
    int port =
        new Starter(cluster, log, binaries, runAs)
            .start(last, othersUseIt && last != 0, START_LIMIT);
    ports.remember(port);
    try {
      Login.ensureDatabase(port, password);
    } catch (SQLException e) {
      stop();
      throw refused(port, e);
    }
    ReadRole.ensure(folder, port, password);
    return new Server(port, password, Server.Origin.STARTED);
  }

  private Optional<Server> useRunning(
      boolean othersUseIt, Binaries binaries, RunAs runAs, String password)
      throws IOException, InterruptedException {
    Optional<Postmaster> ready = awaitReady();
    if (ready.isEmpty()) {
      return Optional.empty();
    }
    Postmaster postmaster = ready.get();
    boolean ours = postmaster.executable().equals(binaries.program("postgres"));
    if (othersUseIt || ours) {
      try {
        Login.ensureDatabase(postmaster.port(), password);
        return Optional.of(
            new Server(
                postmaster.port(),
                password,
                othersUseIt ? Server.Origin.JOINED : Server.Origin.TOOK_OVER));
      } catch (SQLException e) {
        if (othersUseIt) {
          throw refused(postmaster.port(), e);
        }
        LOG.warn("the server left behind on port {} does not answer", postmaster.port(), e);
      }
    }
    LOG.info("replacing the server left behind, process {}", postmaster.pid());
    stop(runAs, binaries);
    return Optional.empty();
  }

  /** Waits while a live server starts or stops; empty where none is left. */
  private Optional<Postmaster> awaitReady() throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(START_LIMIT);
    Optional<Postmaster> live = Postmaster.find(cluster);
    while (live.isPresent() && !live.get().isReady()) {
      if (deadline.passed()) {
        throw new EmbeddedPostgresException(
            "PostgreSQL, process "
                + live.get().pid()
                + ", is still "
                + live.get().status()
                + " after "
                + START_LIMIT.toSeconds()
                + " s; it goes on, try again later. Its log ends with:"
                + log.tail(0));
      }
      Thread.sleep(50);
      live = Postmaster.find(cluster);
    }
    return live;
  }

  /** Stops the server, if one runs: in order, or if that takes too long without ceremony. */
  void stop() throws IOException, InterruptedException {
    if (Postmaster.find(cluster).isPresent()) {
      stop(RunAs.find(), Binaries.unpack(folder.runtime()));
    }
  }

  private void stop(RunAs runAs, Binaries binaries) throws IOException, InterruptedException {
    if (!stop(runAs, binaries, "fast") && Postmaster.find(cluster).isPresent()) {
      LOG.warn("PostgreSQL on {} did not stop in order; ending it at once", folder.path());
      if (!stop(runAs, binaries, "immediate")) {
        Postmaster.find(cluster).ifPresent(Postmaster::kill); // frozen, it hears nothing else
        Orphans.end(cluster);
        awaitEnd();
      }
      if (Postmaster.find(cluster).isPresent()) {
        throw new EmbeddedPostgresException(
            "PostgreSQL on " + folder.path() + " does not stop; its log ends with:" + log.tail(0));
      }
    }
  }

  private void awaitEnd() throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(KILL_LIMIT);
    while (Postmaster.find(cluster).isPresent() && !deadline.passed()) {
      Thread.sleep(50);
    }
  }

  private boolean stop(RunAs runAs, Binaries binaries, String mode)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            binaries.program("pg_ctl").toString(),
            "stop",
            "--pgdata=" + cluster,
            "--mode=" + mode,
            "--wait",
            "--timeout=" + STOP_LIMIT.toSeconds());
    Command.Result result = runAs.run(command, STOP_LIMIT.plusSeconds(10));
    if (!result.succeeded()) {
      LOG.warn("pg_ctl stop --mode={}: {}", mode, result.output());
    }
    return result.succeeded();
  }

  private EmbeddedPostgresException refused(int port, SQLException e) {
    return new EmbeddedPostgresException(
        "PostgreSQL on port "
            + port
            + " refuses the login with the password in "
            + folder.passwordFile()
            + " (SQLSTATE "
            + e.getSQLState()
            + "): "
            + e.getMessage(),
        e);
  }
}
