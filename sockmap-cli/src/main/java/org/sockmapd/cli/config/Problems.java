package org.sockmapd.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sockmapd.lookup.spi.SettingProblem;

/** Collects what is wrong with one file, and gives each problem its line. For one thread. */
final class Problems {
  private static final Comparator<Problem> BY_LINE = Comparator.comparingInt(Problem::line);

  private final Path file;
  private final JsonTree tree;
  private final List<Problem> errors;
  private final List<Problem> warnings = new ArrayList<>();

  Problems(Path file, JsonTree tree, List<Problem> errors) {
    this.file = file;
    this.tree = tree;
    this.errors = new ArrayList<>(errors);
  }

  void error(String path, String message) {
    errors.add(at(path, message));
  }

  void error(SettingProblem problem) {
    JsonPlace place = tree.placeOf(problem.path());
    int column =
        problem.offset().isPresent() ? place.columnOf(problem.offset().getAsInt()) : place.column();
    errors.add(new Problem(file, place.line(), column, problem.path(), problem.message()));
  }

  void warn(String path, String message) {
    warnings.add(at(path, message));
  }

  private Problem at(String path, String message) {
    JsonPlace place = tree.placeOf(path);
    return new Problem(file, place.line(), place.column(), path, message);
  }

  /** Gives the warnings by line. */
  List<Problem> warnings() {
    return warnings.stream().sorted(BY_LINE).toList();
  }

  /** Throws when there was an error. */
  void check() throws ConfigurationException {
    if (!errors.isEmpty()) {
      throw new ConfigurationException(errors.stream().distinct().sorted(BY_LINE).toList());
    }
  }
}
