package io.strikegrid.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Recorded market data, which is not part of the repository: the folder named by the system
 * property or environment variable {@code STRIKEGRID_RECORDED_DATA}, else {@code shared/data} in
 * the working directory or the nearest folder above it that has one. Tests that need it are skipped
 * where it is missing.
 */
public final class RecordedData {

  /** Name of the system property, and of the environment variable, that gives the folder. */
  public static final String SETTING = "STRIKEGRID_RECORDED_DATA";

  private RecordedData() {}

  /** The folder, or empty where there is none. */
  public static Optional<Path> folder() {
    String named = System.getProperty(SETTING, System.getenv(SETTING));
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named)).filter(Files::isDirectory);
    }
    Path start = Path.of(System.getProperty("user.dir", ".")).toAbsolutePath();
    return Stream.iterate(start, folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("shared").resolve("data"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  /**
   * A recorded file; skips the running test, saying what is missing, where it is not there.
   *
   * @param relative path within the folder
   */
  public static Path require(String relative) {
    Optional<Path> file = folder().map(folder -> folder.resolve(relative)).filter(Files::exists);
    Assumptions.assumeTrue(
        file.isPresent(),
        () -> "no recorded data " + relative + ": set " + SETTING + " to its folder");
    return file.orElseThrow();
  }
}
