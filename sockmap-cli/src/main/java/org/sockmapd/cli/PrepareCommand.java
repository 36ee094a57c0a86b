package org.sockmapd.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Explains what the launcher does by itself: Java records a start for a later one, so that no start
 * can record itself.
 */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Records a start for the Java at hand, so that later ones take less than half the time.",
      "To be run once after an installation and after an update of Java, by who may write to the"
          + " installation's lib folder. A record that does not fit is not used."
    })
final class PrepareCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(command).commandLine(),
        "only the launcher, bin/sockmapd, can record a start");
  }
}
