package io.strikegrid.server.stream;

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
  private final Thread thread;
  private volatile boolean isClosed;

  SymbolWorker(SymbolStream stream, String symbol) {
    this.stream = stream;
    this.symbol = symbol;
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
    boolean failed = false;
    try {
      while (!isClosed) {
        work.acquire();
        work.drainPermits();
        failed = !round(failed);
      }
    } catch (InterruptedException e) {
      // closed meanwhile
    }
  }

  private boolean round(boolean failedBefore) {
    long known = knownAt.getAndSet(NOTHING);
    try {
      stream.round(known == NOTHING ? OptionalLong.empty() : OptionalLong.of(known));
      return true;
    } catch (RuntimeException e) {
      if (!failedBefore && !isClosed) {
        LOG.warn("the stream of {} waits for its pages", symbol, e);
      }
      return false;
    } catch (Error e) {
      LOG.error("the stream of {} begins anew", symbol, e);
      stream.breakOff();
      return false;
    }
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }
}
