package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Remembers where the server was started: which boot of which machine, and which space of process
 * numbers. Two containers on one volume see each other's locks but neither each other's processes
 * nor loopback, so the second must neither join nor start a server.
 */
record HostFile(Path file) {

  /** Remembers this place; costs no room on the disk where it is known already. */
  void write() throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(here())) {
      Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
      Files.writeString(unfinished, here());
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Checks that the server in use by others is within reach from here. */
  void requireThisOne() throws IOException {
    if (Files.exists(file) && !Files.readString(file).equals(here())) {
      throw new EmbeddedPostgresException(
          "the data folder "
              + file.getParent()
              + " is in use from another container or machine; stop that one, or run a PostgreSQL"
              + " of your own and give both --db");
    }
  }

  private static String here() throws IOException {
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    Path processes = Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    return boot + " " + processes + "\n";
  }
}
