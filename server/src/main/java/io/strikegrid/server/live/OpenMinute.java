package io.strikegrid.server.live;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.rollup.MinuteTicks;
import io.strikegrid.server.store.MinuteKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What came of one symbol in one minute and is not committed yet. Guarded by its lane. */
final class OpenMinute {

  private static final int RECEIPT_BYTES = 64;

  private final Session session;
  private final long minute;
  private final Provenance provenance;
  private final Map<Optional<LocalDate>, ObservationLog> logs = new HashMap<>();
  private final Set<Receipt> receipts = new HashSet<>();
  private final Set<Feed> feeds = new HashSet<>();
  private long bytes;
  private int size;

  OpenMinute(Session session, long minute, Provenance provenance) {
    this.session = session;
    this.minute = minute;
    this.provenance = provenance;
  }

  Session session() {
    return session;
  }

  /** Start of the minute, epoch seconds UTC. */
  long minute() {
    return minute;
  }

  Provenance provenance() {
    return provenance;
  }

  /** Adds a tick; returns by how many bytes that grew. */
  long add(Feed feed, Tick tick, Receipt receipt) {
    ObservationLog log = logs.computeIfAbsent(tick.expiry(), e -> new ObservationLog());
    long before = log.size() == 0 ? 0 : log.bytes();
    log.add(tick.observation());
    long grown = log.bytes() - before;
    if (receipts.add(receipt)) {
      receipt.hold();
      grown += RECEIPT_BYTES;
    }
    feeds.add(feed);
    bytes += grown;
    size++;
    return grown;
  }

  /** Memory that it takes, about. */
  long bytes() {
    return bytes;
  }

  /** Ticks in it. */
  int size() {
    return size;
  }

  /** What came, for the writer. */
  List<MinuteTicks> ticks() {
    List<MinuteTicks> ticks = new ArrayList<>();
    logs.forEach((expiry, log) -> ticks.add(new MinuteTicks(new MinuteKey(minute, expiry), log)));
    return ticks;
  }

  /** Copies what came so far. */
  void copyTo(Map<Optional<LocalDate>, List<Observation>> to) {
    logs.forEach((expiry, log) ->
        to.computeIfAbsent(expiry, e -> new ArrayList<>()).addAll(log.observations()));
  }

  /** Feeds that brought something of it. */
  Set<Feed> feeds() {
    return feeds;
  }

  /** It is committed, or refused for good. */
  void release() {
    receipts.forEach(Receipt::release);
  }
}
