package io.strikegrid.server.stream;

import io.strikegrid.server.platform.watch.LostConnection;
import io.strikegrid.server.platform.watch.Outage;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a symbol's stream. News that come while it is at work are done in one go
 * afterwards. What fails is tried again at the next look.
 */
final class SymbolWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SymbolWorker.class);
  private static final long NOTHING = Long.MIN_VALUE;

  private final SymbolStream stream;
  private final String symbol;
  private final Semaphore work = new Semaphore(0);
  private final AtomicLong knownAt = new AtomicLong(NOTHING);
  private final Outage failing;
  private final Thread thread;
  private volatile boolean isClosed;

  SymbolWorker(SymbolStream stream, String symbol) {
    this.stream = stream;
    this.symbol = symbol;
    this.failing = new Outage(LOG, "the stream of " + symbol + " waits for its pages");
    this.thread = Thread.ofVirtual().name("stream " + symbol).start(this::run);
  }

  SymbolStream stream() {
    return stream;
  }

  /** Something was committed; does not block. */
  void news() {
    knownAt.compareAndSet(NOTHING, System.nanoTime());
    work.release();
  }

  /** Something may have changed; does not block. */
  void look() {
    work.release();
  }

  private void run() {
    try {
      while (!isClosed) {
        work.acquire();
        work.drainPermits();
        round();
      }
    } catch (InterruptedException e) {
      // closed meanwhile
    }
  }

  private void round() {
    long known = knownAt.getAndSet(NOTHING);
    try {
      stream.round(known == NOTHING ? OptionalLong.empty() : OptionalLong.of(known));
      failing.over();
    } catch (RuntimeException e) {
      if (LostConnection.isCauseOf(e) || isClosed) {
        LOG.debug("the stream of {} waits for the store", symbol, e);
      } else {
        failing.failed("tried again: " + e, e);
      }
    } catch (Error e) {
      failing.failed("it begins anew: " + e, e);
      stream.breakOff();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }
}
