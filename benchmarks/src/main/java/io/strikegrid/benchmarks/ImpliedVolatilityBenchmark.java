package io.strikegrid.benchmarks;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.pricing.Black76;
import io.strikegrid.engine.pricing.ChainPricing;
import io.strikegrid.engine.pricing.ChainQuotes;
import io.strikegrid.engine.pricing.ChainTerms;
import io.strikegrid.engine.pricing.Forward;
import io.strikegrid.engine.pricing.ImpliedVolatility;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does one implied volatility take, and one contract of a chain with forward, volatility
 * and all Greeks; and how does OpenGamma Strata do on the same prices?
 *
 * <p>20,000 options out of the money, up to three standard deviations to either side, from an hour
 * to two years, volatilities from 5 to 120 %, both sides mixed, seed 20260105; the chain has 100
 * strikes around the forward. Prices are undiscounted. Command: {@code ./strikegrid bench
 * ImpliedVolatilityBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class ImpliedVolatilityBenchmark {

  private static final int OPTIONS = 20_000;
  private static final int STRIKES = 100;
  private static final long SEED = 20260105;

  private final Side[] sides = new Side[OPTIONS];
  private final double[] prices = new double[OPTIONS];
  private final double[] forwards = new double[OPTIONS];
  private final double[] strikes = new double[OPTIONS];
  private final double[] years = new double[OPTIONS];
  private ChainQuotes quotes;
  private ChainTerms terms;
  private ChainPricing pricing;

  /** Prices the options. */
  @Setup
  public void price() {
    Random random = new Random(SEED);
    for (int i = 0; i < OPTIONS; i++) {
      years[i] = Math.exp(random.nextDouble() * Math.log(17_520) - Math.log(8_760));
      forwards[i] = 24_000 * (0.5 + random.nextDouble());
      double volatility = 0.05 + 1.15 * random.nextDouble();
      double deviations = 6 * random.nextDouble() - 3;
      strikes[i] = forwards[i] * Math.exp(deviations * volatility * Math.sqrt(years[i]));
      sides[i] = deviations < 0 ? Side.PUT : Side.CALL;
      prices[i] = Black76.price(sides[i], forwards[i], strikes[i], years[i], volatility, 0);
    }
    fillChain();
  }

  private void fillChain() {
    quotes = new ChainQuotes();
    terms = new ChainTerms(24_500, true, 0.065, 0, 0.02, PricingRules.USUAL);
    pricing = new ChainPricing();
    for (int k = 0; k < STRIKES; k++) {
      int index = quotes.add(23_250 + 25 * k);
      for (Side side : Side.values()) {
        double fair = Black76.price(side, 24_520, quotes.strike(index), 0.02, 0.14, 0.065);
        quotes.set(index, side, 0.999 * fair, 1.001 * fair, fair);
      }
    }
  }

  /** One volatility by this project. */
  @Benchmark
  @OperationsPerInvocation(OPTIONS)
  public double strikegrid() {
    double sum = 0;
    for (int i = 0; i < OPTIONS; i++) {
      sum += ImpliedVolatility.of(sides[i], prices[i], forwards[i], strikes[i], years[i], 1);
    }
    return sum;
  }

  /** One volatility by OpenGamma Strata. */
  @Benchmark
  @OperationsPerInvocation(OPTIONS)
  public double strata() {
    double sum = 0;
    for (int i = 0; i < OPTIONS; i++) {
      sum +=
          BlackFormulaRepository.impliedVolatility(
              prices[i], forwards[i], strikes[i], years[i], sides[i] == Side.CALL);
    }
    return sum;
  }

  /** One contract of a chain: forward, volatility and Greeks. */
  @Benchmark
  @OperationsPerInvocation(2 * STRIKES)
  public double chainContract() {
    pricing.price(quotes, terms, Forward.own(quotes, terms));
    return pricing.side(Side.CALL).iv(0);
  }
}
