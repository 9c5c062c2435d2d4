package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.server.store.MinuteKey;

/**
 * Observations of one minute, as they came. Those of the underlying alone count for every expiry.
 *
 * @param key minute and expiry
 * @param log not to be changed any more
 */
public record MinuteTicks(MinuteKey key, ObservationLog log) {}
