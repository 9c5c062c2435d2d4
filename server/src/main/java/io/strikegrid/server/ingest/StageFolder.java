package io.strikegrid.server.ingest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for the stages of one import, in the folder for temporary files. A lock on a file in it
 * says that its process lives, which the system lets go of with the process, whatever that was
 * killed by and in whichever container it ran: so what is left of others can be told from what is
 * in use. It is removed when it is closed, and when the process is told to end.
 */
final class StageFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StageFolder.class);
  private static final String PREFIX = "strikegrid-stage-";
  private static final String LOCK = "lock";

  /** Those of this process, like its locks: to look at one of them would let go of its lock. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;
  private final Thread atEnd;
  private volatile boolean closed;

  private StageFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
    this.atEnd = new Thread(this::remove, "stage");
  }

  /** Makes one, and removes what killed imports left. */
  static StageFolder open() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    clearLeavings(parent);
    Path made = Files.createTempDirectory(parent, PREFIX);
    OWN.add(made);
    FileChannel lock =
        FileChannel.open(
            made.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      throw new IOException("cannot lock " + made);
    }
    StageFolder folder = new StageFolder(made, lock);
    try {
      Runtime.getRuntime().addShutdownHook(folder.atEnd);
    } catch (IllegalStateException e) {
      folder.remove();
      throw new IOException("the process ends", e);
    }
    return folder;
  }

  /**
   * Where a stage may write.
   *
   * @throws IOException where the folder is gone, since the process ends
   */
  Path path() throws IOException {
    if (closed) {
      throw new IOException("the import is being ended");
    }
    return path;
  }

  private static void clearLeavings(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path left : folders) {
        if (!OWN.contains(left)
            && Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS)
            && Files.isWritable(left)) {
          clear(left);
        }
      }
    }
  }

  /** One that nobody has locked; where it has no lock yet, somebody is just making it. */
  private static void clear(Path left) {
    try (FileChannel lock =
        FileChannel.open(left.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (lock.tryLock() != null) {
        delete(left);
      }
    } catch (IOException | OverlappingFileLockException e) {
      LOG.debug("{} is left as it is", left, e);
    }
  }

  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      LOG.debug("the process ends", e);
    }
  }

  private synchronized void remove() {
    closed = true;
    try {
      delete(path);
      lock.close();
      OWN.remove(path);
    } catch (IOException e) {
      LOG.warn("{} was not removed: {}", path, e.getMessage());
    }
  }

  /** Deletes a folder, also where files come into it meanwhile; the lock goes last. */
  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder) && !file.equals(folder.resolve(LOCK))) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(folder.resolve(LOCK));
    Files.deleteIfExists(folder);
  }
}
