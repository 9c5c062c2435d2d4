package io.strikegrid.server.app;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store, and which markets: the same for every command. */
final class StoreOptions {

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder of the embedded store.")
  @Nullable Path dataDir;

  @Option(
      names = "--db",
      paramLabel = "URL",
      description =
          "A PostgreSQL 15 or newer instead: postgresql://user@host:port/name, or the jdbc: form."
              + " Its password comes from STRIKEGRID_DB_PASSWORD or PGPASSWORD, else from the file"
              + " of PGPASSFILE or ~/.pgpass; others can see one that stands in the address.")
  @Nullable String databaseUrl;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "Who keeps the 5 and 15 minute bars of a new store: plain (tables) or timescale; without"
              + " it TimescaleDB where the server has it.")
  @Nullable String engine;

  @Option(
      names = "--compress-after",
      paramLabel = "DAYS",
      description =
          "Age from which TimescaleDB compresses one-minute bars: 7; 0 for never. A job of the"
              + " server does it.")
  @Nullable String compressAfter;

  @Option(
      names = "--keep-days",
      paramLabel = "DAYS",
      description =
          "Drops trading days that are older: 0, which keeps all. A job of the server does it.")
  @Nullable String keepDays;

  @Option(
      names = "--markets",
      paramLabel = "FILE",
      description = "YAML with more markets and underlyings; may be repeated.")
  @Nullable List<Path> markets;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML with settings; the command line and STRIKEGRID_... variables come first.")
  @Nullable Path config;
}
