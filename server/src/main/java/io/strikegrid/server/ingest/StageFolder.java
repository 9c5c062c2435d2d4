package io.strikegrid.server.ingest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for the files of one import. While the import lives it holds the lock of a file beside
 * it; the operating system drops that when the process ends, however it ends. So whoever gets the
 * lock knows that the folder was left behind, also where its owner was in another container, whose
 * process numbers mean nothing here.
 */
record StageFolder(Path path, Path lockFile, FileChannel lock) implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StageFolder.class);
  private static final String PREFIX = "strikegrid-import-";
  private static final String LOCK = ".lock";

  /**
   * The lock files of this process. A lock belongs to the process: closing another channel of the
   * same file would drop it.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  /** Makes one among others, and removes those that imports left that were killed. */
  static StageFolder create(Path parent) throws IOException {
    clearLeavings(parent);
    while (true) {
      String name = PREFIX + UUID.randomUUID();
      Path lockFile = parent.resolve(name + LOCK);
      OURS.add(lockFile);
      FileChannel lock = lock(lockFile, true);
      if (lock != null) {
        Path path = parent.resolve(name);
        Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new StageFolder(path, lockFile, lock);
      }
      OURS.remove(lockFile);
    }
  }

  /** The locked file; null where another process has it, or has just removed it. */
  private static @Nullable FileChannel lock(Path file, boolean isNew) throws IOException {
    FileChannel channel;
    try {
      channel =
          isNew
              ? FileChannel.open(
                  file,
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------")))
              : FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      LOG.debug("{} is another's", file, e);
      return null;
    }
    boolean isHeld = false;
    try {
      isHeld = channel.tryLock() != null && Files.exists(file);
      return isHeld ? channel : null;
    } finally {
      if (!isHeld) {
        channel.close();
      }
    }
  }

  private static void clearLeavings(Path parent) throws IOException {
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, PREFIX + "*" + LOCK)) {
      for (Path lockFile : locks) {
        if (!OURS.contains(lockFile)
            && Files.isRegularFile(lockFile, LinkOption.NOFOLLOW_LINKS)
            && Files.isWritable(lockFile)) {
          clear(lockFile);
        }
      }
    }
  }

  private static void clear(Path lockFile) throws IOException {
    FileChannel lock = lock(lockFile, false);
    if (lock != null) {
      String name = lockFile.getFileName().toString();
      Path left = lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
      new StageFolder(left, lockFile, lock).close();
    }
  }

  /** Removes it with all in it. */
  @Override
  public void close() throws IOException {
    try (lock) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        try (Stream<Path> tree = Files.walk(path)) {
          List<Path> files = tree.sorted(Comparator.reverseOrder()).toList();
          for (Path file : files) {
            Files.delete(file);
          }
        }
      }
      Files.deleteIfExists(lockFile);
    } finally {
      OURS.remove(lockFile);
    }
  }
}
