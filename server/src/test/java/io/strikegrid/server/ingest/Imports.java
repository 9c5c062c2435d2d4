package io.strikegrid.server.ingest;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.store.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Imports files into a database, with the shipped markets and profiles. */
final class Imports {

  static final MarketCatalog MARKETS = MarketCatalog.load(List.of());
  static final Profiles PROFILES = new Profiles();

  private final Importer importer;

  Imports(Database database) {
    DayCommit commit = new DayCommit(database, InstantSource.system(), row -> {});
    this.importer = new Importer(MARKETS, PROFILES, commit, InstantSource.system());
  }

  ImportReport run(Path file) throws ImportException {
    return run(file, null, Provenance.IMPORTED);
  }

  ImportReport run(Path file, @Nullable String profile, Provenance provenance)
      throws ImportException {
    Profile chosen = profile == null ? null : PROFILES.named(profile);
    return importer.run(file, chosen, provenance, ImportProgress.SILENT);
  }

  static Path write(Path folder, String name, List<String> lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  static Path gzip(Path file, List<String> lines) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (String line : lines) {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
      }
    }
    return file;
  }
}
