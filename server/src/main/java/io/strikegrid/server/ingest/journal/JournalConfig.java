package io.strikegrid.server.ingest.journal;

import java.nio.file.Path;

/**
 * Where a journal is, and its bounds.
 *
 * @param folder of its own, created where it is missing
 * @param segmentBytes a file of the journal is followed by a new one once it is longer
 * @param backlogBytes most bytes of batches that may wait to be handed out
 */
public record JournalConfig(Path folder, long segmentBytes, long backlogBytes) {

  private static final long SEGMENT_BYTES = 16 << 20;
  private static final long BACKLOG_BYTES = 128 << 20;

  /** Checks the bounds. */
  public JournalConfig {
    if (segmentBytes < 1 || backlogBytes < 1) {
      throw new IllegalArgumentException(
          "bytes of a journal must be positive; have " + segmentBytes + " and " + backlogBytes);
    }
  }

  /** The usual bounds: 16 MiB a file, 128 MiB waiting. */
  public static JournalConfig in(Path folder) {
    return new JournalConfig(folder, SEGMENT_BYTES, BACKLOG_BYTES);
  }
}
