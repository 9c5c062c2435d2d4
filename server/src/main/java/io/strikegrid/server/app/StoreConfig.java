package io.strikegrid.server.app;

import io.strikegrid.server.jobs.KeepingConfig;
import io.strikegrid.server.store.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the data is.
 *
 * @param dataDir folder of the embedded store
 * @param databaseUrl a database instead of the embedded one
 * @param engine that the store must have; empty for its own, or the best that a new one can have
 * @param markets files with more markets
 * @param keeping what becomes of old data
 * @param connections most connections to the database
 */
record StoreConfig(
    Path dataDir,
    Optional<String> databaseUrl,
    Optional<Engine> engine,
    List<Path> markets,
    KeepingConfig keeping,
    int connections) {

  StoreConfig {
    markets = List.copyOf(markets);
  }
}
