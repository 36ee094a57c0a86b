package org.sockmapd.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line with all its commands, and what becomes of an error. */
final class CommandTree {
  private final Surroundings surroundings;

  private CommandTree(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  static CommandLine of(Surroundings surroundings) {
    CommandTree tree = new CommandTree(surroundings);
    return new CommandLine(new RootCommand(surroundings))
        .addSubcommand(new ServeCommand(surroundings))
        .addSubcommand(new QueryCommand(surroundings))
        .addSubcommand(new CheckConfigCommand(surroundings))
        .addSubcommand(CacheCommand.of(surroundings))
        .addSubcommand(new ImportPostfixCommand(surroundings))
        .addSubcommand(new BenchCommand(surroundings))
        .setOut(surroundings.out())
        .setErr(surroundings.err())
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(CommandTree::execute)
        .setParameterExceptionHandler(tree::explainUsage)
        .setExecutionExceptionHandler(tree::reportDefect);
  }

  /** An option before a command would be taken by nobody, so it is refused. */
  private static int execute(ParseResult parsed) {
    if (parsed.hasSubcommand() && !parsed.matchedOptions().isEmpty()) {
      String option = parsed.matchedOptions().getFirst().longestName();
      CommandLine command = parsed.subcommand().commandSpec().commandLine();
      throw new ParameterException(
          command, option + " stands before the command; options go after it");
    }
    return new CommandLine.RunLast().execute(parsed);
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

  private int reportDefect(Exception defect, CommandLine command, @Nullable ParseResult parsed) {
    surroundings.err().println("sockmapd: internal error, please report it: " + defect);
    if (surroundings.environment().containsKey("SOCKMAPD_DEBUG")) {
      defect.printStackTrace(surroundings.err());
    } else {
      surroundings.err().println("Set SOCKMAPD_DEBUG=1 to see where.");
    }
    return ExitStatus.INTERNAL;
  }
}
