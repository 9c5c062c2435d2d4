package io.strikegrid.server.platform.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, within a time limit, and keeps what it printed. */
final class Command {

  private Command() {}

  /**
   * What became of a program.
   *
   * @param status its exit status, 0 for success
   * @param output what it wrote to standard output and error, without surrounding blanks
   */
  record Result(int status, String output) {

    boolean succeeded() {
      return status == 0;
    }
  }

  /** Output goes to a file, not a pipe: a grandchild that keeps it open cannot make us wait. */
  static Result run(List<String> command, Duration limit) throws IOException, InterruptedException {
    Path output = Files.createTempFile("strikegrid", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(new File("/"))
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(Command::isOurs);
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      try {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new EmbeddedPostgresException(
              "no end after " + limit.toSeconds() + " s: " + String.join(" ", command));
        }
      } finally {
        process.destroyForcibly();
      }
      String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
      return new Result(process.exitValue(), text.strip());
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** What is meant for us: settings, and passwords, that a program that we start must not have. */
  private static boolean isOurs(String variable) {
    return variable.startsWith("PG") || variable.startsWith("STRIKEGRID_");
  }

  /** Finds a program on the path or, where that lacks them, in the folders of administrators'. */
  static Optional<String> locate(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin:/usr/bin:/bin";
    return Arrays.stream(path.split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
