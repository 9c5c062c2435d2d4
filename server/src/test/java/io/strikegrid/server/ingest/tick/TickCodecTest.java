package io.strikegrid.server.ingest.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TickCodecTest {

  private static final long SEED = 20_250_422;
  private static final LocalDate DAY = LocalDate.parse("2025-04-22");

  private final MarketCatalog markets = MarketCatalog.load(List.of());
  private final TickCodec codec = new TickCodec(markets);

  @Test
  void decode_whatWasEncoded_isTheSameTicks() throws IOException {
    Random random = new Random(SEED);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      ticks.add(tick(random, i));
    }

    TickCodec.Decoded decoded = codec.decode(TickCodec.encode(ticks));

    assertThat(decoded.lost()).isEmpty();
    assertThat(decoded.ticks()).hasSameSizeAs(ticks);
    for (int i = 0; i < ticks.size(); i++) {
      Tick before = ticks.get(i);
      Tick after = decoded.ticks().get(i);
      assertThat(after.observation().isSame(before.observation())).as("seed %d", SEED).isTrue();
      assertThat(after.observation().polled()).isEqualTo(before.observation().polled());
      assertThat(after.observation().line()).isEqualTo(before.observation().line());
      assertThat(after.expiry()).isEqualTo(before.expiry());
      assertThat(after.underlying()).isEqualTo(before.underlying());
      assertThat(after.session()).isEqualTo(before.session());
    }
  }

  @Test
  void decode_everyFieldOfAnObservation_isThere() throws IOException {
    double[] values = new double[ObservationField.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 0.5;
    }
    Underlying nifty = underlying("NIFTY50");
    Session session = nifty.calendar().session(DAY).orElseThrow();
    Observation seen =
        new Observation(24_500, Side.PUT, session.open() * 1000, session.open(), 7, values);
    Tick tick = new Tick(nifty, session, Optional.of(DAY), seen);

    Tick after = codec.decode(TickCodec.encode(List.of(tick))).ticks().getFirst();

    assertThat(after.observation().values()).containsExactly(values);
  }

  @Test
  void decode_tickOutsideTheSessionsThatThereAreNow_isTold() throws IOException {
    Underlying nifty = underlying("NIFTY50");
    Session session = new Session(DAY, 900, 2_000);
    Tick tick = Tick.ofUnderlying(nifty, session, 1_000_000, 5);

    TickCodec.Decoded decoded = codec.decode(TickCodec.encode(List.of(tick)));

    assertThat(decoded.ticks()).isEmpty();
    assertThat(decoded.lost().getFirst().message()).contains("NIFTY50 at 1000000 ms");
    assertThat(TickCodec.encodeLost(decoded.lost())).isEqualTo(TickCodec.encode(List.of(tick)));
  }

  @Test
  void decode_anotherVersion_isRefused() {
    byte[] bytes = TickCodec.encode(List.of());
    bytes[0] = 9;

    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 1; have 9");
  }

  private Tick tick(Random random, int line) {
    Underlying underlying = underlying(random.nextBoolean() ? "NIFTY50" : "BANKNIFTY");
    Session session = underlying.calendar().session(DAY).orElseThrow();
    long millis = session.open() * 1000 + random.nextInt(20_000_000);
    if (random.nextInt(10) == 0) {
      return Tick.ofUnderlying(underlying, session, millis, 24_500 + random.nextDouble());
    }
    double[] values = new double[ObservationField.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? Double.NaN : random.nextGaussian() * 1e6;
    }
    Side side = random.nextBoolean() ? Side.CALL : Side.PUT;
    Observation seen =
        new Observation(24_000 + line, side, millis, Math.floorDiv(millis, 1000), line, values);
    return new Tick(underlying, session, Optional.of(DAY.plusDays(random.nextInt(90))), seen);
  }

  private Underlying underlying(String symbol) {
    return markets.find(symbol).orElseThrow();
  }
}
