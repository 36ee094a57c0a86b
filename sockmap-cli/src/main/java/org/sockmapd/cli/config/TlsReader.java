package org.sockmapd.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.sql.TlsMode;
import org.sockmapd.lookup.sql.TlsSettings;

/** Reads how the connections to a database are protected. */
final class TlsReader {
  private final Settings settings;
  private final Path directory;

  private TlsReader(Settings settings, Path directory) {
    this.settings = settings;
    this.directory = directory;
  }

  static TlsSettings read(Settings settings, Path directory) {
    return new TlsReader(settings, directory).read();
  }

  private TlsSettings read() {
    TlsMode mode =
        TlsMode.of(settings.word("tls", "prefer", TlsMode.configNames())).orElse(TlsMode.PREFER);
    Optional<Path> ca = file("tls_ca");
    Optional<Path> certificate = file("tls_cert");
    Optional<Path> key = file("tls_key");
    if (certificate.isPresent() != key.isPresent()) {
      settings.problem(
          certificate.isPresent() ? "tls_key" : "tls_cert",
          "missing; a client certificate and its key go together");
      return TlsSettings.of(mode);
    }
    if (ca.isPresent() && mode != TlsMode.VERIFY_CA && mode != TlsMode.VERIFY_FULL) {
      settings.problem("tls_ca", "checks nothing unless \"tls\" is verify-ca or verify-full");
    }
    return new TlsSettings(mode, ca, certificate, key);
  }

  private Optional<Path> file(String name) {
    Optional<Path> file = PathSetting.read(settings, name, directory);
    if (file.isPresent() && !Files.isReadable(file.get())) {
      settings.problem(name, "cannot be read: " + file.get());
    }
    return file;
  }
}
