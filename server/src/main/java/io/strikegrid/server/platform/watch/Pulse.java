package io.strikegrid.server.platform.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Signs of life of threads that somebody else starts, such as a library. Whoever lives writes, any
 * thread reads.
 */
final class Pulse implements Heartbeat, Watched {

  /** A thread that is silent for so many times what it may be does not come back. */
  private static final int HOPELESS_TIMES = 10;

  private final Vital vital;
  private final LongSupplier nanos;
  private volatile long beatAt;

  Pulse(Vital vital, LongSupplier nanos) {
    this.vital = vital;
    this.nanos = nanos;
    this.beatAt = nanos.getAsLong();
  }

  @Override
  public void beat() {
    beatAt = nanos.getAsLong();
  }

  @Override
  public ThreadLook look() {
    return look(0);
  }

  /** How it is, where it is not dead. */
  ThreadLook look(int restarts) {
    Duration silent = silentFor();
    boolean isStuck = silent.compareTo(vital.silence()) > 0;
    boolean isHopeless = silent.compareTo(vital.silence().multipliedBy(HOPELESS_TIMES)) > 0;
    return new ThreadLook(
        vital.name(),
        isStuck ? ThreadLook.State.STUCK : ThreadLook.State.ALIVE,
        Optional.empty(),
        silent,
        restarts,
        isHopeless);
  }

  Duration silentFor() {
    return Duration.ofNanos(Math.max(0, nanos.getAsLong() - beatAt));
  }
}
