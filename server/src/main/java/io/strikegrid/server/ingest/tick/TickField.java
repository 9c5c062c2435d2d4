package io.strikegrid.server.ingest.tick;

import io.strikegrid.server.ingest.profile.FieldName;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field of a tick and the names it goes by. Upper and lower case, {@code _}, {@code -} and blanks
 * do not count in a name, so that {@code lastPrice} is {@code last_price}.
 */
enum TickField {
  SYMBOL(null, "symbol", "underlying_symbol", "ticker", "root"),
  EXPIRY(null, "expiry", "expiry_date", "expiration", "expiration_date"),
  STRIKE(null, "strike", "strike_price"),
  SIDE(
      null,
      "side",
      "option_side",
      "option_type",
      "instrument_type",
      "type",
      "right",
      "call_put",
      "put_call"),
  TIME(null, "time", "ts", "timestamp", "event_time", "exchange_time", "exchange_timestamp"),
  UNIT(null, "unit", "units"),
  PRICE(FieldName.PRICE, "price", "last_price", "ltp", "last_traded_price", "last"),
  BID(FieldName.BID, "bid", "bid_price", "best_bid", "best_bid_price"),
  ASK(FieldName.ASK, "ask", "ask_price", "best_ask", "best_ask_price", "offer", "offer_price"),
  /** The day's volume, unless that is given too; then what was traded with this tick. */
  VOLUME(FieldName.VOLUME_DAY, "volume", "vol"),
  VOLUME_DAY(
      FieldName.VOLUME_DAY,
      "volume_day",
      "day_volume",
      "volume_today",
      "volume_traded",
      "volume_traded_today",
      "vol_traded_today",
      "total_volume",
      "total_traded_volume",
      "cumulative_volume"),
  TRADE_VOLUME(FieldName.VOLUME, "trade_volume", "trade_size", "tick_volume"),
  OI(FieldName.OI, "oi", "open_interest"),
  OI_CHANGE(
      FieldName.OI_CHANGE,
      "oi_change",
      "change_in_oi",
      "open_interest_change",
      "change_in_open_interest"),
  IV(FieldName.IV, "iv", "implied_volatility"),
  IV_PERCENT(FieldName.IV, "iv_percent", "iv_pct", "implied_volatility_percent"),
  DELTA(FieldName.DELTA, "delta"),
  GAMMA(FieldName.GAMMA, "gamma"),
  THETA(FieldName.THETA, "theta"),
  VEGA(FieldName.VEGA, "vega"),
  RHO(FieldName.RHO, "rho"),
  UNDERLYING(
      FieldName.UNDERLYING,
      "underlying",
      "underlying_price",
      "underlying_last_price",
      "underlying_value",
      "spot",
      "spot_price",
      "index_price");

  private static final int LONGEST_NAME = 100;
  private static final Map<String, TickField> BY_NAME = byName();

  private final @Nullable FieldName value;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> names;

  TickField(@Nullable FieldName value, String... names) {
    this.value = value;
    this.names = List.of(names);
  }

  private static Map<String, TickField> byName() {
    Map<String, TickField> fields = new HashMap<>();
    for (TickField field : values()) {
      for (String name : field.names) {
        fields.put(plain(name), field);
        fields.put(name, field);
      }
    }
    return fields;
  }

  /** The field of a name; null where there is none. */
  static @Nullable TickField of(String name) {
    if (name.length() > LONGEST_NAME) {
      return null;
    }
    TickField field = BY_NAME.get(name);
    return field != null ? field : BY_NAME.get(plain(name));
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    name.chars().filter(c -> c != '_' && c != '-' && c != ' ').forEach(c -> plain.append((char) c));
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  /** What it tells of a contract; null where it says which contract and when. */
  @Nullable FieldName value() {
    return value;
  }

  /** Its own name. */
  String label() {
    return names.getFirst();
  }

  /** Every name. */
  List<String> names() {
    return names;
  }

  /** Whether only a contract can have it, so that a tick with it is not of the underlying. */
  boolean isOfContracts() {
    return switch (this) {
      case EXPIRY,
          STRIKE,
          SIDE,
          OI,
          OI_CHANGE,
          IV,
          IV_PERCENT,
          DELTA,
          GAMMA,
          THETA,
          VEGA,
          RHO,
          UNIT ->
          true;
      default -> false;
    };
  }
}
