package org.sockmapd.bench;

import java.util.List;

/** Goes round through connections by the order in which their requests fall due. */
final class Turns {
  private final List<LoadConnection> connections;
  private int at;
  private long round;

  Turns(List<LoadConnection> connections) {
    this.connections = connections;
  }

  /** When the next request falls due. */
  long due() {
    return connections.get(at).schedule().due(round);
  }

  /** Whose request that is; then goes on to the one after it. */
  LoadConnection next() {
    LoadConnection next = connections.get(at);
    at++;
    if (at == connections.size()) {
      at = 0;
      round++;
    }
    return next;
  }
}
