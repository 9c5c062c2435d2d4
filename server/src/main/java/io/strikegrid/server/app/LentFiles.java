package io.strikegrid.server.app;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that root named and that this process, which runs as another user, cannot read: the
 * launcher keeps a copy of each in a folder, below which it has the path that it has on this
 * machine. Without that folder, as where nobody was root, every file is read where it is.
 */
final class LentFiles {

  /** The property with the folder. */
  private static final String FOLDER = "strikegrid.files";

  private LentFiles() {}

  /** Where to read a file: the copy, or itself where there is none. */
  static Path of(Path path) {
    String folder = System.getProperty(FOLDER);
    if (folder == null) {
      return path;
    }
    Path copy = Path.of(folder, path.toAbsolutePath().toString());
    return Files.isRegularFile(copy) ? copy : path;
  }

  /** The same by a path in words. */
  static Path of(String path) {
    return of(Path.of(path));
  }
}
