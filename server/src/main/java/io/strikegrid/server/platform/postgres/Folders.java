package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** Makes, deletes and syncs folders, and opens files in them for their owner only. */
final class Folders {

  private Folders() {}

  /** Creates a folder, with its parents, that everybody may read, whatever the umask is. */
  static void createReadable(Path folder) throws IOException {
    Path wanted = folder.normalize();
    if (!Files.isDirectory(wanted)) {
      Path parent = wanted.getParent();
      if (parent != null) {
        createReadable(parent);
      }
      create(wanted, "rwxr-xr-x");
    }
  }

  /** Creates a folder with exactly this mode, whatever the umask is. */
  static void create(Path folder, String mode) throws IOException {
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }

  /** Opens a file to read and write, created where missing, that only its owner may read. */
  static FileChannel openOwnerOnly(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Whether nobody but its owner may read or write a file. */
  static boolean isOwnersAlone(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).stream()
        .allMatch(permission -> permission.name().startsWith("OWNER"));
  }

  /** Lets only its owner read and write a file. */
  static void makeOwnersAlone(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** Deletes a folder with all in it; nothing happens where there is none. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path each : tree.toList().reversed()) {
        Files.delete(each);
      }
    }
  }

  /** Makes the names in a folder survive a power cut. */
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
