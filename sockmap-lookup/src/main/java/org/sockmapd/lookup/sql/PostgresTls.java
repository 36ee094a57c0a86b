package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** TLS as pgjdbc has it. */
final class PostgresTls {
  private PostgresTls() {}

  static void apply(TlsSettings tls, DriverOptions options)
      throws IOException, GeneralSecurityException {
    options.set("sslmode", tls.mode().configName());
    if (tls.mode().verifies()) {
      tls.caFile()
          .ifPresentOrElse(
              file -> options.set("sslrootcert", file.toString()),
              () -> options.set("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory"));
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
