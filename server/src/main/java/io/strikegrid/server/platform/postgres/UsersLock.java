package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lock that every process using the server shares. The operating system drops it when the
 * process ends, however it ends, so whoever can have it alone knows that there is no other user.
 * All methods are called under the {@link StartLock}, which makes asking and then acting safe.
 */
final class UsersLock implements AutoCloseable {

  private final FileChannel channel;
  private @Nullable FileLock shared;

  private UsersLock(FileChannel channel) {
    this.channel = channel;
  }

  static UsersLock open(Path file) throws IOException {
    return new UsersLock(Folders.openOwnerOnly(file));
  }

  /** Whether another process uses the server; to be asked before {@link #share}. */
  boolean heldByOthers() throws IOException {
    try (FileLock alone = channel.tryLock()) {
      return alone == null;
    }
  }

  void share() throws IOException {
    shared = channel.lock(0, Long.MAX_VALUE, true);
  }

  /** Gives the share back and says whether nobody else has one. */
  boolean releaseAsLast() throws IOException {
    if (shared != null) {
      shared.release();
      shared = null;
    }
    return !heldByOthers();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
