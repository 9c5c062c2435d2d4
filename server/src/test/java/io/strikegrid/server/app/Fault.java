package io.strikegrid.server.app;

/** What befalls a server and what it needs. */
enum Fault {
  /** The server is killed and started again. */
  SERVER_KILLED,
  /** The server stands still for a while, as a machine that swaps does. */
  SERVER_STOPPED,
  /** The embedded database server is killed; nobody starts it again but ours. */
  STORE_KILLED,
  /** The embedded database server does not answer for a while. */
  STORE_STOPPED,
  /** Commits of the database wait for a while, each time, as for a slow disk. */
  STORE_SLOW,
  /** The disk of the server and of its database is full for a while. */
  DISK_FULL,
  /** The machine's clock is an hour behind for a while. */
  CLOCK_BACK,
  /** The machine's clock is an hour ahead for a while. */
  CLOCK_AHEAD,
  /** Redis is killed and started again. */
  REDIS_KILLED,
  /** Redis does not answer for a while. */
  REDIS_STOPPED;

  /** Whether it is one of a feed by Redis. */
  boolean isOfRedis() {
    return this == REDIS_KILLED || this == REDIS_STOPPED;
  }
}
