package io.strikegrid.engine.market;

import io.strikegrid.engine.market.ExpiryLabel.Kind;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The listed expiries of one underlying, with their types and labels. An expiry counts up to its
 * time of day, so a label may roll in the middle of a trading day. Immutable.
 *
 * <p>The type is the underlying's rule's to say, never that of whichever expiries happen to be
 * listed. Only where no rule is known is it inferred, and marked so: the last one of its month with
 * a later month listed is monthly, every other one weekly.
 */
public final class ExpiryCalendar {

  private final Underlying underlying;
  private final List<LocalDate> listed;

  /**
   * Makes the calendar of one underlying.
   *
   * @param listed expiry dates in any order; repeated ones count once
   */
  public ExpiryCalendar(Underlying underlying, Collection<LocalDate> listed) {
    this.underlying = underlying;
    this.listed = List.copyOf(new TreeSet<>(listed));
  }

  /**
   * The expiry that a label means at a time.
   *
   * @param at epoch seconds UTC
   * @return a listed expiry that is not over then, or empty where so many are not listed
   */
  public Optional<LocalDate> resolve(ExpiryLabel label, long at) {
    return from(at).stream()
        .filter(expiry -> isOf(label.kind(), expiry))
        .skip(label.n())
        .findFirst();
  }

  /**
   * Every label that means an expiry at a time: week, month, quarter.
   *
   * @param at epoch seconds UTC
   * @return texts that resolve to {@code expiry}; empty where it is past, not listed, or further
   *     away than labels count
   */
  public List<String> labelsOf(LocalDate expiry, long at) {
    List<String> labels = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<LocalDate> ahead = from(at).stream().filter(one -> isOf(kind, one)).toList();
      int n = ahead.indexOf(expiry);
      if (n >= 0 && n <= ExpiryLabel.LARGEST) {
        labels.add(new ExpiryLabel(kind, n).text());
      }
    }
    return List.copyOf(labels);
  }

  /** Type of an expiry: by rule, else inferred from the listed ones. */
  public ExpiryType typeOf(LocalDate expiry) {
    return underlying.typeOf(expiry).orElseGet(() -> inferredType(expiry));
  }

  /** Tells whether no rule is known for an expiry, so that its type is inferred. */
  public boolean isInferred(LocalDate expiry) {
    return underlying.typeOf(expiry).isEmpty();
  }

  /** Tells whether an expiry is the monthly one of March, June, September or December. */
  public boolean isQuarterly(LocalDate expiry) {
    return typeOf(expiry) == ExpiryType.MONTHLY
        && underlying.scheduled(expiry).getMonthValue() % 3 == 0;
  }

  /** Listed expiries that are not over at a time, epoch seconds UTC, ascending. */
  public List<LocalDate> from(long at) {
    return listed.stream()
        .filter(expiry -> at <= underlying.calendar().expiryAt(expiry).getEpochSecond())
        .toList();
  }

  /** Whether an expiry is listed, and its date not before one of the exchange's zone. */
  public boolean isListed(LocalDate expiry, LocalDate day) {
    return !expiry.isBefore(day) && listed.contains(expiry);
  }

  /** Listed expiries on or after a date of the exchange's zone, ascending. */
  public List<LocalDate> onOrAfter(LocalDate day) {
    return listed.stream().filter(expiry -> !expiry.isBefore(day)).toList();
  }

  private boolean isOf(Kind kind, LocalDate expiry) {
    return switch (kind) {
      case WEEK -> true;
      case MONTH -> typeOf(expiry) == ExpiryType.MONTHLY;
      case QUARTER -> isQuarterly(expiry);
    };
  }

  private ExpiryType inferredType(LocalDate expiry) {
    YearMonth month = YearMonth.from(expiry);
    boolean isLastOfMonth =
        listed.stream().noneMatch(one -> one.isAfter(expiry) && YearMonth.from(one).equals(month));
    boolean isLaterMonthListed =
        listed.stream().anyMatch(one -> YearMonth.from(one).isAfter(month));
    return isLastOfMonth && isLaterMonthListed ? ExpiryType.MONTHLY : ExpiryType.WEEKLY;
  }
}
