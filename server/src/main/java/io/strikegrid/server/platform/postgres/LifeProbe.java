package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells a server that is frozen from one that works. It is asked the least that it can be: whether
 * it speaks TLS, which it answers with one byte, before anybody logs in, also where all connections
 * are taken or it recovers. For that it has to accept a connection and to fork, no more; a busy
 * server does so within moments. Only one that calls itself ready and has left many such questions
 * in a row unanswered, each for long, is frozen. Time in which this process stood still counts as
 * one question at most. For one thread.
 */
final class LifeProbe {

  private static final int REQUEST_BYTES = 8;
  private static final int TLS_REQUEST = 80_877_103;

  private final Patience patience;
  private final LongSupplier nanos;
  private final Ask ask;
  private long pid;
  private int unanswered;
  private long next;

  /**
   * How long a server may be silent.
   *
   * @param every pause after an answer
   * @param within longest time that one may take
   * @param most so many questions in a row may not be left unanswered
   */
  record Patience(Duration every, Duration within, int most) {

    /** A minute of silence, in six questions. */
    static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), 6);

    /** In words. */
    @Override
    public String toString() {
      return most + " questions in a row, of " + within.toMillis() + " ms each";
    }
  }

  /** One question. */
  @FunctionalInterface
  interface Ask {
    /** Whether a server on a port of this machine answers. */
    boolean isAnswered(int port, Duration within);
  }

  /** One that asks over TCP. */
  LifeProbe(Patience patience) {
    this(patience, System::nanoTime, LifeProbe::isAnswered);
  }

  /** One that asks otherwise. */
  LifeProbe(Patience patience, LongSupplier nanos, Ask ask) {
    this.patience = patience;
    this.nanos = nanos;
    this.ask = ask;
    this.next = nanos.getAsLong();
  }

  /**
   * Asks, where it is time to.
   *
   * @return whether the server is frozen
   */
  boolean isFrozen(Optional<Postmaster> server) {
    if (server.isEmpty() || !server.get().isReady() || server.get().pid() != pid) {
      pid = server.filter(Postmaster::isReady).map(Postmaster::pid).orElse(0L);
      unanswered = 0;
      return false;
    }
    if (nanos.getAsLong() - next < 0) {
      return false;
    }
    if (ask.isAnswered(server.get().port(), patience.within())) {
      unanswered = 0;
      next = nanos.getAsLong() + patience.every().toNanos();
      return false;
    }
    unanswered++;
    return unanswered >= patience.most();
  }

  private static boolean isAnswered(int port, Duration within) {
    int millis = Math.toIntExact(within.toMillis());
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), millis);
      socket.setSoTimeout(millis);
      socket
          .getOutputStream()
          .write(
              ByteBuffer.allocate(REQUEST_BYTES).putInt(REQUEST_BYTES).putInt(TLS_REQUEST).array());
      return socket.getInputStream().read() >= 0;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public String toString() {
    return patience.toString();
  }
}
