package io.strikegrid.engine.measure;

/** Put-call ratios: always one sum over another, never a mean of ratios. */
public final class Ratio {

  private Ratio() {}

  /**
   * Puts over calls.
   *
   * @return NaN where the calls are 0
   */
  public static double of(double puts, double calls) {
    return calls == 0 ? Double.NaN : puts / calls;
  }
}
