package io.strikegrid.server.ingest.replay;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.resource.Delay;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a replay bears with a receiver that fails: not at all before it was reached once, then
 * for two minutes on end, in growing pauses with jitter. One that only takes its time to answer was
 * reached.
 */
final class Patience {

  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);
  private static final Delay PAUSES =
      Delay.equalJitter(Duration.ofMillis(100), Duration.ofSeconds(5), 100, TimeUnit.MILLISECONDS);

  private boolean reached;
  private long failing;
  private long since;

  /** It took something. */
  void succeeded() {
    reached = true;
    failing = 0;
  }

  /** It failed: pauses before the next try. */
  void failed(IOException e) throws ReplayException, InterruptedException {
    long now = System.nanoTime();
    since = failing == 0 ? now : since;
    reached |= isSlow(e);
    if (!reached || now - since > GIVE_UP_AFTER.toNanos()) {
      throw new ReplayException(String.valueOf(e.getMessage()), e);
    }
    Thread.sleep(PAUSES.createDelay(++failing));
  }

  /** Whether somebody is there who did not answer in time. */
  private static boolean isSlow(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      boolean isOfAnswer =
          e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException);
      if (isOfAnswer || e instanceof RedisCommandTimeoutException) {
        return true;
      }
    }
    return false;
  }
}
