package io.strikegrid.server.audit;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.server.store.RollupDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What audits have found.
 *
 * @param checked cells that were compared
 * @param differing those that were not what they must be; every cell of a row that was missing, or
 *     must not have been there
 * @param differingRows rows that held them
 * @param repaired rows that are right now and were not
 * @param differences the first of what differed; the others are counted alone
 */
public record AuditResult(
    long checked,
    long differing,
    long differingRows,
    long repaired,
    List<RollupDifference> differences) {

  /** Nothing yet. */
  public static final AuditResult NONE = new AuditResult(0, 0, 0, 0, List.of());

  /** Copies the list. */
  public AuditResult {
    differences = List.copyOf(differences);
  }

  /** Both together. */
  public AuditResult plus(AuditResult other) {
    List<RollupDifference> both = new ArrayList<>(differences);
    both.addAll(other.differences);
    return new AuditResult(
        checked + other.checked,
        differing + other.differing,
        differingRows + other.differingRows,
        repaired + other.repaired,
        both.subList(0, Math.min(both.size(), AggregateAudit.MOST_NAMED)));
  }

  /** For people, in one line. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "checked %,d cells, %,d differed, %,d rows repaired",
        checked,
        differing,
        repaired);
  }

  /** Cells that differed and are not named; cells of whole rows are named by their row. */
  public long unnamed() {
    long named =
        differences.stream()
            .mapToLong(d -> d.kind() == RollupDifference.Kind.VALUE ? 1 : BarColumns.COUNT)
            .sum();
    return differing - named;
  }
}
