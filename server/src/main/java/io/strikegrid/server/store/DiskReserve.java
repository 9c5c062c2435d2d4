package io.strikegrid.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps some room free on the disk of the embedded store. A PostgreSQL that has no room for its log
 * stops as a whole; so writes are refused before, from the moment that less than the reserve is
 * free until there is a quarter more than it. What makes room, such as dropping old days, goes on.
 *
 * <p>Any thread asks, before each transaction that writes. Whether writes are refused is written by
 * whoever asks.
 */
public final class DiskReserve {

  private static final Logger LOG = LoggerFactory.getLogger(DiskReserve.class);
  private static final long MEBIBYTE = 1L << 20;
  private static final long LEAST = 64 * MEBIBYTE;
  private static final long MOST = 1024 * MEBIBYTE;
  private static final int PART_OF_DISK = 20;

  private final Path folder;
  private final LongSupplier free;
  private final long needed;
  private final Object change = new Object();
  private volatile boolean refuses;

  /**
   * A reserve.
   *
   * @param folder on the disk, for messages
   * @param free bytes that are free now; negative where nobody can tell
   * @param needed bytes that are kept free; 0 to refuse nothing
   */
  public DiskReserve(Path folder, LongSupplier free, long needed) {
    if (needed < 0) {
      throw new IllegalArgumentException("needed must not be negative; have " + needed);
    }
    this.folder = folder;
    this.free = free;
    this.needed = needed;
  }

  /** None, for a server whose disk is not ours to look at. */
  public static DiskReserve none() {
    return new DiskReserve(Path.of(""), () -> -1, 0);
  }

  /** A twentieth of the disk of a folder, at least 64 MiB and at most 1 GiB. */
  public static DiskReserve of(Path folder) {
    try {
      long total = Files.getFileStore(folder).getTotalSpace();
      return new DiskReserve(
          folder, () -> usable(folder), Math.clamp(total / PART_OF_DISK, LEAST, MOST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long usable(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      LOG.debug("the free room of {} is not known", folder, e);
      return -1;
    }
  }

  /**
   * Checks that there is room for a transaction.
   *
   * @throws DiskFullException where there is not
   */
  void require() {
    if (needed == 0) {
      return;
    }
    long now = free.getAsLong();
    if (isShort(now)) {
      throw DiskFullException.belowReserve(folder, now, enough());
    }
  }

  /** Why writes are refused, where they are. */
  public Optional<String> trouble() {
    if (needed == 0) {
      return Optional.empty();
    }
    long now = free.getAsLong();
    return isShort(now)
        ? Optional.ofNullable(DiskFullException.belowReserve(folder, now, enough()).getMessage())
        : Optional.empty();
  }

  private boolean isShort(long now) {
    boolean before = refuses;
    boolean isShort = now >= 0 && now < (before ? enough() : needed);
    if (isShort != before) {
      turn(isShort, now);
    }
    return isShort;
  }

  /** What has to be free before writes are taken again. */
  private long enough() {
    return needed + needed / 4;
  }

  private void turn(boolean isShort, long now) {
    synchronized (change) {
      if (refuses == isShort) {
        return;
      }
      refuses = isShort;
    }
    if (isShort) {
      LOG.warn(
          "writes are refused: {} bytes are free on the disk of {}, until there are {}",
          now,
          folder,
          enough());
    } else {
      LOG.info("writes are taken again: {} bytes are free on the disk of {}", now, folder);
    }
  }
}
