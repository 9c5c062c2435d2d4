package io.strikegrid.server.store;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Brings the schema of a store up to date, and leaves one alone that is newer than this program.
 */
final class Migrations {

  private Migrations() {}

  /**
   * Migrates.
   *
   * @throws StoreException where the store has a version that this program does not know; nothing
   *     is changed then
   */
  static void run(DataSource source) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(source)
            .locations("classpath:db/migration")
            .schemas("public", "strikegrid")
            .defaultSchema("public")
            .table("strikegrid_schema_history")
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load();
    MigrationInfoService info = flyway.info();
    requireKnown(info);
    if (!isCurrent(info)) {
      flyway.migrate();
    }
  }

  /** Whether there is nothing to do and nothing to complain of, which is usual and soon known. */
  private static boolean isCurrent(MigrationInfoService info) {
    return info.current() != null
        && Arrays.stream(info.all())
            .allMatch(migration ->
                migration.getState().isApplied()
                    && migration.getState().isResolved()
                    && !migration.getState().isFailed()
                    && migration.isChecksumMatching());
  }

  private static void requireKnown(MigrationInfoService info) {
    Optional<MigrationVersion> known =
        Arrays.stream(info.all())
            .filter(migration -> migration.getState().isResolved())
            .flatMap(Migrations::version)
            .max(MigrationVersion::compareTo);
    Optional<MigrationVersion> stored =
        Arrays.stream(info.all())
            .filter(migration -> migration.getState().isApplied())
            .flatMap(Migrations::version)
            .max(MigrationVersion::compareTo);
    if (known.isPresent() && stored.isPresent() && stored.get().compareTo(known.get()) > 0) {
      throw new StoreException(
          "the schema of this store must be at most version "
              + known.get()
              + ", the newest that this program knows; have "
              + stored.get()
              + ", made by a newer one. Nothing was changed: start that one, or restore an older"
              + " backup",
          null);
    }
  }

  private static Stream<MigrationVersion> version(MigrationInfo migration) {
    return Optional.ofNullable(migration.getVersion()).stream();
  }
}
