package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The file that takes the server's standard error. At a start, a long one is put aside as {@code
 * postgres.log.1}.
 */
record PostgresLog(Path file) {

  private static final long LONG = 16L << 20;
  private static final int TAIL_BYTES = 64 << 10;
  private static final int TAIL_LINES = 12;

  void prepare(RunAs runAs) throws IOException {
    if (size() > LONG) {
      Path older = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
    }
    Folders.openOwnerOnly(file).close();
    runAs.own(file);
  }

  long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** What was written after this many bytes, its last part if it is long. */
  String since(long start) throws IOException {
    long size = size();
    long from = Math.max(Math.min(start, size), size - TAIL_BYTES);
    ByteBuffer text = ByteBuffer.allocate((int) (size - from));
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(from);
      while (text.hasRemaining() && channel.read(text) >= 0) {
        // reads on until all is there
      }
    }
    return StandardCharsets.UTF_8.decode(text.flip()).toString();
  }

  /** The last lines since that position, as they stand in an error. */
  String tail(long start) throws IOException {
    List<String> lines = since(start).lines().toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return "\n  " + String.join("\n  ", last) + "\n  (" + file + ")";
  }
}
