package org.sockmapd.lookup.sql;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The order in which one lookup tries the nodes, by what is known of them at each step. */
final class NodeChoice {
  private static final int SUSPECT = 2;
  private static final int PRIMARY_UNWANTED = 1;

  private final List<Node> nodes;
  private final NodePolicy policy;
  private final int first;
  private final BitSet tried = new BitSet();

  /**
   * Begins with no node tried.
   *
   * @param first the index of the node to begin with where nothing else tells two apart
   */
  NodeChoice(List<Node> nodes, NodePolicy policy, int first) {
    this.nodes = nodes;
    this.policy = policy;
    this.first = first;
  }

  /** The best node that is in use and was not tried yet. */
  Optional<Node> next() {
    int best = -1;
    int bestRank = Integer.MAX_VALUE;
    for (int i = 0; i < nodes.size(); i++) {
      int index = (first + i) % nodes.size();
      if (untried(index) && rank(nodes.get(index)) < bestRank) {
        best = index;
        bestRank = rank(nodes.get(index));
      }
    }
    if (best < 0) {
      return Optional.empty();
    }
    tried.set(best);
    return Optional.of(nodes.get(best));
  }

  /** How many nodes could still be tried. */
  int left() {
    int left = 0;
    for (int i = 0; i < nodes.size(); i++) {
      left += untried(i) ? 1 : 0;
    }
    return left;
  }

  private boolean untried(int index) {
    return !tried.get(index) && nodes.get(index).outage() == null;
  }

  private int rank(Node node) {
    boolean unwanted = policy == NodePolicy.PREFER_REPLICA && node.role() == NodeRole.PRIMARY;
    return (node.suspect() ? SUSPECT : 0) + (unwanted ? PRIMARY_UNWANTED : 0);
  }
}
