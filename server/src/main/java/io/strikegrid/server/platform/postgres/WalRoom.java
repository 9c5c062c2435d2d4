package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How large the server's write-ahead log may grow on a small disk, where the usual setting would
 * fill it: an eighth of the disk, at least what the server needs to run. A larger disk has what
 * {@code postgresql.conf} says.
 */
final class WalRoom {

  private static final long MEBIBYTE = 1L << 20;
  private static final long LARGE_DISK = 16_384 * MEBIBYTE;
  private static final int PART_OF_DISK = 8;
  private static final long LEAST = 64;
  private static final long MOST = 512;

  private WalRoom() {}

  /** What goes to the server's command line. */
  static List<String> options(Path cluster) throws IOException {
    return options(Files.getFileStore(cluster).getTotalSpace());
  }

  static List<String> options(long diskBytes) {
    if (diskBytes >= LARGE_DISK) {
      return List.of();
    }
    long most = Math.clamp(diskBytes / PART_OF_DISK / MEBIBYTE, LEAST, MOST);
    return List.of("max_wal_size=" + most + "MB", "min_wal_size=32MB");
  }
}
