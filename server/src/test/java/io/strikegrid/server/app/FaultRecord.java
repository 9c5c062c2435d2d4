package io.strikegrid.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What became of runs with faults, a line each, so that runs of one state of the code add up over
 * days: time, code, seed, seconds, result, faults. Where no file is named, nothing is kept.
 */
record FaultRecord(Optional<Path> file, String code) {

  /** As {@code -Dstrikegrid.faults.record} and {@code -Dstrikegrid.faults.code} say. */
  static FaultRecord named() {
    return new FaultRecord(
        Optional.ofNullable(System.getProperty("strikegrid.faults.record")).map(Path::of),
        System.getProperty("strikegrid.faults.code", "unknown"));
  }

  /** Runs of this code that went well. */
  long passed() throws IOException {
    return lines().stream()
        .map(line -> line.split("\t", -1))
        .filter(words -> words.length > 4 && words[1].equals(code) && words[4].equals("passed"))
        .count();
  }

  private List<String> lines() throws IOException {
    return file.isEmpty() || !Files.exists(file.get()) ? List.of() : Files.readAllLines(file.get());
  }

  /** Adds a run. */
  synchronized void add(long seed, double seconds, boolean passed, String faults)
      throws IOException {
    String line =
        "%s\t%s\t%d\t%.1f\t%s\t%s%n"
            .formatted(
                InstantSource.system().instant(),
                code,
                seed,
                seconds,
                passed ? "passed" : "FAILED",
                faults);
    System.out.print("fault run: " + line);
    if (file.isPresent()) {
      Files.writeString(file.get(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
