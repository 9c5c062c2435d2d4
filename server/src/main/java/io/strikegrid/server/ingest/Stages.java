package io.strikegrid.server.ingest;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has been read of a file, by entry, until all of it is committed. One thread. */
final class Stages implements AutoCloseable {

  private static final int RANGES_SHOWN = 6;

  private final MarketCatalog markets;
  private final InstantSource clock;
  private final ImportReport report;
  private final List<Stage> stages = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final DayFigures figures = new DayFigures();
  private @Nullable StageFolder folder;
  private boolean anyEntry;

  Stages(MarketCatalog markets, ImportReport report, InstantSource clock) {
    this.clock = clock;
    this.markets = markets;
    this.report = report;
  }

  /** Whether no entry has been read. */
  boolean isEmpty() {
    return !anyEntry;
  }

  /** Reads the rows of an entry to the end. */
  void read(
      Profile profile,
      String name,
      List<String> header,
      Iterator<CsvRecord> rows,
      ImportReport counts)
      throws IOException, ImportException {
    anyEntry = true;
    report.profile(profile.name());
    RowReader reader = new RowReader(profile, markets, name, header, clock);
    StageFolder in = folder;
    if (in == null) {
      in = StageFolder.open();
      folder = in;
    }
    Stage stage = new Stage(profile, in, "e" + stages.size());
    stages.add(stage);
    names.add(name);
    while (rows.hasNext()) {
      CsvRecord row = rows.next();
      if (isFootnote(row)) {
        continue;
      }
      counts.row();
      try {
        ChainRow read = reader.read(row);
        if (read == null) {
          counts.passedOver();
        } else if (profile.kind() == Profile.Kind.DAY) {
          figures.add(read);
        } else {
          stage.add(read);
        }
      } catch (RefusedRow e) {
        counts.refuse(name, (int) row.getStartingLineNumber(), e.refusal());
      }
    }
    List<String> unused = reader.unused(header);
    if (profile.kind() == Profile.Kind.BARS && !unused.isEmpty()) {
      counts.note("columns that nothing is read from: " + String.join(", ", unused));
    }
  }

  /** A line of one field that starts with an asterisk explains, and holds no data. */
  private static boolean isFootnote(CsvRecord row) {
    return row.getFieldCount() == 1 && row.getField(0).strip().startsWith("*");
  }

  /** Commits every day. */
  void commit(DayCommit commit, Provenance provenance, ImportProgress progress) throws IOException {
    for (int i = 0; i < stages.size(); i++) {
      List<StagedDay> days = stages.get(i).days();
      for (int d = 0; d < days.size(); d++) {
        commit(commit, provenance, days.get(d), names.get(i));
        progress.committed(label(days.get(d)), d + 1, days.size());
      }
    }
    figures.commit(commit, provenance, report, progress);
  }

  private void commit(DayCommit commit, Provenance provenance, StagedDay day, String name)
      throws IOException {
    day.judge();
    Session session = day.session().orElse(null);
    if (session == null) {
      closed(day, name);
      return;
    }
    DayCommit.Outcome outcome = commit.commit(day.underlying(), session, provenance, day);
    tell(day, name);
    if (outcome.mixed()) {
      report.refuseMixed(label(day), day.counts().rows(RowFate.BAR));
      return;
    }
    report.written(outcome.written(), outcome.unchanged(), outcome.contractDays());
    report.missing(session.buckets(Timeframe.MIN1) - day.minutes().size());
    report.day(summary(day, session, outcome));
    if (outcome.standIns() > 0) {
      report.note(
          label(day)
              + ": no underlying in "
              + outcome.standIns()
              + " minutes; the forward by put-call parity stands in");
    }
    if (!outcome.unsolved().isEmpty()) {
      report.note(label(day) + ": sides without implied volatility: " + counted(outcome));
    }
    noteHolidays(day);
  }

  /** What its rows came to, once its bars were built. */
  private void tell(StagedDay day, String name) {
    DayCounts counts = day.counts();
    report.stale(day.stalePolls(), counts.rows(RowFate.STALE));
    report.heldBack(counts.dropouts().size());
    report.duplicates(counts.duplicates());
    report.afterClose(counts.rows(RowFate.AFTER_CLOSE));
    refuse(counts, RowFate.OUTSIDE_SESSION, name, "outside the session of " + label(day));
    for (Observation conflict : counts.conflicts()) {
      report.refuse(
          "second_bar",
          1,
          name + ":" + conflict.line() + ": the same contract and minute has another bar");
    }
  }

