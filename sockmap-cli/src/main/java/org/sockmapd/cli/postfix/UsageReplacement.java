package org.sockmapd.cli.postfix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sockmapd.protocol.Endpoint;

/**
 * One parameter of {@code main.cf} with socketmaps in place of its tables. Tables that Postfix
 * searches one after the other become one map: Postfix asks all of them for a key before any for a
 * less specific one, which maps that each search by themselves cannot do.
 */
final class UsageReplacement {
  /** Where it makes no difference which table answers, and to which of the keys. */
  private static final Set<String> OF_EXISTENCE =
      Set.of("local_recipient_maps", "relay_recipient_maps", "virtual_mailbox_maps");

  private final Usage usage;
  private final ImportScope scope;
  private final Optional<String> refusal;
  private final StringBuilder line = new StringBuilder();
  private final List<Usage.Table> group = new ArrayList<>();
  private final StringBuilder behindGroup = new StringBuilder();
  private boolean replaced = false;

  /**
   * What all parameters of a file share.
   *
   * @param staying takes the tables that stay with Postfix
   */
  record ImportScope(
      MainCf main,
      TableSet tables,
      MapNames names,
      Map<String, Object> localDomains,
      Set<ImportedTable> staying,
      Endpoint endpoint,
      Notes notes) {}

  UsageReplacement(Usage usage, ImportScope scope) {
    this.usage = usage;
    this.scope = scope;
    this.refusal = Refusal.of(usage.parameter().name(), scope.main());
  }

  /** Gives the new value; empty when it is the old one. */
  Optional<String> value() {
    for (Usage.Piece piece : usage.pieces()) {
      switch (piece) {
        case Usage.Rest(String text) -> rest(text);
        case Usage.Table table -> table(table);
      }
    }
    endGroup();
    return replaced
        ? Optional.of(line.toString().strip().replaceAll("\\s+", " "))
        : Optional.empty();
  }

  private void rest(String text) {
    if (!group.isEmpty() && text.matches("[\\s,]*")) {
      behindGroup.append(text);
    } else {
      endGroup();
      line.append(text);
    }
  }

  private void table(Usage.Table table) {
    Optional<ImportedTable> imported = scope.tables().find(table.reference());
    if (refusal.isPresent() || imported.isEmpty()) {
      endGroup();
      stays(table, refusal.orElse("stays with Postfix"));
      line.append(table.text());
    } else {
      if (!searches(table)) {
        endGroup();
      }
      behindGroup.setLength(0);
      group.add(table);
    }
  }

  /** Is said of what was to be imported; what was not, stays without a word. */
  private void stays(Usage.Table table, String why) {
    if (scope.tables().requested(table.reference())) {
      warn(table, table.reference() + ": " + why);
    }
    scope.tables().find(table.reference()).ifPresent(scope.staying()::add);
  }

  private boolean searches(Usage.Table table) {
    return usage
        .purpose(table, scope.main())
        .filter(purpose -> Set.of("address", "transport").contains(purpose.search()))
        .isPresent();
  }

  private void endGroup() {
    if (group.isEmpty()) {
      return;
    }
    Usage.Table first = group.getFirst();
    Optional<Purpose> purpose = usage.purpose(first, scope.main());
    if (purpose.isEmpty()) {
      warn(first, "how Postfix searches this table is not known: only whole keys are looked up");
    }
    warnOfOthers(first);
    Map<String, Object> search =
        purpose.orElse(Purpose.EXACT).settings(scope.main(), scope.localDomains());
    String name = name(search, first.check().orElse(usage.parameter().name()));
    line.append("socketmap:").append(scope.endpoint()).append(':').append(name).append(behindGroup);
    group.clear();
    behindGroup.setLength(0);
    replaced = true;
  }

  private String name(Map<String, Object> search, String use) {
    List<ImportedTable> tables =
        group.stream().flatMap(each -> scope.tables().find(each.reference()).stream()).toList();
    return tables.size() == 1
        ? scope.names().name(tables.getFirst(), search, use)
        : scope.names().name(tables, search, use);
  }

  private void warnOfOthers(Usage.Table first) {
    boolean others =
        usage.pieces().stream()
            .anyMatch(
                piece ->
                    switch (piece) {
                      case Usage.Table table -> !group.contains(table);
                      case Usage.Rest(String text) -> text.contains(":");
                    });
    if (others && searches(first) && !OF_EXISTENCE.contains(usage.parameter().name())) {
      warn(
          first,
          "stands in a list with tables of Postfix: it answers with a catch-all of its own before"
              + " those behind it are asked, and before those in front of it are asked for a less"
              + " specific key");
    }
  }

  private void warn(Usage.Table table, String message) {
    scope.notes().warn(usage.parameter().problem(table.offset(), message));
  }
}
