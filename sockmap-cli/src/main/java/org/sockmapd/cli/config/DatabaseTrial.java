package org.sockmapd.cli.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.lookup.cache.CacheSettings;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.sql.Database;
import org.sockmapd.lookup.sql.FailureReason;
import org.sockmapd.lookup.sql.NodeReport;
import org.sockmapd.lookup.sql.SqlTable;
import org.sockmapd.lookup.sql.SqlTableProvider;
import org.sockmapd.lookup.sql.TableReport;

/** Tries on the databases themselves what a configuration says of them. One thread, one time. */
final class DatabaseTrial {
  private final Map<String, Connection> connections;
  private final Problems problems;
  private final List<String> connected = new ArrayList<>();
  private boolean lasting;
  private final LookupTables.Builder owner = LookupTables.builder();
  private final Databases databases = new Databases(LookupEvents.NONE, owner);
  private final Map<Database, Set<String>> nodesDown = new HashMap<>();

  DatabaseTrial(Map<String, Connection> connections, Problems problems) {
    this.connections = connections;
    this.problems = problems;
  }

  void run(Settings root) {
    try {
      root.objects("postmaps").forEach(this::tryMap);
    } finally {
      owner.build().close();
    }
  }

  private void tryMap(Settings settings) {
    SqlTableProvider provider = new SqlTableProvider();
    if (!settings.text("type").orElse(provider.type()).equals(provider.type())) {
      return;
    }
    MapContext context =
        new MapContext(
            settings.requiredText("service"),
            settings,
            connections,
            databases,
            name -> Optional.empty(),
            LookupEvents.NONE,
            CacheSettings.DEFAULTS.capacity());
    LookupTable table = provider.create(settings, context);
    if (table instanceof SqlTable sql && context.database().isPresent()) {
      tryTable(settings, sql, context.database().get());
    }
  }

  private void tryTable(Settings settings, SqlTable table, Database database) {
    Set<String> down =
        nodesDown.computeIfAbsent(database, asked -> tryNodes(connection(settings), asked));
    // Asking a node again that does not answer would take another timeout for each map.
    if (down.size() < Math.max(1, database.settings().hosts().size())) {
      table.check().stream()
          .filter(report -> !down.contains(report.node()))
          .forEach(report -> report(settings, report));
    }
  }

  private static String connection(Settings settings) {
    return settings.text("connection").map(name -> "databases." + name).orElse("database");
  }

  /** Gives the nodes that could not be asked, each reported once. */
  private Set<String> tryNodes(String path, Database database) {
    Set<String> down = new HashSet<>();
    for (NodeReport report : database.check()) {
      if (!report.protection().isEmpty()) {
        connected.add(path + ": " + report.node() + ": connected, " + report.protection());
      }
      report
          .problem()
          .ifPresent(
              problem -> {
                error(path, report.node(), problem);
                down.add(report.node());
              });
    }
    return down;
  }

  private void report(Settings settings, TableReport report) {
    report.problem().ifPresent(problem -> error(settings.path(), report.node(), problem));
    if (report.keyIndexed().equals(Optional.of(false))) {
      problems.warn(
          settings.path("key"),
          onNode(report.node(), "no index begins with this column; a lookup reads all rows"));
    }
    if (!report.writePrivileges().isEmpty()) {
      String rights = String.join(", ", report.writePrivileges());
      problems.warn(
          settings.path("table"),
          onNode(report.node(), "the account may " + rights + "; SELECT is enough"));
    }
  }

  private void error(String path, String node, FailureReason reason) {
    problems.error(path, onNode(node, reason.toString()));
    lasting |= !reason.mayPass();
  }

  /** Says how the connections to servers are protected, a line for each. */
  List<String> connected() {
    return connected;
  }

  /** Returns whether something was found that does not get well by itself. */
  boolean foundLastingProblem() {
    return lasting;
  }

  private static String onNode(String node, String message) {
    return "on " + node + ": " + message;
  }
}
