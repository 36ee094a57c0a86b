package org.sockmapd.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.NetstringWriter;
import org.sockmapd.protocol.SocketmapReply;

/** Lets connections in, or refuses them, and gives each a thread. Never waits for a client. */
final class Reception {
  /** A peer that is gone without a word is noticed within about two minutes. */
  private static final int KEEPALIVE_IDLE_SECONDS = 60;

  private static final int KEEPALIVE_INTERVAL_SECONDS = 15;
  private static final int KEEPALIVE_PROBES = 4;

  private final Service service;
  private final Connections connections;
  private final EventLoops loops;
  private final Tally<Refusal, String> refusals;
  private final Tally<Endpoint, IOException> failures;

  Reception(Service service, Connections connections, Tallies tallies) {
    this.service = service;
    this.connections = connections;
    this.loops = new EventLoops(service.threads().processors(), this::goOnAlone, service.events());
    this.refusals = tallies.tally(service.events()::refused);
    this.failures = tallies.tally(service.events()::acceptFailed);
  }

  ServerEvents events() {
    return service.events();
  }

  void acceptFailed(Endpoint endpoint, IOException cause) {
    failures.add(endpoint, cause);
  }

  /** Takes over a channel. A failure of it alone is not one of the listener. */
  void receive(SocketChannel channel, ListenerSettings settings) {
    try {
      Peer peer = peer(channel, settings);
      if (mayAsk(channel, peer, settings)) {
        serve(new Connection(channel, peer, service), channel);
      } else {
        refusals.add(Refusal.NOT_ALLOWED, peer.name());
        channel.close();
      }
    } catch (IOException e) {
      // The client is gone already.
      service.events().disconnected(settings.endpoint().toString(), e.toString());
      closeQuietly(channel);
    } catch (RuntimeException | Error e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private void serve(Connection connection, SocketChannel channel) throws IOException {
    Optional<Refusal> refusal = connections.add(connection);
    if (refusal.isPresent()) {
      refuse(channel, connection.peer(), refusal.get());
    } else if (!ServingThreads.started(service.threads().first(() -> run(connection)))) {
      connections.remove(connection);
      refuse(channel, connection.peer(), Refusal.NO_THREAD);
    }
  }

  private void run(Connection connection) {
    boolean passedOn = false;
    try {
      passedOn =
          switch (connection.serve()) {
            case NOT, HERE -> false;
            case VIRTUALLY -> startFurther(connection);
            case IN_LOOP -> loops.join(connection) || startFurther(connection);
          };
    } finally {
      if (!passedOn) {
        end(connection);
      }
    }
  }

  /** Takes a connection from an event loop. */
  private void goOnAlone(Connection connection) {
    if (!startFurther(connection)) {
      end(connection);
    }
  }

  private boolean startFurther(Connection connection) {
    return ServingThreads.started(service.threads().further(() -> run(connection)));
  }

  private void end(Connection connection) {
    connection.end();
    connections.remove(connection);
  }

  /** Ends what serves connections. To be called when all are closed. */
  void close() {
    loops.close();
  }

  /** Says why, which a mail server logs; a fresh connection takes this much without waiting. */
  private void refuse(SocketChannel channel, Peer peer, Refusal why) throws IOException {
    refusals.add(why, peer.name());
    NetstringWriter writer = new NetstringWriter(Channels.newOutputStream(channel));
    writer.write(new SocketmapReply.Temp(why.toString()));
    writer.flush();
    channel.close();
  }

  private static Peer peer(SocketChannel channel, ListenerSettings settings) throws IOException {
    if (channel.getRemoteAddress() instanceof InetSocketAddress remote) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      keepAlive(channel);
      return new Peer(named(remote), Optional.of(remote.getAddress()));
    }
    return new Peer(settings.endpoint().toString(), Optional.empty());
  }

  private static void keepAlive(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
      channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_INTERVAL_SECONDS);
      channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_PROBES);
    }
  }

  private static String named(InetSocketAddress remote) {
    String address = remote.getAddress().getHostAddress();
    return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + remote.getPort();
  }

  private static boolean mayAsk(SocketChannel channel, Peer peer, ListenerSettings settings)
      throws IOException {
    return switch (settings) {
      case ListenerSettings.Tcp tcp ->
          tcp.allow().isEmpty()
              || peer.address().filter(client -> allowed(tcp, client)).isPresent();
      case ListenerSettings.Unix unix -> {
        Set<String> users = unix.allowUsers();
        yield users.isEmpty()
            || isAmong(users, channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
      }
    };
  }

  private static boolean isAmong(Set<String> users, UserPrincipal user) throws IOException {
    if (users.contains(user.getName())) {
      return true;
    }
    for (String one : users) {
      if (isNumber(one) && isUser(one, user)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNumber(String user) {
    return user.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isUser(String number, UserPrincipal user) throws IOException {
    try {
      return FileSystems.getDefault()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName(number)
          .equals(user);
    } catch (UserPrincipalNotFoundException e) {
      return false; // Higher than numbers of users go.
    }
  }

  private static boolean allowed(ListenerSettings.Tcp tcp, InetAddress client) {
    return tcp.allow().stream().anyMatch(network -> network.contains(client));
  }

  private void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      service.events().disconnected("closing", e.toString());
    }
  }
}
