package org.sockmapd.lookup.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a connection to a database is protected. */
public enum TlsMode {
  /** Never TLS. */
  DISABLE,
  /** TLS when the server offers it; protects from nobody who can change packets. */
  PREFER,
  /** TLS or nothing; any certificate will do. */
  REQUIRE,
  /** TLS with a certificate that the CA file vouches for. */
  VERIFY_CA,
  /** As {@link #VERIFY_CA}, and the certificate names the host that was asked for. */
  VERIFY_FULL;

  /**
   * Names the mode as a configuration does.
   *
   * @return the name, in lower case with a hyphen
   */
  public String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds a mode.
   *
   * @param configName its name in a configuration
   * @return the mode, or empty when there is none of that name
   */
  public static Optional<TlsMode> of(String configName) {
    return Arrays.stream(values()).filter(mode -> mode.configName().equals(configName)).findFirst();
  }

  /**
   * Lists the names.
   *
   * @return what a configuration may say
   */
  public static List<String> configNames() {
    return Arrays.stream(values()).map(TlsMode::configName).toList();
  }

  /** Tells whether a CA is needed. */
  boolean verifies() {
    return this == VERIFY_CA || this == VERIFY_FULL;
  }
}
