package org.sockmapd.cli.postfix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.protocol.Endpoint;

/** Turns Postfix's tables, and the {@code main.cf} that uses them, into a configuration. */
public final class PostfixImport {
  private final Endpoint endpoint;
  private final Notes notes;
  private final TableSet tables;
  private final MapNames names = new MapNames();
  private final Set<ImportedTable> staying = new HashSet<>();
  private final List<String> lines = new ArrayList<>();

  private PostfixImport(Endpoint endpoint, Notes notes, TableSet tables) {
    this.endpoint = endpoint;
    this.notes = notes;
    this.tables = tables;
  }

  /**
   * Reads the files and gives what they come to. Writes nothing.
   *
   * @param request what is to be imported
   * @return the configuration
   * @throws ConfigurationException with everything that makes a file useless, by file and line
   */
  public static ImportedConfiguration run(ImportRequest request) throws ConfigurationException {
    Notes notes = new Notes();
    Optional<MainCf> main = request.mainCf().map(path -> MainCf.read(path, notes));
    List<Usage> usages = main.map(PostfixImport::usages).orElse(List.of());
    List<TableReference> used =
        usages.stream()
            .flatMap(usage -> usage.tables().stream())
            .map(Usage.Table::reference)
            .distinct()
            .toList();
    TableSet tables =
        request.tables().isEmpty() && main.isPresent()
            ? TableSet.used(used, main.get(), notes)
            : TableSet.requested(request, used, main, notes);
    notes.check();
    PostfixImport run = new PostfixImport(request.endpoint(), notes, tables);
    main.ifPresentOrElse(file -> run.replace(file, usages), run::addUnused);
    notes.check();
    return new ImportedConfiguration(
        request.endpoint(), run.names.maps(), run.lines, notes.warnings());
  }

  private void replace(MainCf main, List<Usage> usages) {
    Map<String, Object> local = localDomains(main, usages);
    UsageReplacement.ImportScope scope =
        new UsageReplacement.ImportScope(main, tables, names, local, staying, endpoint, notes);
    usages.forEach(usage -> replace(usage, scope));
    MasterCf.warnOfTables(main.path(), tables, notes);
    addUnused();
  }

  private static List<Usage> usages(MainCf main) {
    return Usage.of(main).stream().filter(usage -> !isMacro(usage, main)).toList();
  }

  /**
   * A parameter of the administrator's own, which others name: a table, or the first part of it.
   */
  private static boolean isMacro(Usage usage, MainCf main) {
    Pattern named =
        Pattern.compile("\\$[({]?" + Pattern.quote(usage.parameter().name()) + "(?![A-Za-z0-9_])");
    return Refusal.of(usage.parameter().name(), main).isEmpty()
        && usage.tables().stream().allMatch(table -> usage.purpose(table, main).isEmpty())
        && main.parameters().stream().anyMatch(other -> named.matcher(other.text()).find());
  }

  /** Goes first, since every map that is searched by address may need it. */
  private Map<String, Object> localDomains(MainCf main, List<Usage> usages) {
    Optional<String> map =
        usages.stream()
            .filter(usage -> usage.parameter().name().equals("mydestination"))
            .flatMap(usage -> usage.tables().stream())
            .flatMap(table -> tables.find(table.reference()).stream())
            .findFirst()
            .map(table -> names.name(table, Map.of(), "mydestination"));
    boolean byAddress =
        usages.stream()
            .flatMap(usage -> usage.tables().stream().map(table -> usage.purpose(table, main)))
            .anyMatch(purpose -> purpose.map(Purpose::search).orElse("").equals("address"));
    return byAddress ? new LocalDomains(main, notes).settings(map) : Map.of();
  }

  private void replace(Usage usage, UsageReplacement.ImportScope scope) {
    new UsageReplacement(usage, scope)
        .value()
        .ifPresent(
            value -> {
              lines.add("# in place of line " + usage.parameter().line() + ":");
              lines.add(usage.parameter().name() + " = " + value);
            });
  }

  private void addUnused() {
    Set<ImportedTable> done = new HashSet<>(staying);
    done.addAll(names.tables());
    for (ImportedTable table : tables.tables()) {
      if (!done.contains(table)) {
        notes.warn(
            Problem.of(
                table.reference().file(),
                "nothing tells what Postfix uses it for: only whole keys are looked up"
                    + " (--main-cf, or \"search\" in the configuration)"));
        lines.add("# in place of " + table.reference() + ":");
        lines.add("#   " + socketmap(names.name(table, Map.of(), "map")));
      }
    }
  }

  private String socketmap(String name) {
    return "socketmap:" + endpoint + ":" + name;
  }
}
