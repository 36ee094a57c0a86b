package org.sockmapd.testing;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test needs from the machine and cannot bring along itself. */
public final class Prerequisite {

  private Prerequisite() {}

  /**
   * Skips the calling test, by name, where something is missing. With {@code CI=true} in the
   * environment the test fails instead: there everything is installed, so a skip would hide that it
   * is not.
   *
   * @param missing what to install, as a sentence
   */
  public static void require(boolean present, String missing) {
    if (present) {
      return;
    }
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail(missing);
    }
    Assumptions.abort(missing);
  }
}
