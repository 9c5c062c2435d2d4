package io.strikegrid.server.platform.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link FolderUser} in a JVM of its own; it ends by itself after two minutes. */
final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final List<String> lines = new ArrayList<>();

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static ChildProcess start(TestFolder folder, int rows) throws IOException {
    return new ChildProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FolderUser.class.getName(),
                folder.path().toString(),
                Integer.toString(rows))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Reads on until a line starts like this, and returns it. */
  String await(String start) throws IOException {
    String line = output.readLine();
    while (line != null) {
      lines.add(line);
      if (line.startsWith(start)) {
        return line;
      }
      line = output.readLine();
    }
    throw new IOException("the child ended without '" + start + "': " + lines);
  }

  /** Sends SIGKILL and waits for the end; what was printed can still be read. */
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** The last row whose commit was acknowledged; to be asked when the process has ended. */
  int lastAcknowledged() throws IOException {
    output.lines().forEach(lines::add);
    return lines.stream()
        .filter(line -> line.matches("row \\d+"))
        .mapToInt(line -> Integer.parseInt(line.substring(4)))
        .max()
        .orElse(0);
  }

  void leave() throws IOException, InterruptedException {
    process.getOutputStream().close();
    await("left");
    process.waitFor(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
