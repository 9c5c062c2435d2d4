package io.strikegrid.server.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that another process can set: it shows what another one does, and as much more as a file
 * says, in seconds; nothing where there is none.
 */
record ClockFile(InstantSource clock, Path file) implements InstantSource {

  @Override
  public Instant instant() {
    return clock.instant().plusSeconds(ahead());
  }

  private long ahead() {
    try {
      return Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets the clocks that go by a file. */
  static void set(Path file, Duration ahead) throws IOException {
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(whole, Long.toString(ahead.toSeconds()));
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
