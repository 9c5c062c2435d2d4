package io.strikegrid.server.app.demo;

import java.util.SplittableRandom;

/** Random numbers that depend on what they are for, so that the same minute is always the same. */
final class DemoRandom {

  private DemoRandom() {}

  /** A source of numbers for a purpose, told by some numbers of its own. */
  static SplittableRandom of(long seed, long... purpose) {
    long mixed = seed;
    for (long part : purpose) {
      mixed = new SplittableRandom(mixed ^ (part * 0x9e3779b97f4a7c15L)).nextLong();
    }
    return new SplittableRandom(mixed);
  }
}
