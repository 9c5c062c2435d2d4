package io.strikegrid.server.live;

/** Which minutes are closed, by how short memory is. */
enum Haste {
  /** Those that are over in the events of their feed, lateness included. */
  NONE,
  /** Also those that events have gone past: memory is short. */
  PAST,
  /** Also those of a feed that is behind which are over by the clock: nothing else makes room. */
  CLOCK
}
