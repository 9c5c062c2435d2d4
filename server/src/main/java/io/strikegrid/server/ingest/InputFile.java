package io.strikegrid.server.ingest;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** A file to import: plain, gzip or zip, told apart by its first bytes rather than its name. */
final class InputFile {

  private static final int BUFFER = 1 << 16;

  private InputFile() {}

  /** Takes one text out of a file. */
  @FunctionalInterface
  interface EntryReader {
    /**
     * Reads it.
     *
     * @param name of the entry within an archive, else of the file, without {@code .gz}
     */
    void read(String name, InputStream text) throws IOException, ImportException;
  }

  /**
   * Hands each text in the file to the reader.
   *
   * @param progress told how many bytes of the file have been read
   */
  static void forEachEntry(Path file, LongConsumer progress, EntryReader reader)
      throws IOException, ImportException {
    if (Files.isDirectory(file)) {
      throw new ImportException(file + ": is a folder; name the files in it", null);
    }
    String name = String.valueOf(file.getFileName());
    try (InputStream raw = new Counting(Files.newInputStream(file), progress);
        BufferedInputStream in = new BufferedInputStream(raw, BUFFER)) {
      in.mark(4);
      byte[] start = in.readNBytes(4);
      in.reset();
      if (start.length == 0) {
        throw new ImportException(file + ": is empty", null);
      }
      if (start.length >= 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b) {
        reader.read(name.replaceFirst("\\.gz$", ""), new GZIPInputStream(in, BUFFER));
      } else if (isZip(start)) {
        readZip(file, in, reader);
      } else {
        reader.read(name, in);
      }
    } catch (NoSuchFileException e) {
      throw new ImportException(file + ": there is no such file", e);
    }
  }

  private static boolean isZip(byte[] start) {
    return start.length == 4
        && start[0] == 'P'
        && start[1] == 'K'
        && ((start[2] == 3 && start[3] == 4) || (start[2] == 5 && start[3] == 6));
  }

  /** Entries are read in order; the directory at the end tells that the file has its end. */
  private static void readZip(Path file, InputStream in, EntryReader reader)
      throws IOException, ImportException {
    try (ZipFile whole = new ZipFile(file.toFile())) {
      if (whole.size() == 0) {
        throw new ImportException(file + ": is a zip without entries", null);
      }
    }
    ZipInputStream zip = new ZipInputStream(in);
    ZipEntry entry;
    while ((entry = zip.getNextEntry()) != null) {
      if (!entry.isDirectory()) {
        reader.read(entry.getName(), new Unclosed(zip));
      }
    }
  }

  /** Counts the bytes that pass. */
  private static final class Counting extends FilterInputStream {
    private final LongConsumer progress;
    private long count;

    Counting(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        progress.accept(++count);
      }
      return b;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int n = super.read(to, offset, length);
      if (n > 0) {
        count += n;
        progress.accept(count);
      }
      return n;
    }
  }

  /** An entry's reader may close its stream; the archive goes on. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // the archive is closed by whoever opened it
    }
  }
}
