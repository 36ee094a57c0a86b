package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.lookup.template.LegacyQuery;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.ResultFormat;
import org.sockmapd.lookup.template.TemplateException;

/** Reads the parameters of one table: {@code mysql_table(5)} and the other two. */
final class TableReader {
  private static final List<String> OF_ALL =
      List.of(
          "query",
          "result_format",
          "domain",
          "expansion_limit",
          "select_field",
          "table",
          "where_field",
          "additional_conditions");
  private static final List<String> OF_SERVERS =
      List.of("hosts", "user", "password", "dbname", "retry_interval", "idle_interval");
  private static final List<String> OF_MYSQL =
      List.of(
          "option_file",
          "option_group",
          "require_result_set",
          "charset",
          "tls_cert_file",
          "tls_key_file",
          "tls_CAfile",
          "tls_CApath",
          "tls_ciphers",
          "tls_verify_cert");

  private final TableReference reference;
  private final ParameterFile file;
  private final Path queueDirectory;
  private final Notes notes;

  private TableReader(
      TableReference reference, ParameterFile file, Path queueDirectory, Notes notes) {
    this.reference = reference;
    this.file = file;
    this.queueDirectory = queueDirectory;
    this.notes = notes;
  }

  /**
   * Reads a table.
   *
   * @param queueDirectory Postfix's, where chrooted services are
   * @return the table; empty when it would answer otherwise than Postfix, or is wrong, which the
   *     notes tell
   */
  static Optional<ImportedTable> read(
      TableReference reference, ParameterFile file, Path queueDirectory, Notes notes) {
    return new TableReader(reference, file, queueDirectory, notes).read();
  }

  private Optional<ImportedTable> read() {
    if (file.all().stream().noneMatch(each -> known().contains(each.name()))) {
      String manual = reference.type().postfixName() + "_table(5)";
      notes.error(Problem.of(file.file(), "has no parameter of " + manual));
      return Optional.empty();
    }
    warnOfUnknown();
    warnOfUnlike();
    Optional<Map<String, Object>> settings = settings();
    if (reference.type() == TableType.SQLITE) {
      Optional<String> path = required("dbpath");
      return settings.flatMap(found -> path.map(p -> table(sqlite(), p, found)));
    }
    ServerReader server = new ServerReader(reference.type(), file, queueDirectory, notes);
    Optional<ImportedConnection> connection = server.read();
    Optional<String> name = server.database().or(() -> required("dbname"));
    return settings.flatMap(
        found -> connection.flatMap(c -> name.map(database -> table(c, database, found))));
  }

  private ImportedTable table(
      ImportedConnection connection, String database, Map<String, Object> settings) {
    return new ImportedTable(reference, connection, database, settings);
  }

  private static ImportedConnection sqlite() {
    return new ImportedConnection(TableType.SQLITE, Map.of("type", "sqlite"), "");
  }

