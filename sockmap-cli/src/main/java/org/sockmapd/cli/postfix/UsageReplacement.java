package org.sockmapd.cli.postfix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sockmapd.protocol.Endpoint;

/**
 * One parameter with socketmaps in place of its tables. Tables that Postfix searches one after the
 * other become one map: Postfix asks all of them for a key before any for a less specific one,
 * which maps that each search by themselves cannot do.
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
  private final Map<String, Set<String>> uses = new LinkedHashMap<>();

  /**
   * What all parameters of a file share.
   *
   * @param staying takes the tables that stay with Postfix
   */
  record ImportScope(
      TableSet tables,
      MapNames names,
      Map<String, Object> localDomains,
      Set<ImportedTable> staying,
      Endpoint endpoint,
      Notes notes) {}

  UsageReplacement(Usage usage, ImportScope scope) {
    this.usage = usage;
    this.scope = scope;
    this.refusal = Refusal.of(usage.parameter().name(), usage.main());
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
    return uses.isEmpty()
        ? Optional.empty()
        : Optional.of(line.toString().strip().replaceAll("\\s+", " "));
  }

  /** Notes what the maps of the value are for. */
  void addUses() {
    uses.forEach((map, all) -> all.forEach(use -> scope.names().addUse(map, use)));
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
    Optional<String> whyNot = refusal.or(() -> cannotBeAsked(table.expression()));
    if (whyNot.isPresent() || !isRead(table.expression())) {
      endGroup();
      whyNot.ifPresent(why -> stays(table, why));
      table
          .expression()
          .references()
          .forEach(each -> scope.tables().find(each).ifPresent(scope.staying()::add));
      line.append(table.text());
    } else {
      if (!searchesTogether(table)) {
        endGroup();
      }
      behindGroup.setLength(0);
      group.add(table);
    }
  }

  private static Optional<String> cannotBeAsked(TableExpression expression) {
    return expression
        .foreign()
        .map(part -> "stays with Postfix as a whole: sockmapd cannot ask " + part);
  }

  private boolean isRead(TableExpression expression) {
    return expression.references().allMatch(each -> scope.tables().find(each).isPresent());
  }

  /** Is said of what was to be imported; what was not, stays without a word. */
  private void stays(Usage.Table table, String why) {
    if (table.expression().references().anyMatch(scope.tables()::requested)) {
      scope.notes().stays(usage.parameter().problem(table.offset(), table.text() + ": " + why));
    }
  }

  private boolean searchesTogether(Usage.Table table) {
    return usage.purpose(table).filter(Purpose::searchesTablesTogether).isPresent();
  }

  private void endGroup() {
    if (group.isEmpty()) {
      return;
    }
    Usage.Table first = group.getFirst();
    Optional<Purpose> purpose = usage.purpose(first);
    if (purpose.isEmpty()) {
      scope
          .notes()
          .warn(
              usage
                  .parameter()
                  .problem(
                      first.offset(),
                      "how Postfix searches this table is not known: only whole keys are looked"
                          + " up"));
    }
    warnOfOthers(first);
    String name = name(purpose.orElse(Purpose.EXACT));
    uses.computeIfAbsent(name, none -> new LinkedHashSet<>())
        .add(purpose.map(Purpose::name).orElse(usage.parameter().name()));
    line.append("socketmap:").append(scope.endpoint()).append(':').append(name).append(behindGroup);
    group.clear();
    behindGroup.setLength(0);
  }

  private String name(Purpose purpose) {
    Map<String, Object> search = purpose.settings(usage.main(), scope.localDomains());
    if (group.size() == 1) {
      return name(group.getFirst().expression(), search, purpose);
    }
    List<String> members = group.stream().map(each -> inner(each.expression(), purpose)).toList();
    return scope.names().maps("maps", members, search, usage.parameter().name());
  }

  private String inner(TableExpression expression, Purpose purpose) {
    Map<String, Object> folding = purpose.folding(usage.main());
    return expression instanceof TableExpression.Sql(TableReference reference)
        ? scope.names().table(imported(reference), folding, MapNames.INNER)
        : name(expression, folding, purpose);
  }

  private String name(TableExpression expression, Map<String, Object> search, Purpose purpose) {
    return switch (expression) {
      case TableExpression.Sql(TableReference reference) ->
          scope.names().table(imported(reference), search, suffix(purpose, search));
      case TableExpression.Composite(String type, List<TableExpression> members) ->
          scope
              .names()
              .maps(
                  type,
                  members.stream().map(each -> inner(each, purpose)).toList(),
                  search,
                  usage.parameter().name() + "-" + type);
      case TableExpression.Inline(Map<String, String> entries) ->
          scope.names().small("inline", Map.of("entries", entries), search);
      case TableExpression.Static(String value) ->
          scope.names().small("static", Map.of("value", value), search);
      case TableExpression.Foreign foreign ->
          throw new IllegalStateException("cannot be asked: " + foreign.text());
    };
  }

  private ImportedTable imported(TableReference reference) {
    return scope.tables().find(reference).orElseThrow();
  }

  /** How the map is searched: several uses may share it. */
  private static String suffix(Purpose purpose, Map<String, Object> search) {
    return purpose.rewriting()
        ? "rewriting"
        : String.valueOf(search.getOrDefault("search", "exact"));
  }

  private void warnOfOthers(Usage.Table first) {
    List<String> others =
        usage.pieces().stream()
            .flatMap(
                piece ->
                    switch (piece) {
                      case Usage.Table table ->
                          group.contains(table)
                              ? java.util.stream.Stream.<String>empty()
                              : java.util.stream.Stream.of(table.text());
                      case Usage.Rest(String text) ->
                          TableExpression.Words.ofParameter(text).stream()
                              .map(TableExpression.Words.Word::text)
                              .filter(word -> word.contains(":"));
                    })
            .toList();
    if (!others.isEmpty()
        && searchesTogether(first)
        && !OF_EXISTENCE.contains(usage.parameter().name())) {
      scope
          .notes()
          .changed(
              usage
                  .parameter()
                  .problem(
                      first.offset(),
                      "stands in a list with "
                          + String.join(", ", others)
                          + ": the map answers with a catch-all of its own before a table behind it"
                          + " is asked, and before one in front of it is asked for a less specific"
                          + " key. A table of whole addresses, without extensions and catch-alls,"
                          + " answers as before if it stands in front of the map"));
    }
  }
}
