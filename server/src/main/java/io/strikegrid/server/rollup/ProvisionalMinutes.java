package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.DayVolumes;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.BarPages;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.pricing.BarPricing;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Minutes that are not committed yet, as they would be if no more came: made by the rules of the
 * writer, on top of a page of what is committed.
 */
public final class ProvisionalMinutes {

  private ProvisionalMinutes() {}

  /**
   * The page with the minutes after its last bucket added.
   *
   * @param committed one-minute page of an expiry; may be empty
   * @param running observations of all expiries of the day in minutes that are not committed
   * @return empty where nothing of the expiry runs after the page
   */
  public static Optional<GridPage> beside(
      GridPage committed, Underlying underlying, ObservedDay running, Provenance provenance) {
    Session session = committed.session();
    if (!running.expiries().contains(committed.key().expiry())) {
      return Optional.empty();
    }
    BarBuilder.Result built = running.bars(committed.key().expiry(), before(committed));
    BarTable bars = after(committed, built.bars());
    if (bars.rows() == 0) {
      return Optional.empty();
    }
    try {
      StandIn.of(running, e -> BarBuilder.VolumeBefore.NOTHING, underlying, session).apply(bars);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    BarTable made = BarMerging.with(bars, provenance);
    long first = committed.buckets() > 0 ? session.open() : running.minutes().first();
    DayVolumes.derive(made, first, session.open(), new Known(committed));
    TreeMap<Long, Long> observed = built.lastObservation();
    new BarPricing(underlying, committed.key().expiry(), session.day()).apply(made, observed);
    GridWriter writer = GridWriter.after(committed);
    BarPages.append(writer, session, made);
    GridPage page = writer.publish();
    for (MinuteMetrics minute : MinuteMetrics.of(page, underlying, committed.buckets(), observed)) {
      minute.writeTo(writer, session.indexOf(Timeframe.MIN1, minute.bucket()));
    }
    return Optional.of(writer.publish());
  }

  /** The bars of minutes after a page's last bucket. */
  private static BarTable after(GridPage page, BarTable bars) {
    BarTable later = new BarTable();
    for (int row = 0; row < bars.rows(); row++) {
      if (page.session().indexOf(Timeframe.MIN1, bars.bucket(row)) >= page.buckets()) {
        later.addCopy(bars, row);
      }
    }
    return later;
  }

  private static BarBuilder.VolumeBefore before(GridPage page) {
    Known known = new Known(page);
    return (side, strike, minute) -> known.of(side, strike);
  }

  /** What a page knows of its contracts at its end. */
  private record Known(GridPage page) implements DayVolumes.Before {

    @Override
    public double of(Side side, double strike) {
      int k = page.indexOf(strike);
      return k < 0 || page.buckets() == 0
          ? Double.NaN
          : page.at(side, GridField.VOLUME_DAY, page.buckets() - 1, k);
    }

    @Override
    public boolean isObserved(Side side, double strike) {
      int k = page.indexOf(strike);
      return k >= 0 && page.newest().newestBar(side, k) >= 0;
    }
  }
}
