package io.strikegrid.engine.bar;

import java.util.Locale;

/** What an observation may tell of a contract. Units are those of the bars; NaN is unknown. */
public enum ObservationField {
  /** Last traded price; of a bar its close. */
  PRICE,
  /** First price of a bar. */
  OPEN,
  /** Highest price of a bar. */
  HIGH,
  /** Lowest price of a bar. */
  LOW,
  /** Best bid. */
  BID,
  /** Best ask. */
  ASK,
  /** Traded in this bar alone. */
  VOLUME,
  /** Traded since the day's opening. */
  VOLUME_DAY,
  /** Open interest. */
  OI,
  /** Change of open interest against the previous day's close, as the exchange reports it. */
  OI_CHANGE,
  /** Implied volatility, a fraction. */
  IV,
  /** Delta per unit of the underlying. */
  DELTA,
  /** Gamma per unit of the underlying. */
  GAMMA,
  /** Theta per calendar day. */
  THETA,
  /** Vega per percentage point. */
  VEGA,
  /** Rho per percentage point. */
  RHO,
  /** Values behind a bar's mean IV. */
  IV_COUNT,
  /** Values behind a bar's mean Greeks. */
  GREEKS_COUNT,
  /** Observations behind a bar. */
  COUNT,
  /** Price of the underlying at the same moment. */
  UNDERLYING;

  /** The name in profiles and messages, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
