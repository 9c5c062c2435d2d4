package io.strikegrid.server.pages;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.grid.BarPages;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.MetricsStore;

/** Reads pages from the store. */
public final class PageLoader {

  private final Database database;

  /** A loader from a database. */
  public PageLoader(Database database) {
    this.database = database;
  }

  /**
   * A page with the generation that it shows.
   *
   * @param page may be empty
   * @param generation of its symbol, day and timeframe; 0 where there was no data at all
   */
  public record Loaded(GridPage page, long generation) {}

  /** Reads a page and its generation in one snapshot. */
  public Loaded load(PageKey key, Session session) {
    return database.read(connection -> {
      long generation =
          GenerationStore.find(connection, key.symbol(), key.day())
              .map(row -> row.of(key.timeframe()))
              .orElse(0L);
      BarTable bars =
          BarStore.read(connection, key.timeframe(), key.symbol(), key.expiry(), session);
      GridWriter writer = BarPages.writer(key, session, bars);
      MetricsStore.read(
          connection,
          key.timeframe(),
          key.symbol(),
          key.expiry(),
          session,
          (bucket, values) -> {
            int b = session.indexOf(key.timeframe(), bucket);
            for (BucketField field : BucketField.values()) {
              writer.set(field, b, values[field.ordinal()]);
            }
          });
      return new Loaded(writer.seal(), generation);
    });
  }
}
