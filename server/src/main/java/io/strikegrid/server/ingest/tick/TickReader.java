package io.strikegrid.server.ingest.tick;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.ingest.ContractCheck;
import io.strikegrid.server.ingest.Numbers;
import io.strikegrid.server.ingest.RefusedRow;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads ticks in the format of {@code docs/reference/tick-format.md}: one observation of a
 * contract, or of the underlying alone. Safe for use by any number of threads.
 */
public final class TickReader {

  private static final long LEEWAY_MILLIS = 5_000;
  private static final Map<String, Side> SIDES =
      Map.of(
          "call", Side.CALL, "c", Side.CALL, "ce", Side.CALL, "put", Side.PUT, "p", Side.PUT, "pe",
          Side.PUT);

  private final MarketCatalog markets;
  private final InstantSource clock;
  private final Optional<TickAdmission> admission;

  /** A reader for the symbols that the catalog knows, of ticks that go to no store. */
  public TickReader(MarketCatalog markets, InstantSource clock) {
    this(markets, clock, Optional.empty());
  }

  /** A reader of real ticks that go to a store, which may not be able to have them. */
  public TickReader(MarketCatalog markets, InstantSource clock, TickAdmission admission) {
    this(markets, clock, Optional.of(admission));
  }

  private TickReader(
      MarketCatalog markets, InstantSource clock, Optional<TickAdmission> admission) {
    this.markets = markets;
    this.clock = clock;
    this.admission = admission;
  }

  /** Reads a tick of flat fields; those of other names are passed over. */
  public Tick read(Map<String, String> fields) throws RefusedRow {
    return read(0, fields, new IgnoredFields());
  }

  /**
   * Reads a tick of flat fields.
   *
   * @param index where it stands in its message, for messages of what is refused later
   * @param ignored takes the names of fields that nothing was read from
   */
  public Tick read(int index, Map<String, String> fields, IgnoredFields ignored) throws RefusedRow {
    return read(index, GivenFields.of(fields, ignored), ignored);
  }

  /**
   * Reads a tick of a JSON object.
   *
   * @param index where it stands in its message, for messages of what is refused later
   * @param ignored takes the names of fields that nothing was read from
   */
  public Tick read(int index, JsonNode json, IgnoredFields ignored) throws RefusedRow {
    return read(index, GivenFields.of(json, ignored), ignored);
  }

  private Tick read(int index, GivenFields given, IgnoredFields ignored) throws RefusedRow {
    Tick tick = tick(index, given, ignored);
    if (admission.isPresent()) {
      admission.get().check(tick, given);
    }
    return tick;
  }

  private Tick tick(int index, GivenFields given, IgnoredFields ignored) throws RefusedRow {
    Underlying underlying =
        ContractCheck.underlying(
            markets, given.name(TickField.SYMBOL), given.required(TickField.SYMBOL));
    String timeName = given.name(TickField.TIME);
    String time = given.required(TickField.TIME);
    long millis = EventTime.millis(timeName, time);
    ContractCheck.time(millis, clock, LEEWAY_MILLIS, timeName, time, EventTime.RULE);
    long second = Math.floorDiv(millis, 1000);
    Session session = ContractCheck.session(underlying, second, timeName, time);
    if (isOfUnderlying(given)) {
      return Tick.ofUnderlying(underlying, session, millis, underlyingPrice(given, ignored));
    }
    LocalDate expiry =
        ContractCheck.expiry(
            given.name(TickField.EXPIRY), given.required(TickField.EXPIRY), session.day());
    ContractCheck.notExpired(underlying, expiry, second, timeName, time);
    double strike =
        Numbers.positive(given.name(TickField.STRIKE), given.required(TickField.STRIKE));
    Side side = side(given);
    double[] values = TickValues.read(given, underlying, expiry, session.day());
    Observation observation = new Observation(strike, side, millis, second, index, values);
    if (observation.isEmpty()) {
      throw new RefusedRow("no_value", "tick", "", "known in at least one of its values");
    }
    return new Tick(underlying, session, Optional.of(expiry), observation);
  }

  private static boolean isOfUnderlying(GivenFields given) {
    for (TickField field : TickField.values()) {
      if (field.isOfContracts() && given.has(field)) {
        return false;
      }
    }
    return true;
  }

  private static double underlyingPrice(GivenFields given, IgnoredFields ignored)
      throws RefusedRow {
    boolean hasPrice = given.has(TickField.PRICE);
    if (hasPrice && given.has(TickField.UNDERLYING)) {
      throw GivenFields.repeated(
          given.name(TickField.UNDERLYING),
          given.name(TickField.PRICE),
          given.required(TickField.UNDERLYING));
    }
    TickField field = hasPrice ? TickField.PRICE : TickField.UNDERLYING;
    if (!given.has(field)) {
      throw new RefusedRow("no_value", "tick", "", "known in price, or of a contract");
    }
    double price = Numbers.positive(given.name(field), given.required(field));
    for (TickField other : TickField.values()) {
      if (other.value() != null && other != field && given.has(other)) {
        ignored.add(given.name(other));
      }
    }
    return price;
  }

  private static Side side(GivenFields given) throws RefusedRow {
    String text = given.required(TickField.SIDE);
    Side side = SIDES.get(text.toLowerCase(Locale.ROOT));
    if (side == null) {
      throw new RefusedRow(
          "bad_side", given.name(TickField.SIDE), text, "call, C, CE, put, P or PE");
    }
    return side;
  }
}
