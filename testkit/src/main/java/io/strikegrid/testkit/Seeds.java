package io.strikegrid.testkit;

/** Seeds made of several numbers. */
final class Seeds {

  private Seeds() {}

  /** A seed that differs wherever one of the numbers does, as good as certainly. */
  static long mix(long... parts) {
    long mixed = 0x9e3779b97f4a7c15L;
    for (long part : parts) {
      mixed = (mixed ^ part) * 0xbf58476d1ce4e5b9L;
      mixed = (mixed ^ (mixed >>> 29)) * 0x94d049bb133111ebL;
      mixed ^= mixed >>> 32;
    }
    return mixed;
  }
}