  /** What is done with a day and its session. */
  @FunctionalInterface
  interface DayUse {
    /** Does it. */
    void with(StagedDay day, Session session) throws IOException;
  }

  /** Judges the days of a date and hands each on, then tells of their rows. */
  void use(LocalDate date, DayUse use) throws IOException {
    for (int i = 0; i < stages.size(); i++) {
      for (StagedDay day : stages.get(i).days()) {
        if (day.day().equals(date)) {
          day.judge();
          Optional<Session> session = day.session();
          if (session.isPresent()) {
            use.with(day, session.get());
            tell(day, names.get(i));
          } else {
            closed(day, names.get(i));
          }
        }
      }
    }
  }

  /** Trading days that rows were read of; those of end-of-day files are left out. */
  NavigableSet<LocalDate> dates() throws IOException {
    NavigableSet<LocalDate> dates = new TreeSet<>();
    for (Stage stage : stages) {
      stage.days().forEach(day -> dates.add(day.day()));
    }
    return dates;
  }

  /** Profiles that texts were read by. */
  List<Profile> profiles() {
    return stages.stream().map(Stage::profile).distinct().toList();
  }

  private static String counted(DayCommit.Outcome outcome) {
    return outcome.unsolved().entrySet().stream()
        .map(e -> "%,d %s".formatted(e.getValue(), e.getKey().label()))
        .collect(Collectors.joining(", "));
  }

  private void closed(StagedDay day, String name) {
    String why = day.underlying().calendar().closedBecause(day.day()).orElse("no session");
    DayCounts counts = day.counts();
    refuse(counts, RowFate.CLOSED_DAY, name, label(day) + " has no session: " + why);
    report.stale(day.stalePolls(), counts.rows(RowFate.STALE));
    report.day(label(day) + ": 0 bars, the market is closed: " + why);
  }

  private void noteHolidays(StagedDay day) {
    day.collectedOn().stream()
        .filter(date -> !date.equals(day.day()))
        .forEach(date ->
            day.underlying()
                .calendar()
                .closedBecause(date)
                .ifPresent(why ->
                    report.note("collected on " + date + ", when the market is closed: " + why)));
  }

  private void refuse(DayCounts counts, RowFate fate, String name, String what) {
    if (counts.rows(fate) > 0) {
      report.refuse(
          fate.label(), counts.rows(fate), name + ":" + counts.firstLine(fate) + ": " + what);
    }
  }

  private static String label(StagedDay day) {
    return day.underlying().symbol() + " " + day.day();
  }

  private static String summary(StagedDay day, Session session, DayCommit.Outcome outcome) {
    return "%s: %,d bars written, %,d unchanged, %d expiries, %d of %d minutes%s"
        .formatted(
            label(day),
            outcome.written(),
            outcome.unchanged(),
            day.expiries().size(),
            day.minutes().size(),
            session.buckets(Timeframe.MIN1),
            missing(day, session));
  }

  private static String missing(StagedDay day, Session session) {
    List<String> ranges = new ArrayList<>();
    NavigableSet<Long> minutes = day.minutes();
    if (minutes.isEmpty()) {
      return "";
    }
    long next = session.open();
    for (Long minute : minutes) {
      addRange(ranges, day, next, minute);
      next = minute + 60;
    }
    addRange(ranges, day, next, session.close());
    if (ranges.isEmpty()) {
      return "";
    }
    int more = ranges.size() - RANGES_SHOWN;
    return "; missing "
        + String.join(", ", ranges.subList(0, Math.min(RANGES_SHOWN, ranges.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static void addRange(List<String> ranges, StagedDay day, long from, long to) {
    if (from < to) {
      ranges.add(time(day, from) + (to - from > 60 ? "-" + time(day, to) : ""));
    }
  }

  private static String time(StagedDay day, long epochSecond) {
    return Instant.ofEpochSecond(epochSecond)
        .atZone(day.underlying().calendar().zone())
        .toLocalTime()
        .toString();
  }

  @Override
  public void close() {
    if (folder != null) {
      folder.close();
    }
  }
}
