package org.sockmapd.lookup.sql;

/** TLS as pgjdbc has it. */
final class PostgresTls {
  private PostgresTls() {}

  static void apply(TlsSettings tls, DriverOptions options) {
    options.set("sslmode", tls.mode().configName());
    if (tls.mode().verifies()) {
      tls.caFile()
          .ifPresentOrElse(
              file -> options.set("sslrootcert", file.toString()),
              () -> options.set("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory"));
    }
    tls.certificateFile().ifPresent(file -> options.set("sslcert", file.toString()));
    tls.keyFile().ifPresent(file -> options.set("sslkey", file.toString()));
  }
}
