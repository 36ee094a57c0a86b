package org.sockmapd.lookup.sql;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How connections to a database are protected, and with what. All files are PEM.
 *
 * @param mode how much is asked of the server
 * @param caFile the certificates of those who vouch for the server; without it, the ones that the
 *     Java runtime trusts
 * @param certificateFile this client's certificate, then those between it and its CA
 * @param keyFile the key of the client's certificate, PKCS #8 and not encrypted
 */
public record TlsSettings(
    TlsMode mode, Optional<Path> caFile, Optional<Path> certificateFile, Optional<Path> keyFile) {
  /** TLS when the server offers it, without a check. */
  public static final TlsSettings PREFER = of(TlsMode.PREFER);

  public TlsSettings {
    Objects.requireNonNull(mode, "mode");
    if (certificateFile.isPresent() != keyFile.isPresent()) {
      throw new IllegalArgumentException("a client certificate and its key go together");
    }
  }

  /**
   * Makes settings without files.
   *
   * @param mode how much is asked of the server
   * @return the settings
   */
  public static TlsSettings of(TlsMode mode) {
    return new TlsSettings(mode, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
