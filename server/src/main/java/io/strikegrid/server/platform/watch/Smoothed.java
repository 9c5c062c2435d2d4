package io.strikegrid.server.platform.watch;

/**
 * Something that is looked at in rounds and may come and go, such as a busy server that answers now
 * and then: it counts as wrong once it was so for some rounds in a row, and as right again once it
 * was that for some. Used by one thread.
 */
final class Smoothed {

  private final int wrongRounds;
  private final int rightRounds;
  private boolean isWrong;
  private int unlike;

  /** Right until it is seen wrong so often in a row; then wrong until it is seen right so often. */
  Smoothed(int wrongRounds, int rightRounds) {
    this.wrongRounds = wrongRounds;
    this.rightRounds = rightRounds;
  }

  /**
   * Takes what a round saw.
   *
   * @return whether it counts as wrong now
   */
  boolean see(boolean isWrongNow) {
    unlike = isWrongNow == isWrong ? 0 : unlike + 1;
    if (unlike >= (isWrong ? rightRounds : wrongRounds)) {
      isWrong = isWrongNow;
      unlike = 0;
    }
    return isWrong;
  }
}
