package org.sockmapd.server;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sockmapd.protocol.Endpoint;

/**
 * Where a server listens, and who may ask there. Immutable.
 *
 * <p>Two settings that are equal are the same listener: it stays open when listeners are replaced.
 */
public sealed interface ListenerSettings {

  /**
   * Where to listen.
   *
   * @return the endpoint
   */
  Endpoint endpoint();

  /**
   * The settings of an endpoint with every default: on TCP everybody may ask, on a UNIX socket the
   * server's own user and group.
   *
   * @param endpoint where to listen
   * @return the settings
   */
  static ListenerSettings of(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Inet inet -> new Tcp(inet, List.of());
      case Endpoint.Unix unix -> Unix.of(unix);
    };
  }

  /**
   * A TCP listener.
   *
   * @param endpoint the address and port; a host name stands for its first address, {@code 0.0.0.0}
   *     for every IPv4 address, {@code ::} for every address of either kind; port 0 lets the system
   *     choose
   * @param allow who may ask: a client in none of these networks is cut off; empty for everybody
   */
  record Tcp(Endpoint.Inet endpoint, List<Network> allow) implements ListenerSettings {
    /** Keeps a copy of the list. */
    public Tcp {
      allow = List.copyOf(allow);
    }
  }

  /**
   * A listener on a UNIX socket.
   *
   * @param endpoint the path of the socket's file
   * @param mode the permissions of the file, from 0 to 0777; to connect, a client needs to write to
   *     it
   * @param owner the user who is to own the file; empty for the server's own
   * @param group the group of the file; empty for the server's own
   * @param allowUsers the users, by name or number, whose processes may ask (as {@code SO_PEERCRED}
   *     of {@code unix}(7) gives them); empty for everybody whom the file's permissions let in
   */
  record Unix(
      Endpoint.Unix endpoint,
      int mode,
      Optional<String> owner,
      Optional<String> group,
      Set<String> allowUsers)
      implements ListenerSettings {
    /**
     * The mode where none is given: owner and group may ask. So a mail server of another user needs
     * {@code group} set to a group of its own, or mode 0666, and nobody else on the machine reads
     * the tables by mistake.
     */
    public static final int DEFAULT_MODE = 0660;

    /**
     * Checks the mode.
     *
     * @throws IllegalArgumentException if the mode is out of its range
     */
    public Unix {
      if (mode < 0 || mode > 0777) {
        throw new IllegalArgumentException(
            "the mode of a UNIX socket is 0000 to 0777, got 0" + Integer.toOctalString(mode));
      }
      allowUsers = Set.copyOf(allowUsers);
    }

    /**
     * The settings of a UNIX socket with every default.
     *
     * @param endpoint the path of the socket's file
     * @return the settings
     */
    public static Unix of(Endpoint.Unix endpoint) {
      return new Unix(endpoint, DEFAULT_MODE, Optional.empty(), Optional.empty(), Set.of());
    }
  }
}
