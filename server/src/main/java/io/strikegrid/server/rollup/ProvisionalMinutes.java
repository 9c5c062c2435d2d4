package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.day.DayPlanner;
import io.strikegrid.engine.day.ExpiryDay;
import io.strikegrid.engine.day.ExpiryPlan;
import io.strikegrid.engine.day.IncomingDay;
import io.strikegrid.engine.day.KnownDay;
import io.strikegrid.engine.grid.BarPages;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Minutes that are not committed yet, as they would be if no more came: planned like any others, on
 * top of a page of what is committed.
 */
public final class ProvisionalMinutes {

  private ProvisionalMinutes() {}

  /**
   * The page with the minutes after its last bucket added.
   *
   * @param committed one-minute page of an expiry; may be empty
   * @param running observations of all expiries of the day in minutes after that
   * @return empty where nothing of the expiry runs after the page
   */
  public static Optional<GridPage> beside(
      GridPage committed, Underlying underlying, IncomingDay running, Provenance provenance) {
    LocalDate expiry = committed.key().expiry();
    if (!running.expiries().contains(expiry)) {
      return Optional.empty();
    }
    Session session = committed.session();
    ExpiryPlan plan;
    try {
      plan =
          new DayPlanner(underlying, session)
              .plan(new KnownPage(underlying, committed), running, provenance)
              .of(expiry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (plan.rows().rows() == 0) {
      return Optional.empty();
    }
    GridWriter writer = GridWriter.after(committed);
    BarPages.append(writer, session, plan.rows());
    for (MinuteMetrics minute : plan.metrics().getOrDefault(Timeframe.MIN1, List.of())) {
      minute.writeTo(writer, session.indexOf(Timeframe.MIN1, minute.bucket()));
    }
    return Optional.of(writer.publish());
  }

  /** What a page knows, of its expiry alone. */
  private record KnownPage(Underlying underlying, GridPage page) implements KnownDay {

    @Override
    public NavigableSet<LocalDate> expiries() {
      TreeSet<LocalDate> expiries = new TreeSet<>();
      if (page.buckets() > 0) {
        expiries.add(page.key().expiry());
      }
      return expiries;
    }

    /** Nobody knows here; where there is a page, its day is taken to have begun at the opening. */
    @Override
    public OptionalLong firstMinute() {
      return page.buckets() > 0 ? OptionalLong.of(page.session().open()) : OptionalLong.empty();
    }

    @Override
    public ExpiryDay end(LocalDate expiry) {
      return ExpiryDay.at(underlying, page);
    }

    @Override
    public ExpiryDay whole(LocalDate expiry) {
      throw new IllegalStateException("minutes before the end of a page are not made again");
    }
  }
}
