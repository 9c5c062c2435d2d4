package io.strikegrid.server.ingest.tick;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ticks as bytes, for the journal: a version, the symbols of the batch, then each tick with the
 * values that it has. The session is not among them: it follows from symbol and time.
 */
final class TickCodec {

  private static final byte VERSION = 1;
  private static final int PUT = 1;
  private static final int OF_UNDERLYING = 2;

  /** Bit n says that the n-th is there. Never reordered; new ones go to the end. */
  private static final List<ObservationField> VALUES =
      List.of(
          ObservationField.PRICE,
          ObservationField.OPEN,
          ObservationField.HIGH,
          ObservationField.LOW,
          ObservationField.BID,
          ObservationField.ASK,
          ObservationField.VOLUME,
          ObservationField.VOLUME_DAY,
          ObservationField.OI,
          ObservationField.OI_CHANGE,
          ObservationField.IV,
          ObservationField.DELTA,
          ObservationField.GAMMA,
          ObservationField.THETA,
          ObservationField.VEGA,
          ObservationField.RHO,
          ObservationField.IV_COUNT,
          ObservationField.GREEKS_COUNT,
          ObservationField.COUNT,
          ObservationField.UNDERLYING);

  private final MarketCatalog markets;

  /** What was read: ticks, and what is left of others whose market is not what it was. */
  record Decoded(List<Tick> ticks, List<Lost> lost) {}

  /**
   * A tick whose market is configured otherwise than when it came.
   *
   * @param symbol as it was then
   * @param expiry empty for a price of the underlying alone
   */
  record Lost(String symbol, Optional<LocalDate> expiry, Observation seen) {

    /** Why it is none any more. */
    String message() {
      return symbol
          + " at "
          + seen.millis()
          + " ms: its market is configured otherwise than when it came";
    }
  }

  TickCodec(MarketCatalog markets) {
    this.markets = markets;
  }

  static byte[] encode(List<Tick> ticks) {
    return encodeLost(
        ticks.stream()
            .map(tick -> new Lost(tick.underlying().symbol(), tick.expiry(), tick.observation()))
            .toList());
  }

  /** The same of ticks whose market is not known. */
  static byte[] encodeLost(List<Lost> ticks) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(ticks.size() * 100 + 100);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      Map<String, Integer> symbols = new LinkedHashMap<>();
      ticks.forEach(tick -> symbols.putIfAbsent(tick.symbol(), symbols.size()));
      out.writeInt(symbols.size());
      for (String symbol : symbols.keySet()) {
        out.writeUTF(symbol);
      }
      out.writeInt(ticks.size());
      for (Lost tick : ticks) {
        out.writeInt(symbols.getOrDefault(tick.symbol(), -1));
        write(out, tick);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Lost tick) throws IOException {
    Observation seen = tick.seen();
    boolean isPut = seen.side() == Side.PUT;
    out.writeByte((isPut ? PUT : 0) | (tick.expiry().isEmpty() ? OF_UNDERLYING : 0));
    out.writeInt(tick.expiry().map(day -> (int) day.toEpochDay()).orElse(0));
    out.writeLong(seen.millis());
    out.writeDouble(seen.strike());
    out.writeInt(seen.line());
    int there = 0;
    for (int i = 0; i < VALUES.size(); i++) {
      there |= Double.isNaN(seen.get(VALUES.get(i))) ? 0 : 1 << i;
    }
    out.writeInt(there);
    for (ObservationField field : VALUES) {
      if (!Double.isNaN(seen.get(field))) {
        out.writeDouble(seen.get(field));
      }
    }
  }

  /**
   * Reads ticks.
   *
   * @throws IOException where the bytes are none of a version that is known
   */
  Decoded decode(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException("a batch must be of version " + VERSION + "; have " + version);
      }
      List<String> symbols = new ArrayList<>();
      int symbolCount = in.readInt();
      for (int i = 0; i < symbolCount; i++) {
        symbols.add(in.readUTF());
      }
      Decoded decoded = new Decoded(new ArrayList<>(), new ArrayList<>());
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        read(in, symbols.get(in.readInt()), decoded);
      }
      return decoded;
    }
  }

  private void read(DataInputStream in, String symbol, Decoded into) throws IOException {
    int flags = in.readByte();
    int expiryDay = in.readInt();
    long millis = in.readLong();
    double strike = in.readDouble();
    int line = in.readInt();
    double[] values = values(in);
    long second = Math.floorDiv(millis, 1000);
    Optional<Underlying> underlying = markets.find(symbol);
    Optional<Session> session =
        underlying
            .map(Underlying::calendar)
            .flatMap(calendar -> calendar.session(calendar.dayOf(second)))
            .filter(open -> open.contains(second));
    Optional<LocalDate> expiry =
        (flags & OF_UNDERLYING) != 0
            ? Optional.empty()
            : Optional.of(LocalDate.ofEpochDay(expiryDay));
    Side side = (flags & PUT) != 0 ? Side.PUT : Side.CALL;
    Observation seen = new Observation(strike, side, millis, second, line, values);
    if (underlying.isEmpty() || session.isEmpty()) {
      into.lost.add(new Lost(symbol, expiry, seen));
      return;
    }
    into.ticks.add(new Tick(underlying.get(), session.get(), expiry, seen));
  }

  private static double[] values(DataInputStream in) throws IOException {
    double[] values = new double[ObservationField.values().length];
    Arrays.fill(values, Double.NaN);
    int there = in.readInt();
    for (int i = 0; i < VALUES.size(); i++) {
      if ((there & (1 << i)) != 0) {
        values[VALUES.get(i).ordinal()] = in.readDouble();
      }
    }
    return values;
  }
}
