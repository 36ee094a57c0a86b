package org.sockmapd.cli.postfix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.cli.postfix.MasterCf.Service;
import org.sockmapd.cli.postfix.UsageReplacement.ImportScope;

/** Turns Postfix's tables, and the {@code main.cf} that uses them, into a configuration. */
public final class PostfixImport {
  private final ImportRequest request;
  private final Notes notes;
  private final TableSet tables;
  private final MapNames names = new MapNames();
  private final Set<ImportedTable> staying = new HashSet<>();
  private final List<String> lines = new ArrayList<>();

  private PostfixImport(ImportRequest request, Notes notes, TableSet tables) {
    this.request = request;
    this.notes = notes;
    this.tables = tables;
  }

  /**
   * Reads the files and gives what they come to. Writes nothing.
   *
   * @param request what is to be imported
   * @return the configuration
   * @throws ConfigurationException with what makes {@code main.cf} useless, or leaves open what is
   *     to be imported
   */
  public static ImportedConfiguration run(ImportRequest request) throws ConfigurationException {
    Notes notes = new Notes();
    Optional<MainCf> main = request.mainCf().map(path -> MainCf.read(path, notes));
    Optional<PostfixUsages> usages = main.map(file -> PostfixUsages.of(file, notes));
    List<TableReference> used = usages.map(PostfixUsages::references).orElse(List.of());
    TableSet tables =
        request.tables().isEmpty() && main.isPresent()
            ? TableSet.used(used, main.get(), notes)
            : TableSet.requested(request, used, main, notes);
    notes.check();
    PostfixImport run = new PostfixImport(request, notes, tables);
    usages.ifPresentOrElse(run::replace, run::addUnused);
    return new ImportedConfiguration(request.endpoint(), run.names, run.lines, notes.all());
  }

  /**
   * Everything that uses tables.
   *
   * @param set the parameters that {@code main.cf} sets
   * @param inherited the parameters that it does not set, and that take the tables of others
   * @param services the services of {@code master.cf}
   */
  private record PostfixUsages(
      MainCf main, List<Usage> set, List<Usage> inherited, List<Service> services) {

    static PostfixUsages of(MainCf main, Notes notes) {
      List<Service> services = MasterCf.read(main.path(), notes);
      List<Usage> set =
          main.parameters().stream()
              .flatMap(parameter -> Usage.of(parameter, main).stream())
              .filter(usage -> !isMacro(usage, services))
              .toList();
      List<Usage> inherited =
          Purpose.all().stream()
              .flatMap(purpose -> main.inherited(purpose.name()).stream())
              .flatMap(parameter -> Usage.of(parameter, main).stream())
              .toList();
      return new PostfixUsages(main, set, inherited, services);
    }

    private Stream<Usage> ofServices() {
      return services.stream().flatMap(this::of);
    }

    Stream<Usage> of(Service service) {
      MainCf seen = service.main(main);
      return service.options().stream().flatMap(option -> Usage.of(option, seen).stream());
    }

    List<TableReference> references() {
      return Stream.of(set.stream(), inherited.stream(), ofServices())
          .flatMap(usages -> usages)
          .flatMap(Usage::references)
          .distinct()
          .toList();
    }

    /**
     * A parameter of the administrator's own, which others name: a table, or the first part of it.
     */
    private static boolean isMacro(Usage usage, List<Service> services) {
      String name = usage.parameter().name();
      Pattern named = Pattern.compile("\\$[({]?" + Pattern.quote(name) + "(?![A-Za-z0-9_])");
      Stream<Parameter> others =
          Stream.concat(
              usage.main().parameters().stream(),
              services.stream().flatMap(service -> service.options().stream()));
      return Refusal.of(name, usage.main()).isEmpty()
          && usage.tables().stream().allMatch(table -> usage.purpose(table).isEmpty())
          && others.anyMatch(other -> named.matcher(other.text()).find());
    }
  }

  private void replace(PostfixUsages usages) {
    ImportScope scope =
        new ImportScope(tables, names, localDomains(usages), staying, request.endpoint(), notes);
    Map<String, String> values = new HashMap<>();
    usages.set().forEach(usage -> replace(usage, scope, values));
    usages.inherited().forEach(usage -> replaceInherited(usage, scope, values));
    usages.services().forEach(service -> replace(service, usages, scope));
    new ForeignTables(usages.main(), usages.services()).tell(notes);
    new FixedNames(names).tell(usages.main(), usages.services(), notes);
    addUnused();
  }

  /** Goes first, since every map that is searched by address may need it. */
  private Map<String, Object> localDomains(PostfixUsages usages) {
    Optional<String> map =
        usages.set().stream()
            .filter(usage -> usage.parameter().name().equals("mydestination"))
            .flatMap(usage -> usage.tables().stream())
            .filter(table -> table.expression() instanceof TableExpression.Sql)
            .limit(1)
            .flatMap(table -> table.expression().references())
            .flatMap(reference -> tables.find(reference).stream())
            .findFirst()
            .map(
                table ->
                    names.table(
                        table, Purpose.EXACT.settings(usages.main(), Map.of()), "mydestination"));
    boolean byAddress =
        Stream.of(usages.set().stream(), usages.inherited().stream(), usages.ofServices())
            .flatMap(all -> all)
            .flatMap(usage -> usage.tables().stream().map(usage::purpose))
            .anyMatch(purpose -> purpose.map(Purpose::search).orElse("").equals("address"));
    return byAddress
        ? new LocalDomains(usages.main(), request.addresses(), notes).settings(map)
        : Map.of();
  }

  private void replace(Usage usage, ImportScope scope, Map<String, String> values) {
    UsageReplacement replacement = new UsageReplacement(usage, scope);
    Optional<String> value = replacement.value();
    if (value.isPresent()) {
      Parameter parameter = usage.parameter();
      replacement.addUses();
      values.put(parameter.name(), value.get());
      lines.add("# in place of line " + parameter.line() + ":");
      lines.add(parameter.name() + " = " + value.get());
    }
  }

  /** A parameter that main.cf does not set follows the one that it inherits, unless it must not. */
  private void replaceInherited(Usage usage, ImportScope scope, Map<String, String> values) {
    UsageReplacement replacement = new UsageReplacement(usage, scope);
    Optional<String> value = replacement.value();
    Parameter parameter = usage.parameter();
    String follows = usage.main().with(values).expand(parameter.text());
    if (value.isPresent() && !value.get().equals(follows.strip().replaceAll("\\s+", " "))) {
      replacement.addUses();
      values.put(parameter.name(), value.get());
      lines.add(
          "# main.cf has no "
              + parameter.name()
              + "; Postfix takes "
              + parameter.text()
              + " and asks it for other keys:");
      lines.add(parameter.name() + " = " + value.get());
    }
  }

  private void replace(Service service, PostfixUsages usages, ImportScope scope) {
    service.warnOfSearch(usages.main(), notes);
    usages
        .of(service)
        .forEach(
            usage -> {
              UsageReplacement replacement = new UsageReplacement(usage, scope);
              Optional<String> value = replacement.value();
              if (value.isPresent()) {
                Parameter option = usage.parameter();
                replacement.addUses();
                lines.add("# in place of line " + option.line() + " of master.cf:");
                lines.add(
                    "#   postconf -P '"
                        + service.name()
                        + "/"
                        + option.name()
                        + "="
                        + value.get().replace("'", "'\\''")
                        + "'");
              }
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
        lines.add("#   " + socketmap(names.table(table, Map.of(), "exact")));
      }
    }
  }

  private String socketmap(String name) {
    return "socketmap:" + request.endpoint() + ":" + name;
  }
}
