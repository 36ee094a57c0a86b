package org.sockmapd.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line with all its commands, and what becomes of an error. */
final class CommandTree {
  private final Surroundings surroundings;

  private CommandTree(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Makes the command line for some arguments: picocli reads the description of each command by
   * reflection, so where the first argument names one, the others are left out.
   */
  static CommandLine of(Surroundings surroundings, String... arguments) {
    CommandTree tree = new CommandTree(surroundings);
    CommandLine root = new CommandLine(new RootCommand(surroundings));
    Map<String, Supplier<CommandLine>> commands = commands(surroundings);
    @Nullable Supplier<CommandLine> only =
        arguments.length == 0 ? null : commands.get(arguments[0]);
    List<Supplier<CommandLine>> needed =
        only == null ? List.copyOf(commands.values()) : List.of(only);
    needed.forEach(command -> root.addSubcommand(command.get()));
    if (only == null) {
      root.addSubcommand(new HelpCommand()); // Explains any of the others.
    }
    return root.setOut(surroundings.out())
        .setErr(surroundings.err())
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(tree::execute)
        .setParameterExceptionHandler(tree::explainUsage)
        .setExecutionExceptionHandler((defect, command, parsed) -> tree.reportDefect(defect));
  }

  /** The commands by name, in the order in which help lists them. */
  private static Map<String, Supplier<CommandLine>> commands(Surroundings around) {
    Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
    commands.put("serve", () -> new CommandLine(new ServeCommand(around)));
    commands.put("query", () -> new CommandLine(new QueryCommand(around)));
    commands.put("check-config", () -> new CommandLine(new CheckConfigCommand(around)));
    commands.put("cache", () -> CacheCommand.of(around));
    commands.put("import-postfix", () -> new CommandLine(new ImportPostfixCommand(around)));
    commands.put("compare", () -> new CommandLine(new CompareCommand(around)));
    commands.put("bench", () -> new CommandLine(new BenchCommand(around)));
    commands.put("prepare", () -> new CommandLine(new PrepareCommand()));
    commands.put("rehearse", () -> new CommandLine(new RehearseCommand(around)));
    return commands;
  }

  /** An option before a command would be taken by nobody, so it is refused. */
  private int execute(ParseResult parsed) {
    if (parsed.hasSubcommand() && !parsed.matchedOptions().isEmpty()) {
      String option = parsed.matchedOptions().getFirst().longestName();
      CommandLine command = parsed.subcommand().commandSpec().commandLine();
      throw new ParameterException(
          command, option + " stands before the command; options go after it");
    }
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error e) {
      // picocli hands on exceptions alone, and the log that hears of all else may be closed by now.
      return reportDefect(e);
    }
  }

  private int explainUsage(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    surroundings.err().println("sockmapd: " + firstLetterLower(problem.getMessage()));
    if (problem instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        surroundings.err().println("Did you mean: " + String.join(" or ", near) + "?");
      }
    }
    surroundings
        .err()
        .println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for help.");
    return ExitStatus.USAGE;
  }

  private static String firstLetterLower(@Nullable String message) {
    if (message == null || message.isEmpty()) {
      return "wrong usage";
    }
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  private int reportDefect(Throwable defect) {
    surroundings.err().println("sockmapd: internal error, please report it: " + defect);
    if (surroundings.environment().containsKey("SOCKMAPD_DEBUG")) {
      defect.printStackTrace(surroundings.err());
    } else {
      surroundings.err().println("Set SOCKMAPD_DEBUG=1 to see where.");
    }
    return ExitStatus.INTERNAL;
  }
}
