package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host that a table names.
 *
 * @param host {@code name}, {@code name:port}, {@code [v6]:port} or {@code unix:/path}
 * @param settings what a connection URI asks for beside
 */
record HostEntry(
    String host,
    Optional<String> user,
    Optional<String> password,
    Optional<String> database,
    Map<String, Object> settings) {
  private static final String SOCKET = "unix:";
  private static final Pattern PORT =
      Pattern.compile("(?:\\.s\\.PGSQL\\.|(?<!\\[[^]]{0,60}):)(\\d+)$");

  /** Where libpq looks for sockets when it is told no host: Debian's. */
  private static final String POSTGRES_SOCKETS = "/run/postgresql";

  static HostEntry of(String host) {
    return new HostEntry(host, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
  }

  static HostEntry ofSocket(String path) {
    return of(SOCKET + path);
  }

  /** What Postfix makes of a connection URI: it passes nothing beside it to libpq. */
  HostEntry alone() {
    String account = user.orElse(ServerReader.POSTFIX_ACCOUNT);
    return new HostEntry(
        host,
        Optional.of(account),
        Optional.of(password.orElse("")),
        Optional.of(database.orElse(account)),
        settings);
  }

  /** What libpq makes of the path of a socket's folder, of none, and of a port. */
  static String ofPostgres(String host, Optional<String> port) {
    String place = host.isEmpty() ? POSTGRES_SOCKETS : host;
    return place.startsWith("/")
        ? SOCKET + place + port.map(number -> "/.s.PGSQL." + number).orElse("")
        : place + port.map(number -> ":" + number).orElse("");
  }

  /** The port that is in the host's text. */
  Optional<String> port() {
    Matcher port = PORT.matcher(host);
    return port.find() ? Optional.of(port.group(1)) : Optional.empty();
  }

  boolean isSocket() {
    return host.startsWith(SOCKET);
  }

  /** The path of a socket. */
  Path socket() {
    return Path.of(host.substring(SOCKET.length()));
  }

  boolean sameAccess(HostEntry other) {
    return user.equals(other.user)
        && password.equals(other.password)
        && database.equals(other.database)
        && settings.equals(other.settings);
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return host;
  }
}
