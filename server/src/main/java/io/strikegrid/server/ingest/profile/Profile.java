package io.strikegrid.server.ingest.profile;

import io.strikegrid.engine.market.Side;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a file mean.
 *
 * @param name how people choose it
 * @param title what it is for
 * @param kind what a row is
 * @param market whose calendar and rules a symbol has that no configuration knows
 * @param header columns that a file must have, each by its possible names
 * @param entries which entries of an archive are read; null for all
 * @param only rows to take: by column, the values that it may have
 * @param symbol where the symbol stands
 * @param expiry where the date of expiry stands
 * @param strike where the strike stands
 * @param side where the side stands; null where call and put are in one row
 * @param time where the event time, or the trading day, stands
 * @param collected where the collector's own time stands; null where there is none
 * @param unknown texts that stand for an unknown value in every column
 * @param stale what makes a poll worthless
 * @param pageByExpiry whether each expiry is a page of its own, rather than the whole symbol
 * @param fields what is read of each contract
 */
public record Profile(
    String name,
    String title,
    Kind kind,
    String market,
    List<List<String>> header,
    @Nullable Pattern entries,
    Map<List<String>, Set<String>> only,
    Source symbol,
    Source expiry,
    List<String> strike,
    @Nullable SideColumn side,
    Source time,
    @Nullable Source collected,
    Set<String> unknown,
    Set<StaleRule> stale,
    boolean pageByExpiry,
    List<Field> fields) {

  /** What a row is. */
  public enum Kind {
    /** Contracts of a chain, as they were at a moment. */
    CHAIN,
    /** Bars that somebody else made. */
    BARS,
    /** Contracts over a whole trading day. */
    DAY
  }

  /** What makes a poll worthless. */
  public enum StaleRule {
    /** It shows the same page time as the poll before. */
    PAGE_TIME,
    /** Every field equals that of the poll before. */
    UNCHANGED,
    /** It is from before the symbol's first trade of the day, whichever expiry it shows. */
    NO_VOLUME
  }

  /**
   * Where a text, date or time stands.
   *
   * @param columns the column's possible names; empty where the value is fixed or in the file's
   *     name
   * @param format a date or time pattern; null for ISO-8601 or epoch seconds
   * @param zone the zone of a time without offset; null for that of the calendar
   * @param fileName a pattern whose first group holds the value in the file's name; null otherwise
   * @param value a fixed value; null otherwise
   */
  public record Source(
      List<String> columns,
      @Nullable String format,
      @Nullable String zone,
      @Nullable Pattern fileName,
      @Nullable String value) {}

  /**
   * The column that tells the side.
   *
   * @param columns its possible names
   * @param values by text, the side
   */
  public record SideColumn(List<String> columns, Map<String, Side> values) {}

  /**
   * One field of a contract.
   *
   * @param name what it is
   * @param call the call's column by its possible names, or the one column of a long layout
   * @param put the put's column; the same as the call's where both share it
   * @param unit how its numbers are to be read
   * @param unknown texts that stand for an unknown value, besides those of the profile
   * @param floor a value at or below which it is a stand-in for none; NaN for no such value
   */
  public record Field(
      FieldName name,
      List<String> call,
      List<String> put,
      Unit unit,
      Set<String> unknown,
      double floor) {

    /** The columns of a side. */
    public List<String> columns(Side of) {
      return of == Side.CALL ? call : put;
    }
  }
}
