package org.sockmapd.cli.config;

import java.nio.file.Path;
import java.util.Optional;
import org.sockmapd.lookup.spi.Settings;

/** Reads the password of a connection, from its setting or from a file of its own. */
final class PasswordReader {
  private final Settings settings;
  private final Path directory;
  private final Problems problems;

  PasswordReader(Settings settings, Path directory, Problems problems) {
    this.settings = settings;
    this.directory = directory;
    this.problems = problems;
  }

  String read() {
    Optional<String> password = settings.text("password");
    Optional<Path> file = PathSetting.read(settings, "password_file", directory);
    if (file.isEmpty()) {
      return password.orElse("");
    }
    if (password.isPresent()) {
      settings.problem("password_file", "stands beside \"password\"; leave one out");
    }
    return fromFile(file.get());
  }

  /** The password is the only line of the file. */
  private String fromFile(Path file) {
    String text =
        SourceText.read(file, problem -> report(file + " " + problem.message())).orElse(" ");
    String password = text.replaceFirst("\\r?\\n\\z", "");
    if (password.isEmpty()) {
      report(file + " is empty");
    } else if (password.indexOf('\n') >= 0) {
      report(file + " has more than one line");
    }
    if (FileSecrecy.readableByEverybody(file)) {
      problems.warn(settings.path("password_file"), file + " can be read by everybody (chmod o-r)");
    }
    return password;
  }

  private void report(String message) {
    settings.problem("password_file", message);
  }
}
