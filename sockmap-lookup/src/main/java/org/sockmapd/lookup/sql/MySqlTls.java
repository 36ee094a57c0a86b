package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.UUID;

/** TLS as Connector/J has it: with key stores in place of PEM files. */
final class MySqlTls {
  private MySqlTls() {}

  static void apply(TlsSettings tls, DriverOptions options)
      throws IOException, GeneralSecurityException {
    options.set("sslMode", mode(tls.mode()));
    if (!tls.mode().verifies() && tls.mode() != TlsMode.REQUIRE) {
      // The server's key for the password may come unprotected, like all else then.
      options.set("allowPublicKeyRetrieval", "true");
    }
    // Whatever the stores hold is gone when the connection stands.
    String password = UUID.randomUUID().toString();
    if (tls.mode().verifies() && tls.caFile().isPresent()) {
      store(
          options, "trustCertificate", PemFiles.trustStore(tls.caFile().get(), password), password);
    }
    if (tls.certificateFile().isPresent() && tls.keyFile().isPresent()) {
      Path store = PemFiles.keyStore(tls.certificateFile().get(), tls.keyFile().get(), password);
      store(options, "clientCertificate", store, password);
    }
  }

  private static void store(DriverOptions options, String prefix, Path file, String password) {
    options
        .set(prefix + "KeyStoreUrl", options.borrow(file).toUri().toString())
        .set(prefix + "KeyStoreType", PemFiles.STORE_TYPE)
        .set(prefix + "KeyStorePassword", password);
  }

  private static String mode(TlsMode mode) {
    return switch (mode) {
      case DISABLE -> "DISABLED";
      case PREFER -> "PREFERRED";
      case REQUIRE -> "REQUIRED";
      case VERIFY_CA -> "VERIFY_CA";
      case VERIFY_FULL -> "VERIFY_IDENTITY";
    };
  }
}
