package io.strikegrid.server.app;

import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.platform.postgres.EmbeddedPostgres;
import io.strikegrid.server.platform.postgres.ServerState;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.DatabaseConfig;
import io.strikegrid.server.store.DatabaseUrl;
import io.strikegrid.server.store.DiskReserve;
import io.strikegrid.server.store.MarketStore;
import java.io.IOException;
import java.util.Optional;

/** An open store: the embedded server, if that is what was asked for, and the database in it. */
final class OpenStore implements AutoCloseable {

  private final Optional<EmbeddedPostgres> embedded;
  private final Database database;
  private final MarketCatalog markets;

  private OpenStore(Optional<EmbeddedPostgres> embedded, Database database, MarketCatalog markets) {
    this.embedded = embedded;
    this.database = database;
    this.markets = markets;
  }

  /** Opens the store that the settings name, for a server. */
  static OpenStore open(StoreConfig config) throws IOException, InterruptedException {
    return open(config, DatabaseConfig.server(config.connections()));
  }

  /** Opens the store that the settings name, for a command: it has time. */
  static OpenStore forCommand(StoreConfig config) throws IOException, InterruptedException {
    return open(config, DatabaseConfig.command(config.connections()));
  }

  private static OpenStore open(StoreConfig config, DatabaseConfig use)
      throws IOException, InterruptedException {
    MarketCatalog markets = MarketCatalog.load(config.markets());
    DatabaseConfig asked = use.withEngine(config.engine());
    if (config.databaseUrl().isPresent()) {
      DatabaseUrl url =
          DatabaseUrl.parse(config.databaseUrl().get()).withPasswordOf(System.getenv());
      return with(Optional.empty(), url, asked, markets);
    }
    EmbeddedPostgres embedded = EmbeddedPostgres.open(config.dataDir());
    try {
      DatabaseUrl url = new DatabaseUrl(embedded.jdbcUrl(), embedded.user(), embedded.password());
      DiskReserve reserve = DiskReserve.of(config.dataDir());
      return with(Optional.of(embedded), url, asked.withReserve(reserve), markets);
    } catch (Throwable e) {
      closeAfter(e, embedded);
      throw e;
    }
  }

  private static void closeAfter(Throwable failure, AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  private static OpenStore with(
      Optional<EmbeddedPostgres> embedded,
      DatabaseUrl url,
      DatabaseConfig config,
      MarketCatalog markets) {
    Database database = Database.open(url, config);
    try {
      MarketStore.publish(database, markets.all(), markets.aliases(), markets.calendars());
    } catch (Throwable e) {
      closeAfter(e, database);
      throw e;
    }
    return new OpenStore(embedded, database, markets);
  }

  Database database() {
    return database;
  }

  /** How the embedded server is; empty where the store is on another one. */
  Optional<ServerState> server() {
    return embedded.map(EmbeddedPostgres::state);
  }

  MarketCatalog markets() {
    return markets;
  }

  @Override
  public void close() {
    try {
      database.close();
    } finally {
      embedded.ifPresent(EmbeddedPostgres::close);
    }
  }
}
