package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.config.Problem;

/** Collects what is to be told of the files that are read. For one thread. */
final class Notes {
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /** Takes what makes a file useless. */
  void error(Problem problem) {
    errors.add(problem);
  }

  /** Takes what is not carried over, or should be looked at. */
  void warn(Problem problem) {
    warnings.add(problem);
  }

  /** Tells whether something is wrong with a file. */
  boolean toldOf(Path file) {
    return errors.stream().anyMatch(problem -> problem.file().equals(file));
  }

  List<Problem> warnings() {
    return warnings.stream().distinct().toList();
  }

  /** Throws the errors if there are any. */
  void check() throws ConfigurationException {
    if (!errors.isEmpty()) {
      throw new ConfigurationException(errors.stream().distinct().toList());
    }
  }
}
