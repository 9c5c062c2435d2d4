package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one-minute bars of a day as the store has them, read one expiry at a time, when they are
 * asked for. One thread, within a transaction.
 */
final class StoredDay {

  private final Connection connection;
  private final String symbol;
  private final Session session;
  private final List<LocalDate> there;
  private @Nullable LocalDate expiry;
  private BarTable bars = new BarTable();
  private @Nullable StoredVolumes volumes;

  /**
   * A day.
   *
   * @param there expiries that it has bars of
   */
  StoredDay(Connection connection, String symbol, Session session, List<LocalDate> there) {
    this.connection = connection;
    this.symbol = symbol;
    this.session = session;
    this.there = there;
  }

  boolean has(LocalDate asked) {
    return there.contains(asked);
  }

  /** The bars of an expiry, empty where it has none; kept until another one's are asked for. */
  BarTable bars(LocalDate asked) {
    if (!asked.equals(expiry)) {
      try {
        bars =
            has(asked)
                ? BarStore.read(connection, Timeframe.MIN1, symbol, asked, session)
                : new BarTable();
      } catch (SQLException e) {
        throw new StoreException("the database refused: " + e.getMessage(), e);
      }
      expiry = asked;
      volumes = null;
    }
    return bars;
  }

  /** Their day-cumulative volumes. */
  StoredVolumes volumes(LocalDate asked) {
    BarTable stored = bars(asked);
    StoredVolumes known = volumes;
    if (known == null) {
      known = new StoredVolumes(stored);
      volumes = known;
    }
    return known;
  }
}
