package org.sockmapd.testing;

/** One server with its data, as something that can be switched on and off, broken and frozen. */
sealed interface ServerUnit permits EmbeddedUnit, ContainerUnit {

  /** The same for its whole life. */
  int port();

  /** Starts it, or starts it again on the same data, without waiting until it answers. */
  void start();

  boolean isAlive();

  void stop();

  void kill();

  void pause();

  void resume();

  /** Ends it in any state and removes its data. */
  void close();

  /** What it wrote so far, for a person. */
  String log();
}
