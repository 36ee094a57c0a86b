package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.sockmapd.lookup.sockets.PostgresTlsFactory;

/** TLS as pgjdbc has it. */
final class PostgresTls {
  private PostgresTls() {}

  static void apply(TlsSettings tls, DriverOptions options, String driver)
      throws IOException, GeneralSecurityException {
    options.set("sslmode", tls.mode().configName());
    if (tls.mode().verifies() && tls.caFile().isEmpty()) {
      options.set("sslfactory", DefaultJavaSSLFactory.class.getName());
      options.setSeen("sslfactory", PostgresTlsFactory.OfRuntime.class, driver);
    } else {
      options.setSeen("sslfactory", PostgresTlsFactory.OfSettings.class, driver);
    }
    if (tls.mode().verifies()) {
      tls.caFile().ifPresent(file -> options.set("sslrootcert", file.toString()));
    }
    if (tls.certificateFile().isPresent()) {
      Path certificate = tls.certificateFile().get();
      options.set("sslcert", certificate.toString());
      // The driver takes every PEM key for one of RSA unless it is told.
      options.set("pemKeyAlgorithm", PemFiles.keyAlgorithm(certificate));
    }
    tls.keyFile().ifPresent(file -> options.set("sslkey", file.toString()));
  }
}
