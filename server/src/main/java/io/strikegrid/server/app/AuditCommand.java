package io.strikegrid.server.app;

import io.strikegrid.server.audit.AuditDay;
import io.strikegrid.server.audit.AuditDays;
import io.strikegrid.server.audit.AuditResult;
import io.strikegrid.server.audit.RollupAudit;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.RefreshStore;
import io.strikegrid.server.store.RollupSql;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares roll-ups with the one-minute rows; a server on the same store may run meanwhile. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the 5 and 15 minute bars of a store with what its one-minute bars make of them, and"
          + " says what differs.",
      "Without --all, --from or --to: the newest trading day of each symbol, and older ones by"
          + " chance.",
      "The exit code is 1 where something differed, also where it was repaired."
    })
final class AuditCommand implements Callable<Integer>, SettingOptions.Taker {

  private static final int OLDER_DAYS = 10;

  @Option(names = "--all", description = "All trading days.")
  boolean all;

  @Option(names = "--repair", description = "Repairs what differs.")
  boolean repair;

  @Option(names = "--symbol", paramLabel = "S", description = "One symbol alone.")
  @Nullable String symbol;

  @Option(names = "--from", paramLabel = "DATE", description = "First trading day.")
  @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DATE", description = "Last trading day.")
  @Nullable LocalDate to;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Chooses the same older days as the audit that printed it.")
  @Nullable Long seed;

  @Spec @Nullable CommandSpec spec;

  @Override
  public List<Setting<?>> settings() {
    return SettingList.ofTheStore();
  }

  private StoreConfig config() {
    Settings settings = Settings.of(System.getenv(), spec);
    StoreConfig config = settings.store();
    settings.check(Objects.requireNonNull(spec).commandLine().getErr());
    return config;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    StoreConfig config = config();
    if (from != null && to != null && from.isAfter(to)) {
      throw new IllegalArgumentException(
          "--from must not be after --to; have %s and %s".formatted(from, to));
    }
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    try (OpenStore open = OpenStore.forCommand(config)) {
      List<AuditDay> days = days(open, line.getErr());
      AuditResult sum = audit(open.database(), days, line);
      say(sum, days.size(), open.database(), line.getOut());
      return sum.differing() == 0 ? 0 : 1;
    }
  }

  private AuditResult audit(Database database, List<AuditDay> days, CommandLine line) {
    RollupAudit audit = RollupAudit.thorough(database, row -> {});
    AuditResult sum = AuditResult.NONE;
    try (TerminalProgress progress = new TerminalProgress(line.getErr())) {
      for (int i = 0; i < days.size(); i++) {
        AuditDay day = days.get(i);
        AuditResult result = repair ? audit.repair(day) : audit.look(day);
        name(day, result, line.getOut());
        sum = sum.plus(result);
        progress.audited(day.toString(), i + 1, days.size());
      }
    }
    return sum;
  }

  private static void name(AuditDay day, AuditResult result, PrintWriter out) {
    result.differences().forEach(difference -> out.println(Printed.text(difference.text())));
    if (result.unnamed() > 0) {
      out.println(String.format(Locale.ROOT, "%s: %,d more cells", day, result.unnamed()));
    }
    out.flush();
  }

  private List<AuditDay> days(OpenStore open, PrintWriter err) {
    AuditDays known =
        AuditDays.of(open.database(), new KnownUnderlyings(open.markets(), open.database()));
    known
        .unknown()
        .forEach(day ->
            err.println("not audited, since its session is not known: " + Printed.text(day)));
    String asked =
        symbol == null
            ? null
            : open.markets()
                .find(symbol)
                .map(u -> u.symbol())
                .orElse(symbol.toUpperCase(Locale.ROOT));
    AuditDays ofSymbol = known.only(day -> asked == null || day.symbol().equals(asked));
    if (asked != null && ofSymbol.days().isEmpty()) {
      throw new IllegalArgumentException("--symbol must be one that has bars; have " + symbol);
    }
    if (all || from != null || to != null) {
      return ofSymbol.only(this::isAsked).days();
    }
    Instant now = InstantSource.system().instant();
    long chosen = seed == null ? RandomGenerator.getDefault().nextLong() : seed;
    err.println("seed " + chosen);
    List<AuditDay> days = new ArrayList<>(ofSymbol.recent(now));
    ofSymbol.older(now, chosen).stream().limit(OLDER_DAYS).forEach(days::add);
    return days;
  }

  private boolean isAsked(AuditDay day) {
    return (from == null || !day.day().isBefore(from)) && (to == null || !day.day().isAfter(to));
  }

  private void say(AuditResult sum, int days, Database database, PrintWriter out) {
    out.println(sum.text() + " (" + days + " trading days)");
    long still = sum.differingRows() - sum.repaired();
    if (sum.differing() > 0) {
      out.println(
          repair
              ? still == 0 ? "all of it is right now" : still + " rows still differ"
              : "run it again with --repair to mend them");
    }
    int waiting = RollupSql.TIMEFRAMES.stream().mapToInt(t -> RefreshStore.days(database, t)).sum();
    if (waiting > 0) {
      out.println(
          waiting + " days await a refresh of an aggregate; what of them waits was left out");
    }
    out.flush();
  }
}
