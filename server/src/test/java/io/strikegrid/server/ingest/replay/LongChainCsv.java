package io.strikegrid.server.ingest.replay;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.server.live.Tick;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Random minutes of NIFTY in the {@code nse-chain-long} profile, two expiries of 5 strikes, and
 * what each of its rows says as a tick.
 */
final class LongChainCsv {

  static final String HEADER =
      "timestamp,symbol,expiry,strike,option_type,spot,ltp,volume,oi,oi_chg,iv,delta,gamma,theta,vega,rho";

  private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyyMMddHHmm", Locale.ROOT);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd-MMM-yyyy", Locale.ENGLISH);
  private static final List<LocalDate> EXPIRIES =
      List.of(LocalDate.of(2025, 4, 24), LocalDate.of(2025, 4, 30));
  private static final double LOT = 75;
  private static final int STRIKES = 5;

  private final SplittableRandom random;
  private final List<String> rows = new ArrayList<>();
  private final List<String> ticks = new ArrayList<>();

  /**
   * Makes them.
   *
   * @param open first minute, epoch seconds
   */
  LongChainCsv(long seed, long open, int minutes) {
    this.random = new SplittableRandom(seed);
    for (int m = 0; m < minutes; m++) {
      for (LocalDate expiry : EXPIRIES) {
        for (int k = 0; k < STRIKES; k++) {
          for (String side : List.of("CE", "PE")) {
            add(open + 60L * m, m, expiry, 24_000 + 50 * k, side);
          }
        }
      }
    }
  }

  private void add(long time, int minute, LocalDate expiry, int strike, String side) {
    double spot = 24_000 + Math.rint(random.nextDouble() * 10_000) / 100;
    double price = Math.rint(1 + random.nextDouble() * 20_000) / 100;
    long volume = 1_000L * (minute + 1) + random.nextInt(1000);
    long oi = random.nextLong(100_000);
    long change = random.nextLong(-500, 500);
    double iv = 1 + random.nextDouble() * 50;
    double delta = random.nextDouble() - 0.5;
    double gamma = random.nextDouble() * 1e-4;
    Instant at = Instant.ofEpochSecond(time);
    rows.add(
        String.join(
            ",",
            MINUTE.format(at.atZone(INDIA)),
            "NIFTY",
            DATE.format(expiry),
            "" + strike,
            side,
            "" + spot,
            "" + price,
            "" + volume,
            "" + oi,
            "" + change,
            "" + iv,
            "" + delta,
            "" + gamma,
            "-",
            "-",
            "-"));
    ticks.add(
        text(
            time * 1000,
            expiry,
            strike,
            side.equals("CE") ? "call" : "put",
            price,
            volume * LOT,
            oi * LOT,
            change * LOT,
            iv * 0.01,
            delta,
            gamma,
            spot));
  }

  private static String text(
      long millis, LocalDate expiry, double strike, String side, double... values) {
    StringBuilder text = new StringBuilder();
    text.append(millis).append(' ').append(expiry).append(' ').append(strike);
    text.append(' ').append(side);
    for (double value : values) {
      text.append(' ').append(value);
    }
    return text.toString();
  }

  /** A tick in the words of {@link #ticks}. */
  static String text(Tick tick) {
    Observation o = tick.observation();
    return text(
        o.millis(),
        tick.expiry().orElseThrow(),
        o.strike(),
        o.side().label(),
        o.get(ObservationField.PRICE),
        o.get(ObservationField.VOLUME_DAY),
        o.get(ObservationField.OI),
        o.get(ObservationField.OI_CHANGE),
        o.get(ObservationField.IV),
        o.get(ObservationField.DELTA),
        o.get(ObservationField.GAMMA),
        o.get(ObservationField.UNDERLYING));
  }

  /** Header and rows, in order of time. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    lines.addAll(rows);
    return lines;
  }

  List<String> rows() {
    return rows;
  }

  /** What each row says. */
  List<String> ticks() {
    return ticks;
  }
}
