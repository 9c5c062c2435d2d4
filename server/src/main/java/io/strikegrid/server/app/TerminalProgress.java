package io.strikegrid.server.app;

import io.strikegrid.server.ingest.replay.ReplayProgress;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal, plain lines elsewhere; always on standard error. */
final class TerminalProgress implements ReplayProgress, AutoCloseable {

  private static final int LINE_EVERY_PERCENT = 25;

  private final PrintWriter err;
  private final boolean terminal =
      Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  private @Nullable ProgressBar bar;
  private int saidPercent;
  private @Nullable LocalDate sending;
  private @Nullable String refreshing;
  private int toRefresh;

  TerminalProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void read(Path file, long bytes, long total) {
    if (terminal) {
      ProgressBar shown = bar;
      if (shown == null) {
        shown = start("read " + Printed.text(file.getFileName()), total, "KiB", 1024);
        bar = shown;
      }
      shown.stepTo(bytes);
      return;
    }
    int percent = total == 0 ? 100 : (int) (100 * bytes / total);
    if (percent >= saidPercent + LINE_EVERY_PERCENT) {
      saidPercent = percent - percent % LINE_EVERY_PERCENT;
      err.println(Printed.text(file.getFileName()) + ": read " + saidPercent + " %");
    }
  }

  @Override
  public void committed(String day, int done, int days) {
    if (terminal) {
      if (done == 1) {
        close();
        bar = start("commit", days, "days", 1);
      }
      if (bar != null) {
        bar.stepTo(done);
        bar.setExtraMessage(" " + day);
      }
      return;
    }
    if (done == days || done % 50 == 0 || days <= 10) {
      err.println("committed " + Printed.text(day) + " (" + done + " of " + days + ")");
    }
  }

  @Override
  public void sent(LocalDate day, long count, long total, Instant at) {
    if (terminal) {
      if (!day.equals(sending)) {
        close();
        bar = start("send " + day, total, "ticks", 1);
      }
      if (bar != null) {
        bar.stepTo(count);
        bar.setExtraMessage(" " + at);
      }
    } else if (!day.equals(sending)
        || count == total
        || count * 100 / total >= saidPercent + LINE_EVERY_PERCENT) {
      saidPercent = (int) (count * 100 / total);
      err.println("sent %,d of %,d of %s, until %s".formatted(count, total, day, at));
      err.flush();
    }
    sending = day;
  }

  /** So many trading days still have to be refreshed in an aggregate. */
  void left(String aggregate, int days) {
    if (!aggregate.equals(refreshing)) {
      close();
      refreshing = aggregate;
      toRefresh = days;
      if (terminal && days > 0) {
        bar = start("refresh " + aggregate, days, "days", 1);
      }
    }
    if (bar != null) {
      bar.stepTo(Math.max(0, toRefresh - days));
    } else if (!terminal && toRefresh > 0 && (days == 0 || (toRefresh - days) % 50 == 0)) {
      err.println("refreshed %s (%d of %d days)".formatted(aggregate, toRefresh - days, toRefresh));
    }
  }

  /** Trading days are being compared; this one is done. */
  void audited(String day, int done, int days) {
    if (terminal) {
      if (bar == null) {
        bar = start("audit", days, "days", 1);
      }
      bar.stepTo(done);
      bar.setExtraMessage(" " + day);
    } else if (done == days || done % 50 == 0 || days <= 10) {
      err.println("audited " + day + " (" + done + " of " + days + ")");
    }
  }

  private static ProgressBar start(String task, long total, String unit, long unitSize) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setUnit(unit, unitSize)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .build();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    err.flush();
  }
}
