package org.sockmapd.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sockmapd.cli.log.LogLevel;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.server.ConnectionThreads;
import org.sockmapd.server.ListenerSettings;
import org.sockmapd.server.ServerLimits;

/**
 * The daemon itself, apart from its tables. Immutable.
 *
 * @param listen where to listen; not empty
 * @param logfile where to log; empty for standard error
 * @param loglevel how much to log
 * @param runAsUser the user to become after listening, when started as root
 * @param runAsGroup the group to become, when started as root
 * @param limits what is taken on at most
 * @param threads what kind of thread serves a connection
 * @param control the UNIX socket for orders to the running daemon; empty for none
 * @param drainTimeout how long requests under way may take when the daemon stops
 */
public record Sysconfig(
    List<ListenerSettings> listen,
    Optional<Path> logfile,
    LogLevel loglevel,
    Optional<String> runAsUser,
    Optional<String> runAsGroup,
    ServerLimits limits,
    ConnectionThreads threads,
    Optional<Path> control,
    Duration drainTimeout) {
  /** Keeps a copy of the list. */
  public Sysconfig {
    listen = List.copyOf(listen);
  }

  /**
   * The same with another TCP port: each TCP endpoint keeps its address and takes the port.
   *
   * @param port the port, 0 to 65535
   * @return the new settings, or empty when there is no TCP endpoint to change
   */
  public Optional<Sysconfig> withPort(int port) {
    if (listen.stream().noneMatch(ListenerSettings.Tcp.class::isInstance)) {
      return Optional.empty();
    }
    List<ListenerSettings> moved =
        listen.stream().map(each -> moved(each, port)).distinct().toList();
    return Optional.of(
        new Sysconfig(
            moved,
            logfile,
            loglevel,
            runAsUser,
            runAsGroup,
            limits,
            threads,
            control,
            drainTimeout));
  }

  /**
   * Tells whether a daemon that began with other settings would have to begin anew for these; the
   * listeners and the log can change while it runs.
   *
   * @param begun the settings that the daemon began with
   * @return true if something differs that only a start sets
   */
  public boolean needsRestart(Sysconfig begun) {
    return !setAtStart().equals(begun.setAtStart());
  }

  private List<Object> setAtStart() {
    return List.of(
        limits.messages(),
        limits.maxConnections(),
        limits.maxConnectionsPerClient(),
        limits.maxInFlightPerMap(),
        limits.maxPipelined(),
        limits.idleTimeout(),
        limits.writeTimeout(),
        threads,
        control,
        runAsUser,
        runAsGroup,
        drainTimeout);
  }

  private static ListenerSettings moved(ListenerSettings listener, int port) {
    return switch (listener) {
      case ListenerSettings.Unix unix -> unix;
      case ListenerSettings.Tcp tcp ->
          new ListenerSettings.Tcp(new Endpoint.Inet(tcp.endpoint().host(), port), tcp.allow());
    };
  }
}
