package io.strikegrid.server.ingest.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of a journal, held for one process alone while it is open. */
final class JournalFolder implements AutoCloseable {

  private static final String SEGMENT_NAME = "[0-9a-f]{16}\\.segment";
  private static final String NUMBERED = "[0-9a-f]{16}\\..*";

  /** How the name of a file ends that is kept for whoever wants to look. */
  static final String DAMAGED = ".damaged";

  private static final int MOST_DAMAGED = 16;
  private static final int DIGITS = 16;
  private static final int CHUNK = 1 << 16;
  private static final int LONGEST_HOLDER = 20;

  private final Path path;
  private final FileChannel lock;

  private JournalFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Creates the folder where it is missing, and locks it. */
  static JournalFolder open(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, ownersAlone("rwx------"));
    }
    FileChannel channel = create(path.resolve("lock"));
    boolean isLocked = false;
    try {
      isLocked = tryLock(channel);
      if (!isLocked) {
        throw new JournalInUseException(path, holder(channel));
      }
      channel.truncate(0);
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return new JournalFolder(path, channel);
    } finally {
      if (!isLocked) {
        channel.close();
      }
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_HOLDER);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
  }

  private static FileAttribute<Set<PosixFilePermission>> ownersAlone(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  /** Opens a file to read and write, created where missing for its owner alone. */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        ownersAlone("rw-------"));
  }

  /** The files of segments, oldest first. */
  List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> file.getFileName().toString().matches(SEGMENT_NAME))
          .sorted()
          .toList();
    }
  }

  /** A number that no file in the folder has, whatever became of its segment. */
  long nextNumber() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches(NUMBERED))
              .mapToLong(name -> Long.parseLong(name.substring(0, DIGITS), 16))
              .max()
              .orElse(0)
          + 1;
    }
  }

  /** Files that are kept since something in them could not be read, oldest first. */
  List<Path> damaged() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(DAMAGED)).sorted().toList();
    }
  }

  /** Deletes the oldest of those, where they are more than are kept; returns how many that were. */
  int boundDamaged() throws IOException {
    List<Path> files = damaged();
    int over = Math.max(0, files.size() - MOST_DAMAGED);
    for (Path file : files.subList(0, over)) {
      Files.deleteIfExists(file);
    }
    return over;
  }

  Path path() {
    return path;
  }

  Path segment(long number) {
    return path.resolve("%016x.segment".formatted(number));
  }

  /**
   * Writes a file of so many bytes, durable as a segment is, and deletes it.
   *
   * @throws IOException where a segment could not be written either
   */
  void probe(long bytes) throws IOException {
    Path file = path.resolve("probe");
    try (FileChannel channel = create(file)) {
      for (long at = 0; at < bytes; at += CHUNK) {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, bytes - at));
        while (chunk.hasRemaining()) {
          channel.write(chunk, at + chunk.position());
        }
      }
      channel.force(true);
      sync();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Makes the names in the folder survive a power cut. */
  void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
