package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.config.Problem;

/** Collects what is to be told of the files that are read. For one thread. */
final class Notes {
  private final List<Problem> errors = new ArrayList<>();
  private final List<ImportNote> notes = new ArrayList<>();

  /** Takes what leaves nothing to import. */
  void error(Problem problem) {
    errors.add(problem);
  }

  /** Takes what stays with Postfix, and what stops working or does not. */
  void stays(Problem problem) {
    notes.add(new ImportNote(ImportNote.Kind.STAYS, problem));
  }

  /** Takes what is taken, but means something else here. */
  void changed(Problem problem) {
    notes.add(new ImportNote(ImportNote.Kind.CHANGED, problem));
  }

  /** Takes what is not carried over, or should be looked at. */
  void warn(Problem problem) {
    notes.add(new ImportNote(ImportNote.Kind.LOOK, problem));
  }

  /** Takes all that another one was told; its errors are what keeps a table with Postfix. */
  void addAll(Notes other) {
    other.errors.stream()
        .distinct()
        .map(
            problem ->
                new Problem(
                    problem.file(),
                    problem.line(),
                    problem.column(),
                    problem.path(),
                    problem.message() + "; the table is left to Postfix"))
        .forEach(this::stays);
    notes.addAll(other.notes);
  }

  boolean hasErrors() {
    return !errors.isEmpty();
  }

  /** Tells whether something is wrong with a file. */
  boolean toldOf(Path file) {
    return errors.stream().anyMatch(problem -> problem.file().equals(file));
  }

  List<ImportNote> all() {
    return notes.stream().distinct().toList();
  }

  /** Throws the errors if there are any. */
  void check() throws ConfigurationException {
    if (!errors.isEmpty()) {
      throw new ConfigurationException(errors.stream().distinct().toList());
    }
  }
}
