package org.sockmapd.lookup.sql;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one host, which may have several and change them. Each time they are asked for
 * anew; where nobody knows them now, those that were known last may still do. Safe for use by many
 * threads.
 */
final class HostAddresses {
  private final String host;
  private final HostResolver resolver;
  private volatile List<InetAddress> known = List.of();

  /** The one that worked last. */
  private volatile @Nullable InetAddress proven;

  HostAddresses(String host, HostResolver resolver) {
    this.host = host;
    this.resolver = resolver;
  }

  /** The addresses in the order in which to try them: the one that worked last comes first. */
  List<InetAddress> now() throws UnknownHostException {
    List<InetAddress> addresses = new ArrayList<>(resolved());
    @Nullable InetAddress first = proven;
    if (first != null && addresses.remove(first)) {
      addresses.addFirst(first);
    }
    return addresses;
  }

  private List<InetAddress> resolved() throws UnknownHostException {
    try {
      known = List.copyOf(resolver.resolve(host));
    } catch (UnknownHostException e) {
      if (known.isEmpty()) {
        throw e;
      }
    }
    return known;
  }

  /** A connection to one of them stands. */
  void worked(InetAddress address) {
    proven = address;
  }
}
