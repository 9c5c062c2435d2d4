package io.strikegrid.server.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A file that its owner alone may read.
 *
 * @param path where it is, or is to be
 */
record PrivateFile(Path path) {

  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");

  /** The file that standard output goes to; empty where it goes elsewhere, or nobody can tell. */
  static Optional<PrivateFile> ofStandardOutput() {
    return Files.isRegularFile(STANDARD_OUTPUT)
        ? Optional.of(new PrivateFile(STANDARD_OUTPUT))
        : Optional.empty();
  }

  /** Adds a text; a file that was not there is its owner's from the first byte. */
  void append(String text) {
    Set<StandardOpenOption> how =
        EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel =
        Files.newByteChannel(path, how, PosixFilePermissions.asFileAttribute(OWNERS))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("--file must be one that can be written; have " + e, e);
    }
  }

  /** Makes a file that holds nothing yet its owner's; one that does is left as it is. */
  void makePrivate(PrintWriter err) {
    try {
      if (Files.size(path) == 0) {
        Files.setPosixFilePermissions(path, OWNERS);
      }
    } catch (IOException | UnsupportedOperationException e) {
      err.println("strikegrid: others may be able to read the file: " + e.getMessage());
    }
    warnWhereOpen(err);
  }

  /** Warns where others may read it. */
  void warnWhereOpen(PrintWriter err) {
    try {
      Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
      set.addAll(Files.getPosixFilePermissions(path));
      set.removeAll(OWNERS);
      if (!set.isEmpty()) {
        err.println("strikegrid: others may use the file; chmod 600 makes it its owner's alone");
      }
    } catch (IOException | UnsupportedOperationException e) {
      err.println("strikegrid: others may be able to read the file: " + e.getMessage());
    }
  }
}
