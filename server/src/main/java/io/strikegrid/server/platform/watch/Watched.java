package io.strikegrid.server.platform.watch;

/** Something that is looked at from outside. */
interface Watched {

  /** How it is now. */
  ThreadLook look();
}
