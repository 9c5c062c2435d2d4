package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The live server process of a cluster, as its {@code postmaster.pid} tells.
 *
 * <p>The number in that file alone proves nothing: after a crash another process may have it by
 * now. So the process is looked at too, and counts only if its command line is that of a server on
 * this very folder. The command line is used since, unlike the executable's link, everybody may
 * read it.
 *
 * @param pid its process number
 * @param executable the server's program
 * @param port its TCP port, 0 while not yet known
 * @param status {@code starting}, {@code ready}, {@code stopping}, or empty while not yet known
 */
record Postmaster(long pid, Path executable, int port, String status) {

  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;
  private static final long NO_PROCESS = Integer.MAX_VALUE; // more than Linux ever gives out

  static Optional<Postmaster> find(Path cluster) throws IOException {
    List<String> lines = lines(cluster);
    Optional<Long> pid = pid(lines);
    if (pid.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = commandLine(pid.get());
    if (!isServerOf(cluster, command)) {
      return Optional.empty();
    }
    return Optional.of(
        new Postmaster(
            pid.get(), Path.of(command.getFirst()), port(lines), line(lines, STATUS_LINE)));
  }

  /** Ends it at once, as a power cut would; its children are ended before the next one starts. */
  void kill() {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  boolean isReady() {
    return status.equals("ready") && port > 0;
  }

  /**
   * Makes what a dead server left behind harmless, so that the next one can start. PostgreSQL
   * itself would refuse if the number belongs to another process by now, or if the file is empty.
   * Only the number is replaced: the line that leads to the old server's shared memory stays, by
   * which PostgreSQL sees that processes of the old one are still at work.
   */
  static void disarmStale(Path cluster) throws IOException {
    Path file = pidFile(cluster);
    List<String> lines = new ArrayList<>(lines(cluster));
    Optional<Long> pid = pid(lines);
    if (pid.isPresent() && pid.get() != NO_PROCESS) {
      lines.set(0, Long.toString(NO_PROCESS));
      overwrite(file, String.join("\n", lines) + "\n");
    } else if (pid.isEmpty()) {
      Files.deleteIfExists(file);
    }
  }

  /** In place, since a full disk has no room for a new file; the text is never shorter. */
  private static void overwrite(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(StandardCharsets.UTF_8.encode(text));
    }
  }

  private static Path pidFile(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }

  private static List<String> lines(Path cluster) throws IOException {
    try {
      return Files.readAllLines(pidFile(cluster));
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index).strip() : "";
  }

  private static Optional<Long> pid(List<String> lines) {
    String text = line(lines, 0);
    return text.matches("[1-9]\\d{0,9}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static int port(List<String> lines) {
    String text = line(lines, PORT_LINE);
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
  }

  private static boolean isServerOf(Path cluster, List<String> command) {
    return !command.isEmpty()
        && command.getFirst().endsWith("/postgres")
        && command.stream().anyMatch(word -> isSame(word, cluster));
  }

  /**
   * Also true where the folder is mounted at two places and the server was started by the other.
   */
  private static boolean isSame(String word, Path cluster) {
    try {
      return word.startsWith("/") && Files.isSameFile(Path.of(word), cluster);
    } catch (IOException _) {
      return false;
    }
  }

  /** Empty where there is no such process, or it is dead and only not yet collected. */
  private static List<String> commandLine(long pid) throws IOException {
    try {
      byte[] text = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      String words = new String(text, StandardCharsets.UTF_8);
      return words.isEmpty() ? List.of() : List.of(words.split("\0"));
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      // it can end between opening and reading; what else fails says nothing about the process
      if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
        return List.of();
      }
      throw e;
    }
  }
}
