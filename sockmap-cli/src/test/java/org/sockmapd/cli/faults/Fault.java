package org.sockmapd.cli.faults;

import java.time.Duration;

/**
 * Something that goes wrong, and how it is put right.
 *
 * @param atLeast how long it must last to show
 */
record Fault(String name, Duration atLeast, Step befall, Step repair) {

  /** Something that is done to servers or to the network. */
  @FunctionalInterface
  interface Step {
    void take() throws Exception;
  }

  static Fault of(String name, Step befall, Step repair) {
    return new Fault(name, Duration.ZERO, befall, repair);
  }

  Fault named(String otherName) {
    return new Fault(otherName, atLeast, befall, repair);
  }
}
