package io.strikegrid.server.platform.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** A file system of so many bytes, mounted for one test. */
public final class SmallDisk implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int CHUNK = 1 << 20;

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Mounts one; skips the running test where that is not allowed. */
  public static SmallDisk mount(int mebibytes) throws IOException, InterruptedException {
    Path path = Files.createTempDirectory("strikegrid-disk").toRealPath();
    Command.Result mounted =
        Command.run(
            List.of(
                "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", path.toString()),
            LIMIT);
    if (!mounted.succeeded()) {
      Files.delete(path);
    }
    assumeTrue(mounted.succeeded(), "cannot mount: " + mounted.output());
    return new SmallDisk(path);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Takes all the room that is left, with a file to delete. */
  public Path fill() throws IOException {
    Path ballast = path.resolve("ballast");
    FileStore store = Files.getFileStore(path);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    try (FileChannel channel =
        FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (long free = store.getUsableSpace(); free > 0; free = store.getUsableSpace()) {
        channel.write(chunk.clear().limit((int) Math.min(free, CHUNK)));
      }
    } catch (IOException e) {
      if (store.getUsableSpace() > 0) {
        throw e;
      }
    }
    return ballast;
  }

  @Override
  public void close() throws IOException {
    try {
      Command.run(List.of("umount", "--lazy", path.toString()), LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Files.delete(path);
  }
}
