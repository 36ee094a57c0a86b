package org.sockmapd.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.cli.os.OwnAddresses;
import org.sockmapd.cli.postfix.ImportReport;
import org.sockmapd.cli.postfix.ImportRequest;
import org.sockmapd.cli.postfix.ImportedConfiguration;
import org.sockmapd.cli.postfix.NewFile;
import org.sockmapd.cli.postfix.PostfixImport;
import org.sockmapd.protocol.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes a configuration of Postfix's SQL tables. */
@Command(
    name = "import-postfix",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Makes a configuration of Postfix's SQL tables (mysql_table(5), pgsql_table(5), sqlite_table(5)).",
      "With --main-cf each map is searched as Postfix searches it for the parameter that uses it, and the lines of"
          + " main.cf that use the maps are printed. Without a FILE every SQL table of main.cf is imported.",
      "",
      "With -o the configuration goes to a file and the lines of main.cf to standard output. Without it the"
          + " configuration goes to standard output and the lines to standard error. A report on standard error tells"
          + " what was taken, what changed in meaning and what stays with Postfix, with file, line and column. No file"
          + " of Postfix is changed."
    },
    footer = {
      "",
      "Exit status:",
      "  0   done; the report should be read: a table that is wrong is left to Postfix",
      "  73  a file that was to be written is there already, or cannot be written",
      "  78  nothing can be imported, or main.cf is not what it should be",
      "",
      "Examples:",
      "  sockmapd import-postfix --main-cf /etc/postfix/main.cf -o /etc/sockmapd/sockmapd.json",
      "  sockmapd import-postfix --main-cf /etc/postfix/main.cf /etc/postfix/virtual.cf > sockmapd.json",
      "  sockmapd import-postfix pgsql:/etc/postfix/virtual.cf mysql:/etc/postfix/users.cf > sockmapd.json"
    })
