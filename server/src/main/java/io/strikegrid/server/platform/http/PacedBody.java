package io.strikegrid.server.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** The bytes of a body as its client sends them, for as long as it keeps up. For one thread. */
final class PacedBody extends InputStream {

  private final InputStream in;
  private final HttpBounds bounds;
  private final LongSupplier nanos;
  private final Pace pace;
  private final long end;

  /**
   * A body that nothing was read of.
   *
   * @param nanos a ticker, in nanoseconds
   */
  PacedBody(InputStream in, HttpBounds bounds, LongSupplier nanos) {
    this.in = in;
    this.bounds = bounds;
    this.nanos = nanos;
    this.pace = new Pace(bounds.leastRate(), bounds.grace());
    this.end = nanos.getAsLong() + bounds.bodyWithin().toNanos();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * Reads what has come, or waits for it.
   *
   * @throws Problem where the client is too slow
   */
  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    long start = nanos.getAsLong();
    int count;
    try {
      count = in.read(into, from, most);
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw tooSlow();
      }
      throw e;
    }
    long now = nanos.getAsLong();
    pace.moved(now - start, Math.max(0, count));
    if (count >= 0 && (pace.isBehind() || now - end > 0)) {
      throw tooSlow();
    }
    return count;
  }

  private Problem tooSlow() {
    String allowed =
        bounds.leastRate()
            + " bytes a second after "
            + bounds.grace().toSeconds()
            + " s, all of it within "
            + bounds.bodyWithin().toSeconds()
            + " s";
    return new Problem(
        ProblemCode.TOO_SLOW,
        "the body comes too slowly; it must bring " + allowed,
        null,
        null,
        allowed);
  }
}
