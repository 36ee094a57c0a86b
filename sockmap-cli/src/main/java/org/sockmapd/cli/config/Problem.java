package org.sockmapd.cli.config;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Something wrong in a file, shown as one line such as {@code sockmapd.json:12: postmaps[2].query:
 * unknown %q at offset 7}.
 *
 * @param file the file, as the user named it
 * @param line the line, from 1; 0 when the file as a whole is meant
 * @param column the column, from 1; 0 when the line as a whole is meant
 * @param path the setting, such as {@code postmaps[2].query}; empty when none is meant
 * @param message what is wrong and what was expected
 */
public record Problem(Path file, int line, int column, String path, String message) {
  public Problem {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(message, "message");
  }

  /**
   * A problem of a file as a whole.
   *
   * @param file the file
   * @param message what is wrong
   * @return the problem
   */
  public static Problem of(Path file, String message) {
    return new Problem(file, 0, 0, "", message);
  }

  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder(file.toString());
    if (line > 0) {
      shown.append(':').append(line);
    }
    if (line > 0 && column > 0) {
      shown.append(':').append(column);
    }
    shown.append(": ");
    if (!path.isEmpty()) {
      shown.append(path).append(": ");
    }
    return onOneLine(shown.append(message).toString());
  }

  // A name in the file may hold anything, a line break or a terminal's escape included.
  private static String onOneLine(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        shown.append(String.format("\\u%04x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
