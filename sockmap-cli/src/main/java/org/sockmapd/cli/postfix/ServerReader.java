package org.sockmapd.cli.postfix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sockmapd.cli.config.Problem;

/** Reads how a table's database server is reached. */
final class ServerReader {
  /** What libpq and libmysqlclient log in as when they are told no name. */
  private static final String POSTFIX_ACCOUNT = "postfix";

  private final TableType type;
  private final ParameterFile file;
  private final Notes notes;
  private final List<HostEntry> hosts;
  private final Optional<HostEntry> connectionString;

  ServerReader(TableType type, ParameterFile file, Notes notes) {
    this.type = type;
    this.file = file;
    this.notes = notes;
    this.connectionString = connectionString();
    this.hosts = new HostsReader(type, file, notes).read();
  }

  /** What libpq reads as a connection string, where Postfix has the name of the database. */
  private Optional<HostEntry> connectionString() {
    return file.get("dbname")
        .filter(given -> type == TableType.PGSQL)
        .filter(given -> given.text().contains("=") || PostgresUri.isUri(given.text()))
        .flatMap(
            given -> {
              Optional<HostEntry> read =
                  PostgresUri.readDatabase(
                      given.text(), problem -> notes.warn(given.problem(problem)));
              if (read.isEmpty()) {
                // Not shown: it may hold a password.
                notes.error(given.problem(0, "is no connection string of libpq"));
              }
              return read;
            });
  }

  /**
   * The database that a connection URI or string names; libpq takes the account's name for none.
   */
  Optional<String> database() {
    return hosts.stream()
        .findFirst()
        .flatMap(HostEntry::database)
        .or(() -> connectionString.map(given -> given.database().orElseGet(this::username)));
  }

  private String username() {
    return hosts.stream()
        .findFirst()
        .flatMap(HostEntry::user)
        .or(() -> text("user"))
        .or(() -> connectionString.flatMap(HostEntry::user))
        .orElseGet(this::unnamedUser);
  }

  Optional<ImportedConnection> read() {
    if (hosts.isEmpty()) {
      return Optional.empty();
    }
    HostEntry first = hosts.getFirst();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("type", type.database().configName());
    putHosts(settings);
    settings.put("username", username());
    connectionString.ifPresent(given -> settings.putAll(given.settings()));
    settings.putAll(first.settings());
    if (type == TableType.MYSQL) {
      settings.putAll(new MySqlTlsReader(file, notes).read());
    }
    String password =
        first
            .password()
            .or(() -> text("password"))
            .or(() -> connectionString.flatMap(HostEntry::password))
            .orElse("");
    return Optional.of(new ImportedConnection(type, settings, password));
  }

  private void putHosts(Map<String, Object> settings) {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    for (HostEntry host : hosts) {
      if (host.sameAccess(hosts.getFirst())) {
        names.add(withPort(host.host()));
      } else {
        notes.warn(
            file.get("hosts")
                .orElseThrow()
                .problem(
                    "not carried over: "
                        + host.host()
                        + " is reached in another way than "
                        + hosts.getFirst().host()));
      }
    }
    settings.put("host", names.size() == 1 ? names.getFirst() : new ArrayList<>(names));
    if (names.size() > 1) {
      // As Postfix asks them.
      settings.put("policy", "random");
    }
  }

  /** The port of a connection string counts for a host without one. */
  private String withPort(String host) {
    Optional<String> port =
        connectionString
            .map(HostEntry::host)
            .filter(given -> given.matches(".*:\\d+"))
            .map(given -> given.substring(given.lastIndexOf(':')));
    return host.matches(".*(?<!\\[[^]]{0,60}):\\d+") ? host : host + port.orElse("");
  }

  private Optional<String> text(String name) {
    return file.get(name).map(Parameter::text).filter(text -> !text.isEmpty());
  }

  private String unnamedUser() {
    notes.warn(
        Problem.of(
            file.file(),
            "names no user; Postfix's client logs in as its own account, here \""
                + POSTFIX_ACCOUNT
                + "\" is written"));
    return POSTFIX_ACCOUNT;
  }
}
