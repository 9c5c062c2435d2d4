package io.strikegrid.server;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs, for data folders of tests: a server that finds them in its folder does not
 * unpack them, which takes more than all else that a first start does.
 *
 * @param runtime where a server has unpacked them
 */
record UnpackedPostgres(Path runtime) {

  /** Makes a data folder, which does not exist yet, with the programs in it and nothing else. */
  void into(Path dataFolder) throws IOException {
    Files.createDirectory(dataFolder);
    Files.setPosixFilePermissions(dataFolder, PosixFilePermissions.fromString("rwx--x--x"));
    List<Path> all;
    try (Stream<Path> tree = Files.walk(runtime)) {
      all = tree.toList();
    }
    Path target = dataFolder.resolve(runtime.getFileName());
    for (Path each : all) {
      Path there = target.resolve(runtime.relativize(each));
      if (Files.isRegularFile(each)) {
        link(each, there);
      } else {
        Files.copy(each, there, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** The same file by another name; a copy where that is not on the same disk. */
  private static void link(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (FileSystemException e) {
      Files.copy(file, name, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
