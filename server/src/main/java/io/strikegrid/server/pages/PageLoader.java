package io.strikegrid.server.pages;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.grid.BarPages;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.MetricsStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

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

  /** How large pages can be that are read here. */
  PageSizes sizes(Generations generations) {
    return new PageSizes(database, generations);
  }

  /** Reads a page and its generation in one snapshot. */
  public Loaded load(PageKey key, Session session) {
    return database.read(
        connection -> whole(connection, key, session, generation(connection, key)));
  }

  /**
   * The same, where an older page has a part of it.
   *
   * @param changes tells what the older page lacks
   */
  Loaded load(PageKey key, Session session, Loaded older, RollupChanges changes) {
    return database.read(connection -> {
      long generation = generation(connection, key);
      OptionalLong first = changes.between(key.symbol(), key.day(), older.generation(), generation);
      return first.isEmpty()
          ? whole(connection, key, session, generation)
          : rest(connection, session, older.page(), first.getAsLong(), generation);
    });
  }

  private static long generation(Connection connection, PageKey key) throws SQLException {
    return GenerationStore.find(connection, key.symbol(), key.day())
        .map(row -> row.of(key.timeframe()))
        .orElse(0L);
  }

  private static Loaded whole(Connection connection, PageKey key, Session session, long generation)
      throws SQLException {
    BarTable bars = BarStore.read(connection, key.timeframe(), key.symbol(), key.expiry(), session);
    GridWriter writer = BarPages.writer(key, session, bars);
    addMetrics(connection, writer, session, session);
    return new Loaded(writer.seal(), generation);
  }

  private static Loaded rest(
      Connection connection, Session session, GridPage older, long firstMinute, long generation)
      throws SQLException {
    PageKey key = older.key();
    long from = Math.max(session.open(), Timeframe.MIN15.floor(firstMinute));
    int kept = session.indexOf(key.timeframe(), from);
    Session rest = new Session(session.day(), from, session.close());
    GridWriter writer = GridWriter.after(older, kept);
    BarPages.append(
        writer,
        session,
        BarStore.read(connection, key.timeframe(), key.symbol(), key.expiry(), rest));
    addMetrics(connection, writer, session, rest);
    return new Loaded(writer.publish(), generation);
  }

  private static void addMetrics(
      Connection connection, GridWriter writer, Session session, Session part) throws SQLException {
    PageKey key = writer.key();
    MetricsStore.read(
        connection,
        key.timeframe(),
        key.symbol(),
        key.expiry(),
        part,
        (bucket, values) -> {
          int b = session.indexOf(key.timeframe(), bucket);
          for (BucketField field : BucketField.values()) {
            writer.set(field, b, values[field.ordinal()]);
          }
        });
  }
}
