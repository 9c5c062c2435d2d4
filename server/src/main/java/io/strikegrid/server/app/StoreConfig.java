package io.strikegrid.server.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the data is.
 *
 * @param dataDir folder of the embedded store
 * @param databaseUrl a database instead of the embedded one
 * @param markets files with more markets
 * @param connections most connections to the database
 */
record StoreConfig(
    Path dataDir, Optional<String> databaseUrl, List<Path> markets, int connections) {

  StoreConfig {
    markets = List.copyOf(markets);
  }
}
