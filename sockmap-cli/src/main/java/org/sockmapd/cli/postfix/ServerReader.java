package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.cli.postfix.HostsReader.HostContext;
import org.sockmapd.lookup.sql.DatabaseType;

/** Reads how a table's database server is reached. */
final class ServerReader {
  /** What libpq and libmysqlclient log in as when they are told no name. */
  static final String POSTFIX_ACCOUNT = "postfix";

  private final TableType type;
  private final ParameterFile file;
  private final Notes notes;
  private final Optional<MySqlOptionFiles> options;
  private final List<HostEntry> hosts;
  private final Optional<HostEntry> connectionString;

  ServerReader(TableType type, ParameterFile file, Path queueDirectory, Notes notes) {
    this.type = type;
    this.file = file;
    this.notes = notes;
    this.connectionString = connectionString();
    this.options =
        type == TableType.MYSQL ? Optional.of(MySqlOptionFiles.of(file, notes)) : Optional.empty();
    HostContext context = new HostContext(connectionString, options, queueDirectory);
    this.hosts = new HostsReader(type, file, context, notes).read();
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
    return namedUser().orElse(POSTFIX_ACCOUNT);
  }

  private Optional<String> namedUser() {
    return hosts.stream()
        .findFirst()
        .flatMap(HostEntry::user)
        .or(() -> text("user"))
        .or(() -> connectionString.flatMap(HostEntry::user))
        .or(() -> options.flatMap(files -> files.get("user")));
  }

  Optional<ImportedConnection> read() {
    if (hosts.isEmpty()) {
      return Optional.empty();
    }
    HostEntry first = hosts.getFirst();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("type", databaseType().configName());
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
    warnOfLogin(password.isEmpty());
    warnOfTls(settings);
    return Optional.of(new ImportedConnection(type, settings, password));
  }

  /** A server that is asked by its socket is of this machine, and tells what it is. */
  private DatabaseType databaseType() {
    Optional<HostEntry> socket = hosts.stream().filter(HostEntry::isSocket).findFirst();
    if (type != TableType.MYSQL || socket.isEmpty()) {
      return type.database();
    }
    Optional<Boolean> maria = ServerGreeting.isMariaDb(socket.get().socket());
    if (maria.isEmpty()) {
      notes.warn(
          Problem.of(
              file.file(),
              "no server greets at the UNIX socket, so \"type\": \"mysql\" is written, which asks"
                  + " both; an account of MariaDB with a plug-in login such as ed25519 needs"
                  + " \"type\": \"mariadb\""));
    }
    return maria.orElse(false) ? DatabaseType.MARIADB : DatabaseType.MYSQL;
  }

  private void warnOfLogin(boolean noPassword) {
    boolean bySocket = hosts.stream().anyMatch(HostEntry::isSocket);
    if (bySocket && noPassword) {
      notes.warn(
          Problem.of(
              file.file(),
              "logs in by UNIX socket as \""
                  + username()
                  + "\" without a password: where the server goes by the user of the process (peer,"
                  + " unix_socket, auth_socket), run sockmapd as that user, or have the server map"
                  + " sockmapd's user to this account"));
    } else if (namedUser().isEmpty()) {
      notes.warn(
          Problem.of(
              file.file(),
              "names no user; Postfix's client logs in as its own account, here \""
                  + POSTFIX_ACCOUNT
                  + "\" is written"));
    }
  }

  /** By a socket libpq does without TLS too, which MySQL's libraries do not. */
  private void warnOfTls(Map<String, Object> settings) {
    boolean bySocket = hosts.stream().anyMatch(HostEntry::isSocket);
    if (type == TableType.MYSQL && bySocket && settings.containsKey("tls")) {
      notes.warn(
          Problem.of(
              file.file(),
              "asks for TLS, which is not used by UNIX socket: an account that requires it (REQUIRE"
                  + " SSL) must be asked by TCP"));
    }
  }

  private void putHosts(Map<String, Object> settings) {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    // Postfix asks sockets first.
    List<HostEntry> ordered =
        hosts.stream().sorted(Comparator.comparing(host -> !host.isSocket())).toList();
    for (HostEntry host : ordered) {
      if (host.sameAccess(hosts.getFirst())) {
        names.add(withPort(host));
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
    if (names.size() > 1 && hosts.stream().map(HostEntry::isSocket).distinct().count() == 1) {
      // As Postfix asks hosts of one kind.
      settings.put("policy", "random");
    }
  }

  /** The port of a connection string counts for a host without one. */
  private String withPort(HostEntry host) {
    Optional<String> port = connectionString.flatMap(HostEntry::port);
    return type == TableType.PGSQL && host.port().isEmpty()
        ? HostEntry.ofPostgres(host.host().replaceFirst("^unix:", ""), port)
        : host.host();
  }

  private Optional<String> text(String name) {
    return file.get(name).map(Parameter::text).filter(text -> !text.isEmpty());
  }
}
