package io.strikegrid.benchmarks;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.pricing.Black76;
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
 * How long does one implied volatility take, ours and that of OpenGamma Strata, on the same 20,000
 * out-of-the-money options within three standard deviations, of 5 to 100 % volatility and one day
 * to two years?
 *
 * <p>One core. Command: {@code ./strikegrid bench ImpliedVolatilityBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class ImpliedVolatilityBenchmark {

  private static final int OPTIONS = 20_000;
  private static final long SEED = 20_260_105;

  private final Side[] sides = new Side[OPTIONS];
  private final double[] prices = new double[OPTIONS];
  private final double[] forwards = new double[OPTIONS];
  private final double[] strikes = new double[OPTIONS];
  private final double[] years = new double[OPTIONS];

  /** Draws the options and prices them. */
  @Setup
  public void draw() {
    Random random = new Random(SEED);
    for (int i = 0; i < OPTIONS; i++) {
      double volatility = 0.05 + 0.95 * random.nextDouble();
      years[i] = Math.exp(Math.log(1.0 / 365) + random.nextDouble() * Math.log(730));
      forwards[i] = 100 * (0.5 + random.nextDouble());
      double sigmas = 6 * random.nextDouble() - 3;
      strikes[i] = forwards[i] * Math.exp(sigmas * volatility * Math.sqrt(years[i]));
      sides[i] = strikes[i] >= forwards[i] ? Side.CALL : Side.PUT;
      prices[i] =
          new Black76(sides[i], forwards[i], forwards[i], strikes[i], years[i], volatility, 0)
              .price();
    }
  }

  /** Ours. */
  @Benchmark
  @OperationsPerInvocation(OPTIONS)
  public double ours() {
    double sum = 0;
    for (int i = 0; i < OPTIONS; i++) {
      sum += ImpliedVolatility.of(sides[i], prices[i], forwards[i], strikes[i], years[i], 0);
    }
    return sum;
  }

  /** Strata's {@code BlackFormulaRepository}. */
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
}
