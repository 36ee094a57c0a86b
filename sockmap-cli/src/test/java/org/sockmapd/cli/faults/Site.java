package org.sockmapd.cli.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionTimeoutException;
import org.sockmapd.cli.Daemon;
import org.sockmapd.protocol.Endpoint;

/** A daemon as a process, its databases, and a load on it. For use by one thread. */
final class Site implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(20);

  private final List<FaultyDatabase> databases;
  private final Daemon daemon;
  private final NodeLog nodes;
  private final Load load;

  private Site(List<FaultyDatabase> databases, Daemon daemon, Load load) {
    this.databases = databases;
    this.daemon = daemon;
    this.nodes = new NodeLog(daemon);
    this.load = load;
  }

  /**
   * Starts a daemon and its clients.
   *
   * @param folder for its configuration and its UNIX socket; of a short path
   * @param times settings of every connection, beside those that say where it is
   */
  static Site open(
      Path folder,
      List<FaultyDatabase> databases,
      Map<String, String> times,
      SplittableRandom random)
      throws Exception {
    Path socket = folder.resolve("s");
    Path file = folder.resolve("sockmapd.json");
    Files.writeString(file, SiteConfiguration.json(databases, socket, times));
    Daemon daemon = Daemon.start(file, SiteConfiguration.environment(folder));
    List<Endpoint> endpoints =
        List.of(Endpoint.parse(daemon.endpoint()), Endpoint.parse("unix:" + socket));
    List<String> connections = databases.stream().map(FaultyDatabase::name).toList();
    Site site = new Site(databases, daemon, Load.start(endpoints, connections, random));
    try {
      databases.forEach(site::awaitWell);
      return site;
    } catch (ConditionTimeoutException e) {
      site.close(); // Or the daemon would stay behind.
      throw e;
    }
  }

  /** Lets a fault befall a database for a time, puts it right, and waits until all is well. */
  FaultReport suffer(FaultyDatabase database, Fault fault, Duration time) throws Exception {
    databases.forEach(one -> load.score(one.name()).take());
    long begun = System.nanoTime();
    fault.befall().take();
    load.runFor(time.compareTo(fault.atLeast()) < 0 ? fault.atLeast() : time);
    fault.repair().take();
    long repaired = System.nanoTime();
    AtomicLong lastDown = new AtomicLong(repaired);
    databases.stream()
        .filter(database::sharesServersWith)
        .forEach(one -> lastDown.accumulateAndGet(awaitWell(one), Math::max));
    long lastFailure = Math.max(repaired, load.score(database.name()).lastFailure());
    return new FaultReport(
        fault.name(),
        Duration.ofNanos(repaired - begun),
        load.score(database.name()).take(),
        bystanders(database),
        Duration.ofNanos(lastFailure - repaired),
        Duration.ofNanos(lastDown.get() - repaired));
  }

  /** Lets some time pass in which nothing is wrong. */
  void rest(Duration time) throws InterruptedException {
    load.runFor(time);
  }

  /** Tells when a host was last seen out of use. */
  private long awaitWell(FaultyDatabase database) {
    AtomicLong lastDown = new AtomicLong();
    load.beginStreak(database.name());
    await("all is well with " + database.name())
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              boolean allUp = nodes.allInUse(database.usable().get());
              if (!allUp) {
                lastDown.set(System.nanoTime());
              }
              return allUp && load.answersAll(database.name());
            });
    return lastDown.get();
  }

  private Tally bystanders(FaultyDatabase victim) {
    return databases.stream()
        .filter(one -> !one.sharesServersWith(victim))
        .map(one -> load.score(one.name()).take())
        .reduce(Tally.NONE, Tally::plus);
  }

  /** How often a host went out of use. */
  long outages() throws IOException {
    return nodes.outages();
  }

  /** The daemon's process, as {@code /proc} tells of it. */
  ProcessFigures figures() throws IOException {
    return ProcessFigures.of(daemon.pid());
  }

  /** What must never happen, and has, so far. */
  List<String> defects() throws IOException {
    List<String> all = new ArrayList<>(load.defects());
    all.addAll(nodes.defects());
    if (!daemon.isAlive()) {
      all.add("the daemon has ended");
    }
    return all;
  }

  /** Ends the load, waiting for every reply, and then the daemon in order. */
  List<String> stop() throws Exception {
    load.close();
    List<String> all = defects();
    daemon.stop();
    return all;
  }

  @Override
  public void close() throws IOException {
    try (daemon) {
      load.close();
    } finally {
      databases.forEach(FaultyDatabase::close);
    }
  }
}