  private Optional<Map<String, Object>> settings() {
    Optional<String> query = query();
    Optional<List<String>> domains = DomainReader.read(file, notes);
    checkFormat();
    if (query.isEmpty() || domains.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("query", query.get());
    text("result_format")
        .filter(format -> !format.equals("%s"))
        .ifPresent(format -> settings.put("result_format", format));
    expansionLimit().ifPresent(limit -> settings.put("expansion_limit", limit));
    if (!domains.get().isEmpty()) {
      settings.put("domain", domains.get());
    }
    return Optional.of(settings);
  }

  private Optional<String> query() {
    Optional<Parameter> query = file.get("query").filter(given -> !given.text().isEmpty());
    return query.isPresent() ? checked(query.get()) : oldQuery();
  }

  private Optional<String> checked(Parameter query) {
    try {
      QueryTemplate template = QueryTemplate.parse(query.text(), reference.type().quoting());
      if (!template.usesKey()) {
        notes.warn(query.problem("gives the same answer for every key"));
      }
      return Optional.of(query.text());
    } catch (TemplateException e) {
      notes.error(query.problem(e.offset(), Objects.requireNonNull(e.getMessage())));
      return Optional.empty();
    }
  }

  /** The query of the parameters that Postfix had before 2.2. */
  private Optional<String> oldQuery() {
    Optional<Parameter> function =
        reference.type() == TableType.PGSQL ? file.get("select_function") : Optional.empty();
    if (function.isPresent()) {
      return composed(function.get(), LegacyQuery.ofFunction(function.get().text()));
    }
    Optional<Parameter> table = file.get("table");
    Optional<String> select = text("select_field");
    Optional<String> where = text("where_field");
    if (table.isEmpty() || select.isEmpty() || where.isEmpty()) {
      notes.error(
          Problem.of(
              file.file(),
              "has no query, and not all of select_field, table and where_field instead"));
      return Optional.empty();
    }
    String conditions = text("additional_conditions").orElse("");
    return composed(
        table.get(),
        LegacyQuery.ofTable(select.get(), table.get().text(), where.get(), conditions).strip());
  }

  /** No place in the file is that of an offset in what was composed. */
  private Optional<String> composed(Parameter from, String query) {
    try {
      QueryTemplate.parse(query, reference.type().quoting());
      return Optional.of(query);
    } catch (TemplateException e) {
      notes.error(from.problem("makes the query \"" + query + "\": " + e.getMessage()));
      return Optional.empty();
    }
  }

  private void checkFormat() {
    file.get("result_format")
        .ifPresent(
            format -> {
              try {
                ResultFormat.parse(format.text());
              } catch (TemplateException e) {
                notes.error(format.problem(e.offset(), Objects.requireNonNull(e.getMessage())));
              }
            });
  }

  private Optional<Integer> expansionLimit() {
    Optional<Parameter> limit = file.get("expansion_limit");
    if (limit.isPresent() && !limit.get().text().matches("[0-9]{1,9}")) {
      notes.error(limit.get().problem(0, "expected a number, got \"" + limit.get().text() + "\""));
      return Optional.empty();
    }
    return limit.map(given -> Integer.valueOf(given.text())).filter(number -> number > 0);
  }

  private void warnOfUnknown() {
    for (Parameter parameter : file.all()) {
      if (!known().contains(parameter.name())) {
        notes.warn(
            parameter.problem(
                "is no parameter of "
                    + reference.type().postfixName()
                    + "_table(5), and not carried over"));
      }
    }
  }

  private void warnOfUnlike() {
    file.get("query")
        .filter(query -> !query.text().isEmpty())
        .ifPresent(query -> warnOfOldParameters());
    Stream.of("retry_interval", "idle_interval")
        .forEach(
            name ->
                warn(
                    name,
                    "not carried over: a host that is down is probed in the background, and"
                        + " connections are closed after a minute without use"));
    Stream.of("encoding", "charset")
        .filter(
            name ->
                !text(name).orElse("utf8").toLowerCase(Locale.ROOT).matches("utf-?8(mb4)?|unicode"))
        .forEach(name -> warn(name, "not carried over: texts go to the database in UTF-8"));
    text("require_result_set")
        .filter(value -> value.equals("no"))
        .ifPresent(
            value ->
                warn(
                    "require_result_set",
                    "not carried over: a procedure that returns no result set is a temporary"
                        + " failure, not \"not found\""));
  }

  private void warnOfOldParameters() {
    Stream.of("select_function", "select_field", "table", "where_field", "additional_conditions")
        .forEach(name -> warn(name, "does nothing beside query, here as in Postfix"));
  }

  private void warn(String name, String message) {
    file.get(name).ifPresent(parameter -> notes.warn(parameter.problem(message)));
  }

  private Optional<String> required(String name) {
    Optional<String> text = text(name).filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      notes.error(Problem.of(file.file(), "has no " + name));
    }
    return text;
  }

  private Optional<String> text(String name) {
    return file.get(name).map(Parameter::text);
  }

  private Set<String> known() {
    Stream<String> own =
        switch (reference.type()) {
          case SQLITE -> Stream.of("dbpath");
          case PGSQL ->
              Stream.concat(OF_SERVERS.stream(), Stream.of("encoding", "select_function"));
          case MYSQL -> Stream.concat(OF_SERVERS.stream(), OF_MYSQL.stream());
        };
    return Stream.concat(own, OF_ALL.stream()).collect(Collectors.toSet());
  }
}
