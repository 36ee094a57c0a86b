package org.sockmapd.cli.postfix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.lookup.sql.NodeAddress;

/**
 * Reads {@code hosts}: {@code host}, {@code inet:host:port}, {@code unix:/path} and, for
 * PostgreSQL, connection URIs, as Postfix and the client libraries read them.
 */
final class HostsReader {
  private static final Pattern WORD = Pattern.compile("[^,\\s]+");
  private static final Map<String, String> SERVICES =
      Map.of("mysql", "3306", "postgresql", "5432", "postgres", "5432");

  /** Postfix takes it for no host at all. */
  private static final String LOCALHOST = "localhost";

  /** Where Debian's client library looks for the socket of MySQL and MariaDB. */
  private static final String MYSQL_SOCKET = "/run/mysqld/mysqld.sock";

  private final TableType type;
  private final ParameterFile file;
  private final HostContext context;
  private final Notes notes;
  private final List<HostEntry> hosts = new ArrayList<>();

  /**
   * What else tells where a host is.
   *
   * @param connectionString what stands in place of the name of a database of PostgreSQL
   * @param options what the client library of MySQL finds in files
   * @param queueDirectory Postfix's, below which its chrooted services see sockets
   */
  record HostContext(
      Optional<HostEntry> connectionString,
      Optional<MySqlOptionFiles> options,
      Path queueDirectory) {
    private Optional<String> option(String name) {
      return options.flatMap(files -> files.get(name));
    }
  }

  HostsReader(TableType type, ParameterFile file, HostContext context, Notes notes) {
    this.type = type;
    this.file = file;
    this.context = context;
    this.notes = notes;
  }

  /** Gives the hosts in their order; none only when one is wrong. */
  List<HostEntry> read() {
    Optional<Parameter> parameter = file.get("hosts").filter(given -> !given.text().isBlank());
    parameter.ifPresent(
        given -> {
          Matcher words = WORD.matcher(given.text());
          while (words.find()) {
            read(words.group(), words.start(), given);
          }
        });
    if (parameter.isEmpty()) {
      hosts.add(type == TableType.MYSQL ? localhostOfMySql("") : HostEntry.of(LOCALHOST));
    }
    return hosts;
  }

  private void read(String word, int at, Parameter parameter) {
    if (type == TableType.PGSQL && PostgresUri.isUri(word)) {
      PostgresUri.read(word, problem -> notes.warn(parameter.problem(at, problem)))
          .ifPresentOrElse(
              entry -> hosts.add(entry.alone()),
              () -> notes.error(parameter.problem(at, "is no connection URI of PostgreSQL")));
      return;
    }
    Optional<HostEntry> host =
        type == TableType.MYSQL ? ofMySql(word, at, parameter) : ofPostgres(word, at, parameter);
    host.ifPresentOrElse(hosts::add, () -> wrong(word, at, parameter));
  }

  private Optional<HostEntry> ofMySql(String word, int at, Parameter parameter) {
    String host = word.replaceFirst("^(unix|inet):", "");
    String name = host.replaceFirst(":[^:\\]]*$", "");
    if (name.equalsIgnoreCase(LOCALHOST)) {
      return Optional.of(localhostOfMySql(host.substring(name.length())));
    }
    if (word.startsWith("unix:")) {
      return socket(name, at, parameter);
    }
    if (host.startsWith("/")) {
      notes.warn(
          parameter.problem(
              at, "Postfix takes " + host + " for the name of a host; here it is a UNIX socket"));
      return socket(name, at, parameter);
    }
    return named(host.equals(name) ? host + port("") : host);
  }

  /**
   * To libmysqlclient and to that of MariaDB it is a socket, unless an option file says otherwise.
   */
  private HostEntry localhostOfMySql(String port) {
    String host = context.option("host").orElse(LOCALHOST);
    if (!host.equals(LOCALHOST) || context.option("protocol").orElse("").equals("tcp")) {
      return HostEntry.of(host + port(port));
    }
    Optional<String> known = context.option("socket");
    if (known.isEmpty() && !Files.exists(Path.of(MYSQL_SOCKET))) {
      notes.warn(
          Problem.of(
              file.file(),
              "localhost is a UNIX socket to Postfix's client: "
                  + MYSQL_SOCKET
                  + " is written, as Debian has it, but it is not there: if the server has it"
                  + " elsewhere (SELECT @@socket), write that as \"host\""));
    }
    return HostEntry.ofSocket(known.orElse(MYSQL_SOCKET));
  }

  private String port(String given) {
    return given.isEmpty() ? context.option("port").map(port -> ":" + port).orElse("") : given;
  }

  /** As libpq: a path is the folder of sockets, no host at all is the usual one. */
  private Optional<HostEntry> ofPostgres(String word, int at, Parameter parameter) {
    String host = word.replaceFirst("^(unix|inet):", "");
    if (host.isEmpty()) {
      return Optional.of(
          HostEntry.of(
              context
                  .connectionString()
                  .map(HostEntry::host)
                  .orElseGet(() -> HostEntry.ofPostgres("", Optional.empty()))));
    }
    return host.startsWith("/") ? socket(host, at, parameter) : named(host);
  }

  /** The path of a chrooted service is one below the queue directory, where sockmapd is not. */
  private Optional<HostEntry> socket(String path, int at, Parameter parameter) {
    String real = path;
    if (path.startsWith("/") && !Files.exists(Path.of(path))) {
      Path inside = context.queueDirectory().resolve(path.substring(1));
      if (Files.exists(inside)) {
        real = inside.toString();
        notes.warn(
            parameter.problem(
                at,
                path
                    + " is there for chrooted services of Postfix alone: "
                    + real
                    + " is written, which is the same socket"));
      }
    }
    return named("unix:" + real);
  }

  private Optional<HostEntry> named(String host) {
    if (host.startsWith("unix:") && !host.startsWith("unix:/")) {
      return Optional.empty();
    }
    String numbered = host;
    for (Map.Entry<String, String> service : SERVICES.entrySet()) {
      numbered = numbered.replaceFirst(":" + service.getKey() + "$", ":" + service.getValue());
    }
    try {
      NodeAddress.parse(numbered, type.database().defaultPort());
      return Optional.of(HostEntry.of(numbered));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private void wrong(String word, int at, Parameter parameter) {
    // What looks like an account may hold a password.
    String shown = word.indexOf('@') >= 0 ? "" : ", got \"" + word + "\"";
    notes.error(parameter.problem(at, "expected a host, host:port or unix:/path" + shown));
  }
}
