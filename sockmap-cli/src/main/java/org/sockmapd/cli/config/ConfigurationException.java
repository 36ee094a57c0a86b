package org.sockmapd.cli.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;
  private final boolean mayPass;

  /**
   * Collects problems, in the order of their lines.
   *
   * @param problems what is wrong; not empty
   */
  public ConfigurationException(List<Problem> problems) {
    this(problems, false);
  }

  private ConfigurationException(List<Problem> problems, boolean mayPass) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("no problem");
    }
    this.problems = List.copyOf(problems);
    this.mayPass = mayPass;
  }

  /** The same, where all that is wrong may get well by itself. */
  ConfigurationException thatMayPass() {
    return new ConfigurationException(problems, true);
  }

  /**
   * Returns whether the configuration may be right all the same: a database did not answer just
   * now.
   *
   * @return true where nothing needs to be changed in the file
   */
  public boolean mayPass() {
    return mayPass;
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
