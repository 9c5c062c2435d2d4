package io.strikegrid.engine.bar;

import java.util.Arrays;
import java.util.Optional;

/** Where a bar came from. The code is what the table holds; roll-ups keep the largest. */
public enum Provenance {
  /** From a live feed. */
  LIVE(1),
  /** From a file of recorded data. */
  IMPORTED(2),
  /** Fetched later to fill a hole. */
  BACKFILLED(3),
  /** Made by a generator; never mixed with real rows of one symbol and day. */
  SIMULATED(4);

  private final int code;

  Provenance(int code) {
    this.code = code;
  }

  /** The number in the {@code provenance} column, 1 to 4. */
  public int code() {
    return code;
  }

  /** The name in answers: {@code live}, {@code imported}, {@code backfilled}, {@code simulated}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Finds the one with a label, or nothing. */
  public static Optional<Provenance> ofLabel(String label) {
    return Arrays.stream(values()).filter(p -> p.label().equals(label)).findFirst();
  }

  /**
   * The one with a code.
   *
   * @throws IllegalArgumentException where no provenance has the code
   */
  public static Provenance ofCode(int code) {
    return Arrays.stream(values())
        .filter(p -> p.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("provenance must be 1 to 4; have " + code));
  }
}
