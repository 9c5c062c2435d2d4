package io.strikegrid.engine.measure;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.CarryRule;
import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.engine.time.TradingCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A page in few words. */
final class Chain {

  static final double GAP = 10;
  static final double RATE = 0.065;
  static final double YIELD = 0.01;
  static final LocalDate DAY = LocalDate.of(2025, 8, 29);
  static final LocalDate EXPIRY = LocalDate.of(2025, 9, 2);
  static final long OPEN = 1_756_439_100L;

  private final GridWriter writer;

  private Chain(LocalDate expiry, double[] strikes) {
    writer =
        new GridWriter(
            new PageKey("NIFTY50", expiry, Timeframe.MIN1, DAY),
            new Session(DAY, OPEN, OPEN + 375 * 60),
            strikes);
  }

  static Chain of(double... strikes) {
    return new Chain(EXPIRY, strikes);
  }

  static Chain expiring(LocalDate expiry, double... strikes) {
    return new Chain(expiry, strikes);
  }

  /** Strikes of 50 to 150, ten apart. */
  static Chain wide() {
    double[] strikes = new double[11];
    for (int k = 0; k < strikes.length; k++) {
      strikes[k] = 50 + GAP * k;
    }
    return of(strikes);
  }

  Chain open(int bucket) {
    writer.open(bucket);
    return this;
  }

  Chain underlying(int bucket, double price) {
    return whole(bucket, BucketField.UNDERLYING, price);
  }

  Chain whole(int bucket, BucketField field, double value) {
    writer.open(bucket);
    writer.set(field, bucket, value);
    return this;
  }

  Chain call(int bucket, double strike, GridField field, double value) {
    return put(bucket, strike, Side.CALL, field, value);
  }

  Chain put(int bucket, double strike, GridField field, double value) {
    return put(bucket, strike, Side.PUT, field, value);
  }

  Chain both(int bucket, double strike, GridField field, double call, double put) {
    return call(bucket, strike, field, call).put(bucket, strike, field, put);
  }

  private Chain put(int bucket, double strike, Side side, GridField field, double value) {
    writer.open(bucket);
    int k = writer.strikeIndex(strike);
    writer.observe(side, bucket, k);
    writer.set(side, field, bucket, k, value);
    return this;
  }

  GridPage page() {
    return writer.seal();
  }

  static Underlying nifty() {
    TradingCalendar calendar =
        new TradingCalendar(
            "NSE",
            ZoneId.of("Asia/Kolkata"),
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            Map.of(),
            Map.of(),
            LocalTime.of(9, 15),
            Duration.ofMinutes(375),
            LocalTime.of(15, 30));
    return new Underlying(
        "NIFTY50",
        "Nifty 50",
        "NSE",
        calendar,
        OptionalDouble.of(GAP),
        List.of(),
        List.of(),
        List.of(new CarryRule(LocalDate.of(2020, 1, 1), RATE, YIELD)),
        true,
        PricingRules.USUAL);
  }
}
