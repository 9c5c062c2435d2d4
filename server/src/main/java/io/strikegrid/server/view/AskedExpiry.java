package io.strikegrid.server.view;

import io.strikegrid.engine.market.ExpiryCalendar;
import io.strikegrid.engine.market.ExpiryLabel;
import io.strikegrid.server.platform.http.Parameter;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An expiry as it was asked for.
 *
 * @param text as it was sent, a plus sign that the URL turned into a space put back
 * @param date where a date was asked for
 * @param label where a label was; null too where its number is beyond all labels
 */
public record AskedExpiry(String text, @Nullable LocalDate date, @Nullable ExpiryLabel label) {

  private static final Pattern LABEL = Pattern.compile("N(Week|Month|Quarter)[+ ]\\d{1,3}");

  /** The nearest expiry, for when none is asked for. */
  public static final AskedExpiry NEAREST =
      new AskedExpiry("NWeek+0", null, new ExpiryLabel(ExpiryLabel.Kind.WEEK, 0));

  /** A parameter that takes a date or a label. */
  public static Parameter<AskedExpiry> parameter(String name) {
    return Parameter.of(
        name,
        "a date as YYYY-MM-DD, or a label NWeek+n, NMonth+n or NQuarter+n",
        AskedExpiry::read);
  }

  private static Optional<AskedExpiry> read(String text) throws Parameter.OutOfRange {
    if (LABEL.matcher(text).matches()) {
      String label = text.replace(' ', '+');
      return Optional.of(new AskedExpiry(label, null, ExpiryLabel.parse(label).orElse(null)));
    }
    return Parameter.readDate(text).map(date -> new AskedExpiry(text, date, null));
  }

  /** The listed expiry that it means. */
  public Optional<LocalDate> on(ListedExpiries listed) {
    if (date != null) {
      return listed.has(date) ? Optional.of(date) : Optional.empty();
    }
    return label == null ? Optional.empty() : listed.calendar().resolve(label, listed.at());
  }

  /**
   * The listed expiry that it means.
   *
   * @throws Problem where it means none
   */
  public LocalDate require(ListedExpiries listed) {
    return on(listed).orElseThrow(() -> unknown(listed));
  }

  /** Says that it means none of the expiries that are listed. */
  public Problem unknown(ListedExpiries listed) {
    List<String> allowed = new ArrayList<>();
    LocalDate day = listed.day();
    ExpiryCalendar from = date != null ? listed.ofDay() : listed.calendar();
    for (LocalDate expiry : from.onOrAfter(day)) {
      allowed.addAll(date != null ? List.of(expiry.toString()) : listed.labelsOf(expiry));
    }
    return new Problem(
        date != null ? ProblemCode.UNKNOWN_EXPIRY : ProblemCode.UNKNOWN_LABEL,
        date != null
            ? "no expiry " + text + " is listed on " + day
            : text + " is beyond the expiries listed on " + day,
        "expiry",
        text,
        String.join(", ", allowed));
  }
}
