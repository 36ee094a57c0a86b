package org.sockmapd.cli.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Collects problems, in the order of their lines.
   *
   * @param problems what is wrong; not empty
   */
  public ConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("no problem");
    }
    this.problems = List.copyOf(problems);
  }

  /**
   * Tells what is wrong.
   *
   * @return the problems, at least one
   */
  public List<Problem> problems() {
    return problems;
  }
}
