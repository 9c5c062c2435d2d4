package io.strikegrid.server.app;

import io.strikegrid.server.ingest.Refusal;
import io.strikegrid.server.ingest.tick.RefusedSender;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.rollup.AggregateRefresh;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.store.RefusedStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Shows ticks that were taken and could not be stored, sends them again, or lets go of them; a
 * server on the same store may run meanwhile.
 */
@Command(
    name = "refused",
    customSynopsis = {
      "strikegrid refused [list] [--data-dir DIR | --db URL]",
      "       strikegrid refused show ID",
      "       strikegrid refused (seen | send | drop) (ID... | all)"
    },
    description = {
      "Ticks that were taken and answered for, and could not be stored as bars.",
      "list shows them by minute and expiry, show the ticks of one;",
      "seen ends the warning of servers and keeps them, send stores them if that is possible now,",
      "drop lets go of them.",
      "The exit code is 1 where one of them is not there, or is refused again."
    })
final class RefusedCommand implements Callable<Integer>, SettingOptions.Taker {

  private static final int MOST_SHOWN = 1_000;
  private static final String ALL = "all";

  @Parameters(arity = "0..*", paramLabel = "WORD", description = "What to do, and with which.")
  @Nullable List<String> words;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  boolean help;

  @Spec @Nullable CommandSpec spec;

  @Override
  public List<Setting<?>> settings() {
    return SettingList.ofTheStore();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> given = words == null || words.isEmpty() ? List.of("list") : words;
    String what = given.getFirst();
    List<String> which = given.subList(1, given.size());
    check(what, which);
    Settings settings = Settings.of(System.getenv(), spec);
    StoreConfig config = settings.store();
    settings.check(Objects.requireNonNull(spec).commandLine().getErr());
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (OpenStore open = OpenStore.open(config)) {
      RefusedStore refused = new RefusedStore(open.database());
      int failed = 0;
      switch (what) {
        case "list" -> list(refused, out);
        case "show" -> failed += show(refused, sender(open, refused), which.getFirst(), out);
        default -> failed += each(what, which, open, refused, out);
      }
      out.flush();
      return failed == 0 ? 0 : 1;
    }
  }

  private static void check(String what, List<String> which) {
    boolean fits =
        switch (what) {
          case "list" -> which.isEmpty();
          case "show" -> which.size() == 1 && isNumber(which.getFirst());
          case "seen", "send", "drop" ->
              which.equals(List.of(ALL))
                  || (!which.isEmpty() && which.stream().allMatch(RefusedCommand::isNumber));
          default -> false;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "refused takes list, show ID, or seen, send or drop with IDs or all; have "
              + Refusal.clean(String.join(" ", what, String.join(" ", which))));
    }
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]{1,18}");
  }

  private static RefusedSender sender(OpenStore open, RefusedStore refused) {
    DayCommit commit = new DayCommit(open.database(), InstantSource.system(), change -> {});
    return new RefusedSender(refused, open.markets(), commit, LiveConfig.usual());
  }

  private static void list(RefusedStore refused, PrintWriter out) {
    RefusedStore.Summary all = refused.summary();
    for (RefusedStore.Row row : refused.list(MOST_SHOWN)) {
      out.println(line(row));
    }
    out.println(
        "%d rows with %d ticks, %d of them not seen; dropped for want of room: %d with %d ticks"
            .formatted(
                all.all().rows(),
                all.all().ticks(),
                all.unacknowledged().rows(),
                all.dropped().rows(),
                all.dropped().ticks()));
  }

  private static String line(RefusedStore.Row row) {
    return Refusal.clean(
        "%d  %s  %s  %s  %s  %s  %d ticks  %s%s: %s"
            .formatted(
                row.id(),
                row.at(),
                row.feed(),
                row.symbol(),
                row.expiry().map(Object::toString).orElse("-"),
                row.minute(),
                row.count(),
                row.code(),
                row.acknowledged().isPresent() ? " (seen)" : "",
                row.message()));
  }

  private static int show(RefusedStore refused, RefusedSender sender, String id, PrintWriter out)
      throws IOException {
    Optional<RefusedStore.Refused> found = refused.find(Long.parseLong(id));
    if (found.isEmpty()) {
      out.println(id + ": there is none of that number");
      return 1;
    }
    out.println(line(found.get().row()));
    for (Tick tick : sender.ticks(found.get())) {
      out.println("  " + RefusedTick.text(tick));
    }
    return 0;
  }

  private int each(
      String what, List<String> which, OpenStore open, RefusedStore refused, PrintWriter out) {
    List<Long> ids =
        which.equals(List.of(ALL))
            ? refused.list(RefusedStore.MOST_ROWS).stream().map(RefusedStore.Row::id).toList()
            : which.stream().map(Long::valueOf).toList();
    RefusedSender sender = sender(open, refused);
    int failed = 0;
    for (long id : ids) {
      String done =
          switch (what) {
            case "seen" -> refused.acknowledge(id) ? "seen" : "";
            case "drop" -> refused.drop(id) ? "dropped" : "";
            default -> refused.find(id).map(one -> sent(sender, one)).orElse("");
          };
      boolean isDone = done.equals("seen") || done.equals("dropped") || done.equals("stored");
      failed += isDone ? 0 : 1;
      out.println(id + ": " + (done.isEmpty() ? "there is none of that number" : done));
    }
    if (what.equals("send")) {
      new AggregateRefresh(open.database(), (row, first) -> {}).finish((aggregate, days) -> {});
    }
    return failed;
  }

  private static String sent(RefusedSender sender, RefusedStore.Refused one) {
    return sender.send(one).map(why -> "refused again: " + Refusal.clean(why)).orElse("stored");
  }
}
