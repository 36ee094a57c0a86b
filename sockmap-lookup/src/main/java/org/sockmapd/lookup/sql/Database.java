package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;

/**
 * One database on one or more nodes, for tables to share. Safe for use by many threads.
 *
 * <p>Opening it touches neither network nor file: connections are made when lookups need them.
 */
public final class Database implements AutoCloseable {
  private final DatabaseSettings settings;
  private final List<Node> nodes;
  private final RoleCall roles;
  private final OutageReports outages;
  private final LongSupplier nanoTime;
  private final List<Runnable> watched = new CopyOnWriteArrayList<>();
  private final NodeWatch watch;
  private final LaneThreads threads;
  private volatile boolean closed;

  private Database(DatabaseSettings settings, LookupEvents events, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    RandomGenerator random = RandomGenerator.getDefault();
    this.nodes =
        nodeNames(settings).stream()
            .map(name -> new Node(name, settings, events, nanoTime, random))
            .toList();
    this.roles = new RoleCall(nodes);
    this.outages = new OutageReports(events, nanoTime);
    this.threads = new LaneThreads(settings.database());
    this.watch = NodeWatch.start(this::look, settings);
  }

  /**
   * Makes ready to ask a database.
   *
   * @param settings which, where and how
   * @param events hears of nodes that go and come
   * @return the database; to be closed by the caller
   */
  public static Database open(DatabaseSettings settings, LookupEvents events) {
    return new Database(settings, events, System::nanoTime);
  }

  static List<String> nodeNames(DatabaseSettings settings) {
    return settings.type() == DatabaseType.SQLITE
        ? List.of(settings.database())
        : settings.hosts().stream().map(NodeAddress::toString).toList();
  }

  /**
   * Tells what was opened.
   *
   * @return the settings
   */
  public DatabaseSettings settings() {
    return settings;
  }

  /**
   * Does some work on the best node, or the next best when that cannot be asked.
   *
   * @throws LookupFailure if no node did it within the time
   */
  <R> R run(NodeWork<R> work, Deadline deadline) throws LookupFailure {
    if (settings.nodePolicy() == NodePolicy.PREFER_REPLICA) {
      roles.learn(deadline);
    }
    NodeChoice choice = choice();
    @Nullable LookupFailure last = null;
    Optional<Node> node = closed ? Optional.empty() : choice.next();
    while (node.isPresent()) {
      try {
        return node.get().attempt(work, deadline.share(1 + choice.left()));
      } catch (LookupFailure e) {
        last = e;
      }
      node = last.worthTryingElsewhere() && !deadline.over() ? choice.next() : Optional.empty();
    }
    throw last != null ? last : noneInUse();
  }

  /**
   * Tries every node, whatever is known of it, and waits for what comes of it.
   *
   * @return a report for each node, in the order of the configuration
   */
  public List<NodeReport> check() {
    return nodes.stream().map(node -> report(node)).toList();
  }

  private NodeReport report(Node node) {
    Optional<FailureReason> problem = problemOf(node);
    return new NodeReport(node.name(), problem, problem.isEmpty() ? node.protection() : "");
  }

  private Optional<FailureReason> problemOf(Node node) {
    try {
      return node.attempt((connection, name) -> Optional.empty(), deadline());
    } catch (LookupFailure e) {
      return Optional.of(e.reason());
    }
  }

  /** Looks at each node in turn; what cannot be looked at is reported as a problem. */
  List<TableReport> check(NodeWork<TableReport> work) {
    return nodes.stream().map(node -> reportOf(node, work)).toList();
  }

  private TableReport reportOf(Node node, NodeWork<TableReport> work) {
    try {
      return node.attempt(work, deadline());
    } catch (LookupFailure e) {
      return TableReport.of(node.name(), e.reason());
    }
  }

  /** Begins the time that one lookup may take. */
  Deadline deadline() {
    return Deadline.in(settings.lookupTimeout(), nanoTime);
  }

  private NodeChoice choice() {
    return new NodeChoice(nodes, settings.nodePolicy(), firstNode());
  }

  private int firstNode() {
    return settings.nodePolicy() == NodePolicy.RANDOM
        ? ThreadLocalRandom.current().nextInt(nodes.size())
        : 0;
  }

  private LookupFailure noneInUse() {
    SQLException outage = nodes.getFirst().outage();
    SQLException cause = outage != null ? outage : new SQLException("no node is in use", "08003");
    return refused(FailureKind.ALL_DOWN, cause);
  }

  /** Counts lookups that get no answer. */
  void unanswered(int lookups) {
    outages.unanswered(lookups);
  }

  /** A failure of a lookup that asked no node. */
  LookupFailure refused(FailureKind kind, SQLException why) {
    return new LookupFailure(kind, nodes.getFirst().name(), why);
  }

  private void look() {
    nodes.forEach(Node::watch);
    nodes.forEach(node -> outages.look(node.name(), node.outage() != null));
    watched.forEach(Runnable::run);
  }

  /** Tells whether a node is in use, and not silent. */
  boolean answering() {
    return nodes.stream().anyMatch(node -> node.outage() == null && !node.suspect());
  }

  /**
   * Tells whether a lookup now would neither meet trouble nor open a connection, as far as known.
   */
  boolean answersWithoutDelay() {
    return answering() && choice().next().filter(Node::hasIdleConnection).isPresent();
  }

  /** Has something done again and again, as long as the database is open. */
  void watch(Runnable task) {
    watched.add(task);
  }

  /** The clock of the deadlines. */
  LongSupplier nanoTime() {
    return nanoTime;
  }

  /** Lends threads that may block; once it is closed, the caller's own. */
  Executor threads() {
    return threads;
  }

  /**
   * Waits for the lookups under way, no longer than one may take, and closes all connections.
   * Further lookups fail temporarily.
   */
  @Override
  public void close() {
    closed = true;
    nodes.forEach(Node::close);
    watch.close();
    threads.close();
  }
}
