package io.strikegrid.server.platform.watch;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A thread that must live, at one moment.
 *
 * @param name of the thread
 * @param state how it is
 * @param cause what it died of, in words; empty where it lives
 * @param silentFor since its last sign of life
 * @param restarts how often it was begun again, ever
 * @param isHopeless whether it will not work again in this process
 */
public record ThreadLook(
    String name,
    State state,
    Optional<String> cause,
    Duration silentFor,
    int restarts,
    boolean isHopeless) {

  /** How a thread is. */
  public enum State {
    /** It works, or waits for work. */
    ALIVE,
    /** It ended, and nobody told it to. */
    DEAD,
    /** It has given no sign of life for longer than it may. */
    STUCK;

    /** The name in answers, in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is wrong with it, in words for anybody; empty where nothing is. */
  public Optional<String> reason() {
    return switch (state) {
      case ALIVE -> Optional.empty();
      case DEAD -> Optional.of("thread " + name + " is dead: " + cause.orElse("nobody knows why"));
      case STUCK ->
          Optional.of("thread " + name + " has been stuck for " + silentFor.toSeconds() + " s");
    };
  }
}
