package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * PostgreSQL's programs, unpacked once per release into a folder of their own that never changes
 * afterwards: a running server is not disturbed when a newer release is unpacked beside it.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 */
record Binaries(Path folder) {

  /** The release in the archive on the class path. */
  static final String VERSION = "18.6.0";

  static final String MAJOR = "18";

  private static final String MARKER = "complete";

  /** Finds them unpacked, else unpacks them. To be called under the {@link StartLock}. */
  static Binaries unpack(Path runtime) throws IOException {
    URL archive = archive();
    Path folder = runtime.resolve(VERSION + "-" + checksum(archive));
    if (isComplete(folder)) {
      return new Binaries(folder);
    }
    Path unfinished = runtime.resolve("unfinished");
    Folders.delete(unfinished);
    Folders.delete(folder);
    Folders.createReadable(runtime);
    Folders.createReadable(unfinished);
    try (InputStream in = archive.openStream()) {
      TarXz.extract(in, unfinished);
    }
    Files.writeString(unfinished.resolve(MARKER), contents(unfinished));
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(runtime);
    return new Binaries(folder);
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  private static URL archive() throws EmbeddedPostgresException {
    String os = System.getProperty("os.name", "");
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String suffix =
        switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> arch;
        };
    URL archive = Binaries.class.getResource("/postgres-linux-" + suffix + ".txz");
    if (!os.equals("Linux") || archive == null) {
      throw new EmbeddedPostgresException(
          "no PostgreSQL is bundled for "
              + os
              + "/"
              + arch
              + "; use --db with the JDBC URL of a server of your own");
    }
    return archive;
  }

  /** Taken from the jar's directory where there is one, which costs no reading. */
  private static String checksum(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar && jar.getJarEntry().getCrc() >= 0) {
      return Long.toHexString(jar.getJarEntry().getCrc());
    }
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(archive.openStream(), crc)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Long.toHexString(crc.getValue());
  }

  private static boolean isComplete(Path folder) throws IOException {
    Path marker = folder.resolve(MARKER);
    return Files.isRegularFile(marker) && Files.readString(marker).equals(contents(folder));
  }

  /** Counts the files and their bytes, which shows files that a power cut left empty. */
  private static String contents(Path folder) throws IOException {
    long files = 0;
    long bytes = 0;
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path each : (Iterable<Path>) tree::iterator) {
        if (Files.isRegularFile(each) && !each.endsWith(MARKER)) {
          files++;
          bytes += Files.size(each);
        }
      }
    }
    return files + " files, " + bytes + " bytes\n";
  }
}
