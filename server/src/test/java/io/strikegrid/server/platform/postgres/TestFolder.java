package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.testkit.Await;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A data folder that the server's user can enter. */
final class TestFolder {

  private static final Duration GONE_WITHIN = Duration.ofSeconds(5);

  private final Path root;
  private final DataFolder data;

  private TestFolder(Path root) {
    this.root = root;
    this.data = new DataFolder(root.resolve("data"));
  }

  static TestFolder create() throws IOException {
    return in(Files.createTempDirectory("strikegrid-postgres").toRealPath());
  }

  private static TestFolder in(Path root) throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    return new TestFolder(root);
  }

  /** One that has PostgreSQL's programs already, which saves the time to unpack them again. */
  static TestFolder withPrograms() throws IOException {
    return withPrograms(create());
  }

  /** The same in a folder that is there. */
  static TestFolder withPrograms(Path root) throws IOException {
    return withPrograms(in(root));
  }

  private static TestFolder withPrograms(TestFolder folder) throws IOException {
    Path unpacked = unpacked();
    Folders.create(folder.path(), "rwx--x--x");
    try (Stream<Path> tree = Files.walk(unpacked)) {
      for (Path from : (Iterable<Path>) tree::iterator) {
        Files.copy(
            from,
            folder.data().runtime().resolve(unpacked.relativize(from).toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
    return folder;
  }

  /** The programs, unpacked once for all processes that run tests. */
  private static synchronized Path unpacked() throws IOException {
    Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
    Path unpacked = target.resolve("postgres-runtime");
    try (FileChannel file =
            FileChannel.open(
                target.resolve("postgres-runtime.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = file.lock()) {
      Binaries.unpack(unpacked);
    }
    return unpacked;
  }

  /** The folder above the data folder. */
  Path root() {
    return root;
  }

  Path path() {
    return data.path();
  }

  DataFolder data() {
    return data;
  }

  /** Process numbers of the servers on this folder, without those that they forked just now. */
  List<Long> postmasters() {
    Set<Long> servers =
        ProcessHandle.allProcesses()
            .map(ProcessHandle::pid)
            .filter(this::isServerHere)
            .collect(Collectors.toSet());
    return servers.stream().filter(pid -> !servers.contains(parent(pid))).toList();
  }

  /**
   * Fails unless no server is left; one that is told to stop may outlive its own files by a moment.
   */
  void assertNoServer() throws InterruptedException {
    assertThat(data.cluster().resolve("postmaster.pid")).doesNotExist();
    long end = System.nanoTime() + GONE_WITHIN.toNanos();
    while (!postmasters().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    assertThat(postmasters()).isEmpty();
  }

  /** Stops the server and all its processes where they are, as a hung machine would. */
  void freeze() throws IOException, InterruptedException {
    for (long pid : postmasters()) {
      List<String> command = new ArrayList<>(List.of("kill", "-STOP", Long.toString(pid)));
      ProcessHandle.of(pid).stream()
          .flatMap(ProcessHandle::descendants)
          .forEach(child -> command.add(Long.toString(child.pid())));
      new ProcessBuilder(command).start().waitFor();
    }
  }

  void killPostmaster() throws InterruptedException {
    for (long pid : postmasters()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    while (!postmasters().isEmpty()) {
      Thread.sleep(10);
    }
  }

  /** Kills what runs on it and deletes all. */
  void delete() throws IOException, InterruptedException {
    killPostmaster();
    for (int attempt = 1; ; attempt++) {
      try {
        Folders.delete(root);
        return;
      } catch (IOException e) {
        if (attempt == 50) {
          throw e;
        }
        Thread.sleep(100); // the killed server's other processes may write until they notice
      }
    }
  }

  private static long parent(long pid) {
    return ProcessHandle.of(pid).flatMap(ProcessHandle::parent).map(ProcessHandle::pid).orElse(0L);
  }

  /** Waits until nobody works on it, nor a process whose server is gone. */
  void awaitNobody() {
    Await.until(
        "nobody works in " + data.cluster(),
        () -> ProcessHandle.allProcesses().noneMatch(process -> worksHere(process.pid())));
  }

  private boolean worksHere(long pid) {
    try {
      Path folder = Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"));
      return folder.equals(data.cluster());
    } catch (IOException _) {
      return false;
    }
  }

  private boolean isServerHere(long pid) {
    try {
      byte[] text = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      List<String> words = List.of(new String(text, StandardCharsets.UTF_8).split("\0"));
      return words.getFirst().endsWith("/postgres") && words.contains(data.cluster().toString());
    } catch (IOException _) {
      return false;
    }
  }
}
