package io.strikegrid.server.app;

import io.strikegrid.server.ingest.journal.JournalConfig;
import io.strikegrid.server.ingest.redis.RedisConfig;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.platform.http.HttpConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * What a server is made of.
 *
 * @param store where the data is
 * @param http where it listens and who may ask
 * @param pageBytes most bytes that pages in memory may take
 * @param journal where ticks are kept until they are committed
 * @param silentAfter how long a feed may bring nothing while its market is open
 * @param live how ticks become bars
 * @param demo whether to generate the sample at start
 * @param redis the stream to consume; empty for none
 */
record ServeConfig(
    StoreConfig store,
    HttpConfig http,
    long pageBytes,
    JournalConfig journal,
    Duration silentAfter,
    LiveConfig live,
    boolean demo,
    Optional<RedisConfig> redis) {}
