package org.sockmapd.lookup.sql;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds out what the nodes of a database are, before a policy chooses one by its role. One lookup
 * does it for all that come meanwhile.
 */
final class RoleCall {
  private final List<Node> nodes;
  private final ReentrantLock calling = new ReentrantLock();

  RoleCall(List<Node> nodes) {
    this.nodes = nodes;
  }

  /**
   * Has every node say its role, of which it is not known. One that cannot is out of use
   * afterwards, or just cannot be asked now.
   */
  void learn(Deadline deadline) {
    if (nodes.stream().noneMatch(RoleCall::unknown)) {
      return;
    }
    long patience = deadline.remainingNanos() / (1 + nodes.size()) * nodes.size();
    try {
      if (calling.tryLock(patience, TimeUnit.NANOSECONDS)) {
        learnAlone(deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void learnAlone(Deadline deadline) {
    try {
      nodes.stream()
          .filter(RoleCall::unknown)
          .forEach(node -> ask(node, deadline.share(1 + nodes.size())));
    } finally {
      calling.unlock();
    }
  }

  private static boolean unknown(Node node) {
    return node.outage() == null && node.role() == NodeRole.UNKNOWN;
  }

  private static void ask(Node node, Deadline deadline) {
    try {
      var unused = node.attempt((connection, name) -> node.role(), deadline);
    } catch (LookupFailure e) {
      System.getLogger(RoleCall.class.getName())
          .log(System.Logger.Level.DEBUG, "a node did not say its role", e);
    }
  }
}
