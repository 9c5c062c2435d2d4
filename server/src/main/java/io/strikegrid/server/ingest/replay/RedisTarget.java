package io.strikegrid.server.ingest.replay;

import io.strikegrid.server.ingest.redis.RedisAddress;
import io.strikegrid.server.ingest.redis.RedisWriter;
import io.strikegrid.server.live.Tick;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A Redis stream, an entry a tick. */
final class RedisTarget implements ReplayTarget {

  private static final int MOST = 2_000;

  private final RedisWriter writer;
  private final ReplayReport report;
  private final Patience patience = new Patience();

  RedisTarget(RedisAddress address, String stream, ReplayReport report) {
    this.writer = new RedisWriter(address, stream);
    this.report = report;
  }

  @Override
  public int most() {
    return MOST;
  }

  @Override
  public void send(List<Tick> ticks) throws ReplayException, InterruptedException {
    List<Map<String, String>> entries = ticks.stream().map(TickFields::texts).toList();
    while (true) {
      try {
        writer.add(entries);
        patience.succeeded();
        report.sent(ticks.size());
        return;
      } catch (IOException e) {
        patience.failed(e);
        report.sentAgain();
      }
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
