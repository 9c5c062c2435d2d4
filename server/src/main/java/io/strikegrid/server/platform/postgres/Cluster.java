package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Creates the cluster, the files that PostgreSQL keeps the data in, or checks the present one. */
record Cluster(DataFolder folder, Binaries binaries, RunAs runAs) {

  private static final Duration INIT_LIMIT = Duration.ofMinutes(2);

  /**
   * Written into {@code postgresql.conf} once; from then on they are the operator's, but for {@link
   * OldSettings}. They suit a machine with 2 to 8 GB. The log is short, so that a server that was
   * killed is back within seconds and its disk does not fill. A query of a client that has gone is
   * ended within seconds, so that what a killed process had locked is free again.
   */
  private static final List<String> SETTINGS =
      List.of(
          "shared_buffers=256MB",
          "effective_cache_size=1GB",
          "work_mem=16MB",
          "maintenance_work_mem=128MB",
          "max_connections=100",
          "max_wal_size=512MB",
          "wal_compression=on",
          "random_page_cost=1.1",
          "jit=off",
          "client_connection_check_interval=2s",
          "timezone=UTC",
          "log_timezone=UTC");

  /** Returns the password of the cluster's owner. */
  String ensure() throws IOException, InterruptedException {
    Folders.delete(folder.unfinishedCluster());
    if (Files.exists(folder.cluster())) {
      requireSameMajor();
      if (!Files.exists(folder.passwordFile())) {
        throw new EmbeddedPostgresException(
            "there is a cluster in "
                + folder.cluster()
                + " but its password file is gone; restore "
                + folder.passwordFile());
      }
      new OldSettings(folder.cluster(), runAs).mend();
      return PasswordFile.read(folder.passwordFile());
    }
    String password = PasswordFile.readOrCreate(folder.passwordFile());
    create(password);
    return password;
  }

  private void requireSameMajor() throws IOException {
    Path file = folder.cluster().resolve("PG_VERSION");
    String major = Files.exists(file) ? Files.readString(file).strip() : "none";
    if (!major.equals(Binaries.MAJOR)) {
      throw new EmbeddedPostgresException(
          "the cluster in "
              + folder.cluster()
              + " is of PostgreSQL "
              + major
              + ", this release runs "
              + Binaries.MAJOR
              + "; move its data with pg_dump, or use another data folder");
    }
  }

  /** An interrupted creation leaves only the unfinished folder, which the next one deletes. */
  private void create(String password) throws IOException, InterruptedException {
    Path unfinished = folder.unfinishedCluster();
    Folders.create(unfinished, "rwx------");
    runAs.own(unfinished);
    Path passwordCopy = folder.path().resolve("initdb.password");
    Files.deleteIfExists(passwordCopy);
    try {
      PasswordFile.write(passwordCopy, password);
      runAs.own(passwordCopy);
      Command.Result result = runAs.run(initdb(unfinished, passwordCopy), INIT_LIMIT);
      if (!result.succeeded()) {
        throw new EmbeddedPostgresException(
            "initdb failed on " + unfinished + " as " + runAs.name() + ":\n" + result.output());
      }
    } finally {
      Files.deleteIfExists(passwordCopy);
    }
    new OldSettings(unfinished, runAs).mend();
    Files.move(unfinished, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(folder.path());
  }

  private List<String> initdb(Path target, Path passwordCopy) {
    List<String> command = new ArrayList<>();
    command.add(binaries.program("initdb").toString());
    command.add("--pgdata=" + target);
    command.add("--auth=scram-sha-256");
    command.add("--pwfile=" + passwordCopy);
    command.add("--username=" + Login.USER);
    command.add("--encoding=UTF8");
    // The C library's own C.UTF-8 is not on every machine; nothing of ours depends on it.
    command.add("--locale=C");
    command.add("--locale-provider=builtin");
    command.add("--builtin-locale=C.UTF-8");
    command.add("--data-checksums");
    SETTINGS.forEach(setting -> command.add("--set=" + setting));
    return command;
  }
}
