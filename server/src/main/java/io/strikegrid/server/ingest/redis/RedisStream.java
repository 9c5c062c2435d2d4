package io.strikegrid.server.ingest.redis;

import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.models.stream.PendingMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The commands of one connection on one stream and its consumer group. For one thread. */
final class RedisStream implements AutoCloseable {

  static final String GROUP = "strikegrid";
  static final String FIRST = "0-0";

  private static final Duration WAIT_FOR_NEW = Duration.ofSeconds(1);
  private static final long MOST_DEAD_LETTERS = 100_000;

  private final RedisConfig config;
  private final StatefulRedisConnection<String, String> connection;
  private final RedisCommands<String, String> commands;
  private final PageSize size = new PageSize();

  private RedisStream(RedisConfig config, StatefulRedisConnection<String, String> connection) {
    this.config = config;
    this.connection = connection;
    this.commands = connection.sync();
  }

  /** Connects, and makes stream and group where they are missing. */
  static RedisStream open(RedisClient client, RedisConfig config) {
    StatefulRedisConnection<String, String> connection = client.connect(config.address().uri());
    try {
      RedisStream stream = new RedisStream(config, connection);
      stream.createGroup();
      return stream;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void createGroup() {
    try {
      commands.xgroupCreate(
          StreamOffset.from(config.stream(), FIRST), GROUP, XGroupCreateArgs.Builder.mkstream());
    } catch (RedisBusyException alreadyThere) {
      // as it should be
    }
  }

  /** Ids after one of entries that were handed out, to any consumer, and not acknowledged. */
  List<String> pending(String after) {
    Range<String> rest = Range.from(Range.Boundary.excluding(after), Range.Boundary.unbounded());
    return commands.xpending(config.stream(), GROUP, rest, Limit.from(size.entries())).stream()
        .map(PendingMessage::getId)
        .toList();
  }

  /** Takes entries over from whichever consumer they were handed to. */
  List<RawEntry> claim(List<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<String, RawEntry> found = new HashMap<>();
    commands
        .xclaim(config.stream(), me(), new XClaimArgs().minIdleTime(0), ids.toArray(String[]::new))
        .forEach(message -> found.put(message.getId(), RawEntry.of(message)));
    return size.learn(
        ids.stream().map(id -> found.getOrDefault(id, new RawEntry(id, Map.of()))).toList());
  }

  /** Entries that nobody was handed yet; waits a second where there are none. */
  @SuppressWarnings("unchecked") // an array of generic type for the one stream
  List<RawEntry> fresh() {
    XReadArgs how = XReadArgs.Builder.count(size.entries()).block(WAIT_FOR_NEW);
    List<StreamMessage<String, String>> page =
        commands.xreadgroup(me(), how, StreamOffset.lastConsumed(config.stream()));
    return page == null ? List.of() : size.learn(page.stream().map(RawEntry::of).toList());
  }

  private Consumer<String> me() {
    return Consumer.from(GROUP, config.consumer());
  }

  void acknowledge(List<String> ids) {
    commands.xack(config.stream(), GROUP, ids.toArray(String[]::new));
  }

  void addDeadLetter(Map<String, String> fields) {
    XAddArgs bounded = XAddArgs.Builder.maxlen(MOST_DEAD_LETTERS).approximateTrimming();
    commands.xadd(config.deadLetters(), bounded, fields);
  }

  @Override
  public void close() {
    connection.close();
  }
}
