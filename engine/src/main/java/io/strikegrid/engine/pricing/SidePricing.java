package io.strikegrid.engine.pricing;

import io.strikegrid.engine.bar.IvSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Implied volatility and Greeks of one side of a chain by strike, as {@link ChainPricing} last
 * computed them. An index is that of the strike in the quotes.
 *
 * <p>A contract has either all figures, or none and a reason: unknown ones are NaN, never 0.
 */
public final class SidePricing {

  private double[] iv = {};
  private double[] delta = {};
  private double[] gamma = {};
  private double[] theta = {};
  private double[] vega = {};
  private double[] rho = {};
  private @Nullable IvSource[] source = {};
  private @Nullable IvReason[] reason = {};

  SidePricing() {}

  void ensure(int capacity) {
    if (iv.length >= capacity) {
      return;
    }
    iv = new double[capacity];
    delta = new double[capacity];
    gamma = new double[capacity];
    theta = new double[capacity];
    vega = new double[capacity];
    rho = new double[capacity];
    source = Arrays.copyOf(source, capacity);
    reason = Arrays.copyOf(reason, capacity);
  }

  void set(int index, double volatility, IvSource from, Greeks greeks) {
    iv[index] = volatility;
    delta[index] = greeks.delta();
    gamma[index] = greeks.gamma();
    theta[index] = greeks.theta();
    vega[index] = greeks.vega();
    rho[index] = greeks.rho();
    source[index] = from;
    reason[index] = null;
  }

  void setUnknown(int index, IvReason why) {
    iv[index] = Double.NaN;
    delta[index] = Double.NaN;
    gamma[index] = Double.NaN;
    theta[index] = Double.NaN;
    vega[index] = Double.NaN;
    rho[index] = Double.NaN;
    source[index] = null;
    reason[index] = why;
  }

  /** Implied volatility per year, a fraction above zero. */
  public double iv(int index) {
    return iv[index];
  }

  /** {@link Greeks#delta()}. */
  public double delta(int index) {
    return delta[index];
  }

  /** {@link Greeks#gamma()}. */
  public double gamma(int index) {
    return gamma[index];
  }

  /** {@link Greeks#theta()}. */
  public double theta(int index) {
    return theta[index];
  }

  /** {@link Greeks#vega()}. */
  public double vega(int index) {
    return vega[index];
  }

  /** {@link Greeks#rho()}. */
  public double rho(int index) {
    return rho[index];
  }

  /** Which price it was computed from, {@link IvSource#MID} or {@link IvSource#LAST}, else null. */
  public @Nullable IvSource source(int index) {
    return source[index];
  }

  /** Why there is none; null where there is one. */
  public @Nullable IvReason reason(int index) {
    return reason[index];
  }
}
