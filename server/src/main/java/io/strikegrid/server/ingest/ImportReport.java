package io.strikegrid.server.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What came of a file. Rows read are bars, or refused with a reason, or passed over; nothing is
 * lost without a line here. One thread fills it.
 */
public final class ImportReport {

  private static final int FIRST_SHOWN = 3;

  /** A reason and its first rows. */
  private static final class Reason {
    private long count;
    private final List<String> first = new ArrayList<>();
  }

  private final String file;
  private final TreeSet<String> profiles = new TreeSet<>();
  private final Map<String, Reason> refused = new LinkedHashMap<>();
  private final List<String> days = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long rowsRead;
  private long rowsPassedOver;
  private long barsWritten;
  private long barsUnchanged;
  private long figuresWritten;
  private long stalePolls;
  private long staleRows;
  private long dropouts;
  private long duplicates;
  private long afterClose;
  private long minutesMissing;

  ImportReport(String file) {
    this.file = file;
  }

  void profile(String name) {
    profiles.add(name);
  }

  void row() {
    rowsRead++;
  }

  void passedOver() {
    rowsPassedOver++;
  }

  void refuse(String where, int line, Refusal refusal) {
    refuse(refusal.code(), 1, where + ":" + line + ": " + refusal.message());
  }

  void refuse(String code, long count, String example) {
    Reason reason = refused.computeIfAbsent(code, c -> new Reason());
    reason.count += count;
    if (reason.first.size() < FIRST_SHOWN) {
      reason.first.add(Refusal.clean(example));
    }
  }

  void refuseMixed(String day, long rows) {
    refuse(
        "mixed_provenance",
        rows,
        day + ": simulated and real rows of one symbol and day are never mixed");
  }

  void stale(long polls, long rows) {
    stalePolls += polls;
    staleRows += rows;
  }

  void heldBack(long sides) {
    dropouts += sides;
  }

  void duplicates(long count) {
    duplicates += count;
  }

  void afterClose(long rows) {
    afterClose += rows;
  }

  void written(long bars, long unchanged, long figures) {
    barsWritten += bars;
    barsUnchanged += unchanged;
    figuresWritten += figures;
  }

  void missing(long minutes) {
    minutesMissing += minutes;
  }

  void day(String line) {
    days.add(line);
  }

  void note(String line) {
    notes.add(line);
  }

  /** Rows that were read, refused ones included. */
  public long rowsRead() {
    return rowsRead;
  }

  /** One-minute bars that were added or changed. */
  public long barsWritten() {
    return barsWritten;
  }

  /** One-minute bars that came and were there already. */
  public long barsUnchanged() {
    return barsUnchanged;
  }

  /** Contract figures of trading days that were added or changed. */
  public long figuresWritten() {
    return figuresWritten;
  }

  /** Polls that were stale. */
  public long stalePolls() {
    return stalePolls;
  }

  /** Sides that vanished for a moment and were held back. */
  public long dropouts() {
    return dropouts;
  }

  /** Minutes of the sessions without any bar. */
  public long minutesMissing() {
    return minutesMissing;
  }

  /** Rows refused for a reason. */
  public long refused(String code) {
    Reason reason = refused.get(code);
    return reason == null ? 0 : reason.count;
  }

  /** Whether there were rows and each was refused, for another reason than a closed day. */
  public boolean isAllRefused() {
    return rowsRead > 0 && refused() - refused(RowFate.CLOSED_DAY.label()) == rowsRead;
  }

  /** Rows refused. */
  public long refused() {
    return refused.values().stream().mapToLong(r -> r.count).sum();
  }

  /** The report as lines of text. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(file + "  (profile " + String.join(", ", profiles) + ")");
    add(lines, "rows read", rowsRead, true);
    add(lines, "rows of other kinds, passed over", rowsPassedOver, false);
    add(lines, "bars written", barsWritten, true);
    add(lines, "bars unchanged", barsUnchanged, false);
    add(lines, "contract days written", figuresWritten, false);
    add(lines, "duplicate observations", duplicates, false);
    add(lines, "stale polls skipped", stalePolls, true);
    add(lines, "  their rows", staleRows, false);
    add(lines, "one-sided dropouts held back", dropouts, true);
    add(lines, "rows after the close, for the day's figures alone", afterClose, false);
    add(lines, "minutes missing", minutesMissing, true);
    addRefused(lines);
    days.forEach(day -> lines.add("  " + day));
    notes.forEach(note -> lines.add("  note: " + note));
    return shown(lines);
  }

  /** What reading alone came to, as lines of text. */
  public List<String> readingLines() {
    List<String> lines = new ArrayList<>();
    lines.add(file + "  (profile " + String.join(", ", profiles) + ")");
    add(lines, "rows read", rowsRead, true);
    add(lines, "rows of other kinds, passed over", rowsPassedOver, false);
    add(lines, "duplicate observations", duplicates, false);
    add(lines, "stale polls, not sent", stalePolls, false);
    add(lines, "one-sided dropouts, not sent", dropouts, false);
    add(lines, "rows after the close, not sent", afterClose, false);
    addRefused(lines);
    return shown(lines);
  }

  /** As text alone, whatever names of files and columns hold. */
  private static List<String> shown(List<String> lines) {
    return lines.stream().map(Refusal::clean).toList();
  }

  private void addRefused(List<String> lines) {
    add(lines, "rows refused", refused(), true);
    refused.forEach((code, reason) -> {
      lines.add(String.format("    %-50s %,12d", code, reason.count));
      reason.first.forEach(example -> lines.add("      " + example));
    });
  }

  private static void add(List<String> lines, String label, long count, boolean always) {
    if (always || count > 0) {
      lines.add(String.format("  %-52s %,12d", label, count));
    }
  }
}
