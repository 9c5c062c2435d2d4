package io.strikegrid.server.ingest;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.DatabaseUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process of its own that imports files into a database. It says {@code ready} and waits for a
 * line before it begins, tells of each file what came of it, and ends by itself after two minutes.
 */
final class ImportingProcess implements AutoCloseable {

  private static final Duration LIFETIME = Duration.ofMinutes(2);

  private final Process process;
  private final BufferedReader output;

  private ImportingProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static ImportingProcess start(
      DatabaseUrl url, @Nullable String profile, Path temporary, List<Path> files)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                ImportingProcess.class.getName(),
                url.jdbcUrl(),
                url.user(),
                url.password(),
                profile == null ? "" : profile));
    files.forEach(file -> command.add(file.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    ImportingProcess importing = new ImportingProcess(process);
    importing.await("ready");
    return importing;
  }

  public static void main(String[] args) throws Exception {
    Thread.ofPlatform().daemon().start(ImportingProcess::endLate);
    try (Database database = Database.open(new DatabaseUrl(args[0], args[1], args[2]), 3)) {
      Imports imports = new Imports(database);
      Profile profile = args[3].isEmpty() ? null : Imports.PROFILES.named(args[3]);
      System.out.println("ready");
      System.in.read();
      for (String file : List.of(args).subList(4, args.length)) {
        try {
          ImportReport report =
              imports.run(Path.of(file), profile == null ? null : args[3], Provenance.IMPORTED);
          System.out.println("wrote " + report.barsWritten() + " of " + file);
        } catch (ImportException e) {
          System.out.println("refused " + String.valueOf(e.getMessage()).replace('\n', ' '));
        }
      }
    }
    System.out.println("done");
  }

  private static void endLate() {
    try {
      Thread.sleep(LIFETIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(3);
  }

  /** Lets it begin. */
  void begin() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Reads on until a line is this one, and returns those before it. */
  List<String> await(String wanted) throws IOException {
    List<String> lines = new ArrayList<>();
    String line = output.readLine();
    while (line != null && !line.equals(wanted)) {
      lines.add(line);
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("the process ended without '" + wanted + "': " + lines);
    }
    return lines;
  }

  /** Sends SIGKILL after a while. Returns whether it was still at work. */
  boolean killAfter(long millis) throws InterruptedException {
    boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    return !ended;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
