package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;

/** Held alone, across processes, while a server is being started, joined or stopped. */
record StartLock(FileChannel channel) implements AutoCloseable {

  /** More than the longest start and stop together. */
  private static final Duration PATIENCE = Duration.ofSeconds(200);

  static StartLock acquire(Path file) throws IOException, InterruptedException {
    FileChannel channel = Folders.openOwnerOnly(file);
    boolean locked = false;
    try {
      Deadline deadline = Deadline.in(PATIENCE);
      while (channel.tryLock() == null) {
        if (deadline.passed()) {
          throw new EmbeddedPostgresException(
              "another process has been starting or stopping PostgreSQL for "
                  + PATIENCE.toSeconds()
                  + " s; it holds "
                  + file);
        }
        Thread.sleep(50);
      }
      locked = true;
      return new StartLock(channel);
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
