package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What earlier versions wrote into {@code postgresql.conf} and turned out to be wrong. It is set
 * right once, where it stands there as it was written; a line at the end of the file notes that, so
 * that what an operator writes later is left alone, the same values too.
 */
record OldSettings(Path cluster, RunAs runAs) {

  private static final Logger LOG = LoggerFactory.getLogger(OldSettings.class);
  private static final String NOTE = "# written by strikegrid, settings of version 2";

  /** As it was written, and as it is now. */
  private static final Map<String, String> CHANGED =
      Map.of(
          "max_connections = 60",
          "max_connections = 100",
          "max_wal_size = 2GB",
          "max_wal_size = 512MB");

  /**
   * Sets them right, from the server's next start on; a server starts with the old ones as well.
   */
  void mend() {
    Path file = cluster.resolve("postgresql.conf");
    try {
      String text = Files.exists(file) ? Files.readString(file) : NOTE;
      if (!text.contains(NOTE)) {
        write(file, mended(text));
      }
    } catch (IOException e) {
      LOG.warn("{} keeps settings of an earlier version: {}", file, e.toString());
    }
  }

  private static String mended(String text) {
    String mended = text;
    for (Map.Entry<String, String> change : CHANGED.entrySet()) {
      String[] old = change.getKey().split(" = ", 2);
      Pattern line =
          Pattern.compile("(?m)^" + old[0] + "[ \\t]*=?[ \\t]*'?" + old[1] + "'?(?=[ \\t]*(#|$))");
      mended = line.matcher(mended).replaceAll(change.getValue());
    }
    return mended + (mended.endsWith("\n") ? "" : "\n") + NOTE + "\n";
  }

  private void write(Path file, String text) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Files.deleteIfExists(unfinished);
    Files.copy(file, unfinished, StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(unfinished, text);
    runAs.own(unfinished);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(cluster);
  }
}
