package io.strikegrid.server;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.ingest.ImportException;
import io.strikegrid.server.ingest.ImportProgress;
import io.strikegrid.server.ingest.ImportReport;
import io.strikegrid.server.ingest.Importer;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.store.Database;
import io.strikegrid.testkit.RecordedData;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Databases that hold recorded files and nothing else. Each is imported once and shared by the
 * tests of a JVM, which only read it. Skips the running test where a file is missing.
 */
public final class RecordedStore {

  private static final int CONNECTIONS = 2;
  private static final Map<List<String>, RecordedStore> STORES = new HashMap<>();

  private final Database database;
  private final List<ImportReport> reports;

  private RecordedStore(Database database, List<ImportReport> reports) {
    this.database = database;
    this.reports = reports;
  }

  /** The one of these files. */
  public static synchronized RecordedStore of(String... files) throws ImportException {
    List<String> key = List.of(files);
    key.forEach(RecordedData::require);
    RecordedStore store = STORES.get(key);
    if (store == null) {
      store = create(key);
      STORES.put(key, store);
    }
    return store;
  }

  private static RecordedStore create(List<String> files) throws ImportException {
    Database database = TestDatabase.create().alone(CONNECTIONS);
    DayCommit commit = new DayCommit(database, InstantSource.system(), row -> {});
    Importer importer =
        new Importer(MarketCatalog.load(List.of()), new Profiles(), commit, InstantSource.system());
    List<ImportReport> reports = new ArrayList<>();
    for (String file : files) {
      reports.add(
          importer.run(
              RecordedData.require(file), null, Provenance.IMPORTED, ImportProgress.SILENT));
    }
    return new RecordedStore(database, reports);
  }

  /** The database, to be read alone. */
  public Database database() {
    return database;
  }

  /** What came of each file. */
  public List<ImportReport> reports() {
    return reports;
  }
}
