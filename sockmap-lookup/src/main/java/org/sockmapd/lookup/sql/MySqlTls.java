package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.UUID;

/** TLS as the drivers of MySQL and MariaDB have it: with key stores in place of PEM files. */
final class MySqlTls {
  private MySqlTls() {}

  /** What a driver calls its options for a key store. */
  record StoreOptions(String url, String type, String password) {}

  static void apply(
      TlsSettings tls, DriverOptions options, String mode, StoreOptions trusted, StoreOptions own)
      throws IOException, GeneralSecurityException {
    options.set("sslMode", mode);
    // Whatever the stores hold is gone when the connection stands.
    String password = UUID.randomUUID().toString();
    if (tls.mode().verifies() && tls.caFile().isPresent()) {
      store(options, trusted, PemFiles.trustStore(tls.caFile().get(), password), password);
    }
    if (tls.certificateFile().isPresent() && tls.keyFile().isPresent()) {
      Path store = PemFiles.keyStore(tls.certificateFile().get(), tls.keyFile().get(), password);
      store(options, own, store, password);
    }
  }

  private static void store(DriverOptions options, StoreOptions names, Path file, String password) {
    options
        .set(names.url(), options.borrow(file).toUri().toString())
        .set(names.type(), PemFiles.STORE_TYPE)
        .set(names.password(), password);
  }
}
