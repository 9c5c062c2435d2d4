package io.strikegrid.engine.measure;

import io.strikegrid.engine.grid.GridField;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A measure that can be asked for by name. */
public enum Indicator {
  /** Implied volatility; of both sides by {@link BothSides}. */
  IV("Implied volatility", "fraction", GridField.IV, Across.MEAN, Across.MEAN, true),
  /** Delta; of both sides their sum. */
  DELTA("Delta", "per unit of the underlying", GridField.DELTA, Across.BOTH, Across.MEAN, true),
  /** Gamma. */
  GAMMA("Gamma", "per unit of the underlying", GridField.GAMMA, Across.MEAN, Across.MEAN, true),
  /** Theta. */
  THETA("Theta", "currency per calendar day", GridField.THETA, Across.MEAN, Across.MEAN, true),
  /** Vega. */
  VEGA("Vega", "currency per volatility point", GridField.VEGA, Across.MEAN, Across.MEAN, true),
  /** Rho. */
  RHO("Rho", "currency per rate point", GridField.RHO, Across.MEAN, Across.MEAN, true),
  /** Last price; of both sides the straddle. */
  PRICE("Price", "currency", GridField.PRICE, Across.BOTH, Across.MEAN, true),
  /** Open interest. */
  OI("Open interest", "units of the underlying", GridField.OI, Across.SUM, Across.SUM, true),
  /** Volume of the bucket. */
  VOLUME("Volume", "units of the underlying", GridField.VOLUME, Across.SUM, Across.SUM, true),
  /** Put over call open interest. */
  PCR("Put-call ratio by open interest", "ratio", null, Across.RATIO, Across.RATIO, true),
  /** Put over call day-cumulative volume. */
  PCR_VOLUME("Put-call ratio by day volume", "ratio", null, Across.RATIO, Across.RATIO, true),
  /** Change of open interest against a named reference. */
  OI_CHANGE(
      "Change of open interest", "units of the underlying", null, Across.SUM, Across.SUM, false),
  /** The strike at which the writers' payout is smallest. */
  MAX_PAIN("Max pain", "currency", null, Across.RATIO, Across.RATIO, false);

  /** How several values become one. */
  enum Across {
    /** Sum of the known. */
    SUM,
    /** Mean of the known. */
    MEAN,
    /** Sum, unknown unless both are known. */
    BOTH,
    /** Sum of puts over sum of calls. */
    RATIO
  }

  private final String label;
  private final String unit;
  private final @Nullable GridField field;
  private final Across sides;
  private final Across strikes;
  private final boolean series;

  Indicator(
      String label,
      String unit,
      @Nullable GridField field,
      Across sides,
      Across strikes,
      boolean series) {
    this.label = label;
    this.unit = unit;
    this.field = field;
    this.sides = sides;
    this.strikes = strikes;
    this.series = series;
  }

  /** The name in requests: lower case. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The name for people. */
  public String label() {
    return label;
  }

  /** The unit of its values. */
  public String unit() {
    return unit;
  }

  /** Whether it can be asked for by time and moneyness level. */
  public boolean isSeries() {
    return series;
  }

  /** Whether it has a value for one side alone. */
  public boolean hasSides() {
    return sides != Across.RATIO;
  }

  /** Whether it is made of fields of which every bit is kept; IV and Greeks are kept as floats. */
  public boolean isExact() {
    return field == null || field.isExact();
  }

  /** The field of the cells that it is made of; null for those made of two. */
  @Nullable GridField field() {
    return field;
  }

  Across sides() {
    return sides;
  }

  Across strikes() {
    return strikes;
  }

  /** Finds an indicator by its name in requests, or nothing. */
  public static Optional<Indicator> of(String text) {
    return Arrays.stream(values()).filter(i -> i.text().equals(text)).findFirst();
  }
}
