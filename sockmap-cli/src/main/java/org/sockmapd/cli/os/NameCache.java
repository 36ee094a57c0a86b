package org.sockmapd.cli.os;

import java.security.Security;

/** How long the Java runtime remembers the addresses of a name, for the whole process. */
public final class NameCache {
  private static final String SECONDS = "networkaddress.cache.ttl";

  /** Its older name, which is a system property. */
  private static final String OLD_SECONDS = "sun.net.inetaddr.ttl";

  private NameCache() {}

  /**
   * Has addresses remembered for a second, in place of thirty, so that those of a database that
   * moved are found soon. To be called before any name is resolved. Whoever set a time for the
   * runtime has it.
   */
  public static void keepForASecond() {
    if (Security.getProperty(SECONDS) == null && System.getProperty(OLD_SECONDS) == null) {
      Security.setProperty(SECONDS, "1");
    }
  }
}