final class ImportPostfixCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private @Nullable CommandSpec command;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description =
          "Table files; pgsql:FILE, mysql:FILE or sqlite:FILE where the type does not show.")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--main-cf",
      paramLabel = "FILE",
      description = "The main.cf that uses the tables; the output of postconf serves too.")
  private @Nullable Path mainCf;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "The type of files whose own does not show: pgsql, mysql or sqlite.")
  private @Nullable String type;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the configuration to this file.")
  private @Nullable Path output;

  @Option(names = "--force", description = "Let files that are written take the place of others.")
  private boolean force;

  @Option(
      names = "--inline-passwords",
      description =
          "Write passwords into the configuration, which only its owner may read then. By default each goes to a"
              + " file of its own (mode 0600) in the directory of the configuration, or in this one without -o.")
  private boolean inlinePasswords;

  @Option(
      names = "--json",
      description =
          "With -o: print the report and the lines of main.cf as JSON to standard output.")
  private boolean json;

  private Endpoint endpoint = new Endpoint.Inet("127.0.0.1", 2224);

  @Option(
      names = "--listen",
      paramLabel = "ENDPOINT",
      description =
          "Where sockmapd is to listen: inet:HOST:PORT or unix:PATH (default: inet:127.0.0.1:2224).")
  void setEndpoint(String text) {
    try {
      endpoint = Endpoint.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  ImportPostfixCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (command != null && tables.isEmpty() && mainCf == null) {
      throw new ParameterException(
          command.commandLine(), "nothing to import: name a FILE, or --main-cf");
    }
    if (command != null && type != null && !List.of("pgsql", "mysql", "sqlite").contains(type)) {
      throw new ParameterException(
          command.commandLine(), "--type is pgsql, mysql or sqlite, got " + type);
    }
    if (command != null && json && output == null) {
      throw new ParameterException(command.commandLine(), "--json is only there beside -o");
    }
    try {
      return finish(
          PostfixImport.run(
              new ImportRequest(
                  tables,
                  Optional.ofNullable(type),
                  Optional.ofNullable(mainCf),
                  endpoint,
                  OwnAddresses.list())));
    } catch (ConfigurationException e) {
      e.problems().forEach(surroundings.err()::println);
      return ExitStatus.CONFIGURATION;
    } catch (FileAlreadyExistsException e) {
      return cannotCreate(e.getMessage() + " is there already (--force replaces it)");
    } catch (IOException e) {
      return cannotCreate("cannot write " + e.getMessage());
    }
  }

  private int cannotCreate(String problem) {
    surroundings.err().println("sockmapd: " + problem);
    return ExitStatus.CANNOT_CREATE;
  }

  private int finish(ImportedConfiguration imported) throws IOException, ConfigurationException {
    if (imported.mapCount() == 0) {
      new ImportReport(imported, List.of()).print(surroundings.err());
      surroundings.err().println("sockmapd: no table to import");
      return ExitStatus.CONFIGURATION;
    }
    if (output == null) {
      writeSecrets(passwordFiles(imported, Path.of("").toAbsolutePath()));
      surroundings.out().println(json(imported, Path.of("").toAbsolutePath()));
      new ImportReport(imported, List.of()).print(surroundings.err());
      surroundings.err().println("In Postfix's main.cf:");
      imported.mainCfLines().forEach(surroundings.err()::println);
    } else {
      writeAll(imported, output);
      report(new ImportReport(imported, nextSteps(output)), imported);
    }
    return ExitStatus.OK;
  }

  private void report(ImportReport report, ImportedConfiguration imported) {
    if (json) {
      surroundings.out().println(report.json());
    } else {
      report.print(surroundings.err());
      imported.mainCfLines().forEach(surroundings.out()::println);
    }
  }

  private static List<String> nextSteps(Path file) {
    return List.of(
        "sockmapd check-config --connect -c " + file,
        "sockmapd serve -c " + file,
        "sockmapd compare -c " + file + " MAP TYPE:FILE < keys",
        "put the lines that were printed into main.cf, and postfix reload");
  }

  private void writeAll(ImportedConfiguration imported, Path file)
      throws IOException, ConfigurationException {
    Path directory = file.toAbsolutePath().resolveSibling("");
    List<NewFile> secrets = passwordFiles(imported, directory);
    NewFile configuration = new NewFile(file, json(imported, Path.of("")) + "\n", inlinePasswords);
    // Before anything is written: one that is there already stops them all.
    if (!force && configuration.wouldReplace()) {
      throw new FileAlreadyExistsException(file.toString());
    }
    writeSecrets(secrets);
    configuration.write(force, draft -> check(draft, file));
    surroundings.err().println("Wrote " + file);
  }

  /** What would be wrong with the configuration is told of the file that it was to be. */
  private void check(Path draft, Path file) throws ConfigurationException {
    try {
      Configuration.read(draft, surroundings.environment());
    } catch (ConfigurationException e) {
      List<Problem> problems = new ArrayList<>();
      problems.add(Problem.of(file, "is not written, for it would not be right:"));
      for (Problem problem : e.problems()) {
        problems.add(
            new Problem(file, problem.line(), problem.column(), problem.path(), problem.message()));
      }
      throw new ConfigurationException(problems);
    }
  }

  private void writeSecrets(List<NewFile> files) throws IOException {
    for (NewFile file : files) {
      file.write(force);
      surroundings
          .err()
          .println(
              "Wrote "
                  + file.path()
                  + ", for its owner alone (mode 0600): that must be the user who runs sockmapd");
    }
  }

  private String json(ImportedConfiguration imported, Path passwordDirectory) {
    return inlinePasswords ? imported.json() : imported.json(passwordDirectory);
  }

  private List<NewFile> passwordFiles(ImportedConfiguration imported, Path directory) {
    List<NewFile> files = new ArrayList<>();
    if (!inlinePasswords) {
      imported
          .passwordFiles(directory)
          .forEach((path, text) -> files.add(new NewFile(path, text, true)));
    }
    return files;
  }
}
