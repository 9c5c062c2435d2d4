package io.strikegrid.server.ingest.profile;

import io.strikegrid.engine.bar.ObservationField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a profile may read of a contract: every field of an observation, and a day's own. */
public enum FieldName {
  /** Last traded price; of a bar or day its close. */
  PRICE(ObservationField.PRICE),
  /** First price of a bar. */
  OPEN(ObservationField.OPEN),
  /** Highest price of a bar. */
  HIGH(ObservationField.HIGH),
  /** Lowest price of a bar. */
  LOW(ObservationField.LOW),
  /** Best bid. */
  BID(ObservationField.BID),
  /** Best ask. */
  ASK(ObservationField.ASK),
  /** Traded in this bar. */
  VOLUME(ObservationField.VOLUME),
  /** Traded since the day's opening. */
  VOLUME_DAY(ObservationField.VOLUME_DAY),
  /** Open interest. */
  OI(ObservationField.OI),
  /** Change of open interest against the previous close. */
  OI_CHANGE(ObservationField.OI_CHANGE),
  /** Implied volatility. */
  IV(ObservationField.IV),
  /** Delta. */
  DELTA(ObservationField.DELTA),
  /** Gamma. */
  GAMMA(ObservationField.GAMMA),
  /** Theta. */
  THETA(ObservationField.THETA),
  /** Vega. */
  VEGA(ObservationField.VEGA),
  /** Rho. */
  RHO(ObservationField.RHO),
  /** Values behind a mean IV. */
  IV_COUNT(ObservationField.IV_COUNT),
  /** Values behind mean Greeks. */
  GREEKS_COUNT(ObservationField.GREEKS_COUNT),
  /** Observations behind a bar. */
  COUNT(ObservationField.COUNT),
  /** Price of the underlying. */
  UNDERLYING(ObservationField.UNDERLYING),
  /** Settlement price of a day. */
  SETTLEMENT(null),
  /** Units in a lot. */
  LOT_SIZE(null),
  /** Lots traded on a day: with the units traded they tell the lot size. */
  LOTS_TRADED(null);

  private final @Nullable ObservationField field;

  FieldName(@Nullable ObservationField field) {
    this.field = field;
  }

  /** The field of an observation; null for what only a day has. */
  public @Nullable ObservationField observed() {
    return field;
  }

  /** The name in a profile. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it may be below zero. */
  public boolean isSigned() {
    return switch (this) {
      case OI_CHANGE, DELTA, GAMMA, THETA, VEGA, RHO -> true;
      default -> false;
    };
  }

  /** Whether it counts units of the underlying. */
  public boolean isAmount() {
    return switch (this) {
      case OI, OI_CHANGE, VOLUME, VOLUME_DAY -> true;
      default -> false;
    };
  }

  /** Whether it is a Greek. */
  public boolean isGreek() {
    return switch (this) {
      case DELTA, GAMMA, THETA, VEGA, RHO -> true;
      default -> false;
    };
  }
}
