package io.strikegrid.server.app;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.ingest.ImportException;
import io.strikegrid.server.ingest.ImportProgress;
import io.strikegrid.server.ingest.Importer;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.store.Database;
import io.strikegrid.testkit.ChainGenerator;
import io.strikegrid.testkit.ChainShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A day of NIFTY50 as a collector might have recorded it, with every fault that chains have: two
 * expiries, several polls a minute, rows out of order and twice; or a recorded file. It can be
 * imported, and replayed by the command.
 *
 * @param file the rows
 * @param profile how to read them; empty where the header decides
 */
record PolledDay(Path file, List<String> profile) {

  private static final MarketCatalog MARKETS = MarketCatalog.load(List.of());
  private static final LocalDate DAY = LocalDate.of(2025, 4, 22);
  private static final List<LocalDate> EXPIRIES =
      List.of(LocalDate.of(2025, 4, 24), LocalDate.of(2025, 4, 30));
  private static final List<ObservationField> FIELDS =
      List.of(
          ObservationField.PRICE,
          ObservationField.BID,
          ObservationField.ASK,
          ObservationField.VOLUME_DAY,
          ObservationField.OI,
          ObservationField.OI_CHANGE,
          ObservationField.IV,
          ObservationField.DELTA,
          ObservationField.GAMMA,
          ObservationField.THETA,
          ObservationField.VEGA,
          ObservationField.RHO,
          ObservationField.UNDERLYING);

  /** A recorded file whose header tells the profile. */
  static PolledDay recorded(Path file) {
    return new PolledDay(file, List.of());
  }

  /** Random minutes from the opening. */
  static PolledDay generate(Path folder, long seed, int minutes) throws IOException {
    Underlying nifty = MARKETS.find("NIFTY50").orElseThrow();
    Session session = nifty.calendar().session(DAY).orElseThrow();
    ChainShape shape = ChainShape.messy(minutes).withStrikes(9, 50, 24_000);
    List<String> lines = new ArrayList<>();
    lines.add("time,symbol,expiry,strike,side," + names(","));
    for (LocalDate expiry : EXPIRIES) {
      new ChainGenerator(seed + expiry.getDayOfYear())
          .observations(expiry, session, shape)
          .forEach(o -> lines.add(line(expiry, o)));
    }
    Path profile =
        Files.writeString(
            folder.resolve("polls.yaml"),
            """
            name: polls
            title: Generated polls, one contract a row
            kind: chain
            market: NSE
            header: [time, symbol, expiry, strike, side, price, oi]
            symbol: symbol
            expiry: {column: expiry, format: yyyy-MM-dd}
            strike: strike
            side: {column: side, call: call, put: put}
            time: {column: time, format: "yyyy-MM-dd HH:mm:ss", zone: UTC}
            unknown: ["-"]
            fields:
            """
                + FIELDS.stream()
                    .map(f -> "  %1$s: %1$s\n".formatted(f.label()))
                    .collect(Collectors.joining()));
    Path file = Files.writeString(folder.resolve("polls.csv"), String.join("\n", lines) + "\n");
    return new PolledDay(file, List.of("--profile", profile.toString()));
  }

  private static String names(String between) {
    return FIELDS.stream().map(ObservationField::label).collect(Collectors.joining(between));
  }

  private static String line(LocalDate expiry, Observation o) {
    String time = Instant.ofEpochSecond(o.time()).toString().replace('T', ' ').replace("Z", "");
    return "%s,NIFTY50,%s,%s,%s,%s"
        .formatted(
            time,
            expiry,
            o.strike(),
            o.side().label(),
            FIELDS.stream().map(f -> text(o.get(f))).collect(Collectors.joining(",")));
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "-" : Double.toString(value);
  }

  /** Imports it. */
  void importInto(Database database) throws ImportException {
    DayCommit commit = new DayCommit(database, InstantSource.system(), row -> {});
    Profiles profiles = new Profiles();
    Profile chosen = profile.isEmpty() ? null : profiles.named(profile.getLast());
    new Importer(MARKETS, profiles, commit, InstantSource.system())
        .run(file, chosen, Provenance.IMPORTED, ImportProgress.SILENT);
  }

  /** The command that replays it out of order, with repeated and late ticks. */
  String[] replay(String to, String speed, long seed) {
    List<String> command =
        new ArrayList<>(List.of("replay", file.toString(), "--to", to, "--speed", speed));
    command.addAll(List.of("--shuffle", "5", "--duplicates", "0.01", "--late", "0.005"));
    command.addAll(List.of("--seed", Long.toString(seed)));
    command.addAll(profile);
    return command.toArray(String[]::new);
  }
}
