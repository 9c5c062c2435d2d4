package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that a dead server left behind: sessions in the middle of a statement go on until
 * they next look at their server, and as long as one does no other can start. What they do is lost
 * with the server's memory anyway, so they are ended.
 *
 * <p>They are told by what they call themselves and by the folder that they work in. Where the
 * operating system does not let us see that folder they are left to end by themselves.
 */
final class Orphans {

  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
  private static final String NAME = "postgres: ";

  private Orphans() {}

  /** Ends them. To be called under the {@link StartLock}, when the server is known to be gone. */
  static void end(Path cluster) {
    List<ProcessHandle> inCluster =
        ProcessHandle.allProcesses().filter(process -> worksIn(cluster, process)).toList();
    Set<Long> numbers = inCluster.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
    List<ProcessHandle> orphans =
        inCluster.stream()
            .filter(Orphans::isServersChild)
            .filter(process -> process.parent().map(p -> !numbers.contains(p.pid())).orElse(true))
            .toList();
    if (!orphans.isEmpty()) {
      LOG.debug("ending {} processes of the dead server on {}", orphans.size(), cluster);
    }
    orphans.forEach(ProcessHandle::destroyForcibly);
  }

  private static boolean worksIn(Path cluster, ProcessHandle process) {
    try {
      return Files.isSameFile(Path.of("/proc", Long.toString(process.pid()), "cwd"), cluster);
    } catch (IOException | SecurityException _) {
      return false;
    }
  }

  private static boolean isServersChild(ProcessHandle process) {
    try {
      byte[] name = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
      return new String(name, StandardCharsets.UTF_8).startsWith(NAME);
    } catch (IOException _) {
      return false;
    }
  }
}
