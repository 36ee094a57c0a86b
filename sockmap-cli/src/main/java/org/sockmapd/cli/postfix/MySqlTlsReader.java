package org.sockmapd.cli.postfix;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code tls_} parameters of {@code mysql_table(5)}. */
final class MySqlTlsReader {
  private final ParameterFile file;
  private final Notes notes;

  MySqlTlsReader(ParameterFile file, Notes notes) {
    this.file = file;
    this.notes = notes;
  }

  Map<String, Object> read() {
    warn("tls_CApath", "not carried over: name one file with these certificates in tls_ca");
    warn("tls_ciphers", "not carried over: the Java runtime chooses");
    Map<String, Object> settings = new LinkedHashMap<>();
    Optional<String> authorities = text("tls_CAfile");
    mode(authorities.isPresent()).ifPresent(mode -> settings.put("tls", mode));
    authorities.ifPresent(path -> settings.put("tls_ca", path));
    text("tls_cert_file").ifPresent(path -> settings.put("tls_cert", path));
    // The client's library takes a key from the file of the certificate too.
    text("tls_key_file")
        .or(() -> text("tls_cert_file"))
        .ifPresent(path -> settings.put("tls_key", path));
    return settings;
  }

  private Optional<String> mode(boolean hasAuthorities) {
    if (text("tls_verify_cert").filter(value -> value.equalsIgnoreCase("yes")).isPresent()) {
      return Optional.of("verify-full");
    }
    if (hasAuthorities) {
      return Optional.of("verify-ca");
    }
    return text("tls_cert_file").or(() -> text("tls_key_file")).map(given -> "require");
  }

  private Optional<String> text(String name) {
    return file.get(name).map(Parameter::text).filter(text -> !text.isEmpty());
  }

  private void warn(String name, String message) {
    file.get(name).ifPresent(parameter -> notes.warn(parameter.problem(message)));
  }
}
