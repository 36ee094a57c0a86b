package org.sockmapd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One line of an example's {@code expected.tsv}: a map, a key and the reply to it, {@code OK VALUE}
 * or {@code NOTFOUND}.
 */
record ExpectedAnswer(String map, String key, String reply) {

  static List<ExpectedAnswer> readAll(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(ExpectedAnswer::parse).toList();
  }

  private static ExpectedAnswer parse(String line) {
    String[] parts = line.split("\t", -1);
    if (parts.length != 3 || !(parts[2].equals("NOTFOUND") || parts[2].startsWith("OK "))) {
      throw new IllegalArgumentException("expected map, key and reply: " + line);
    }
    return new ExpectedAnswer(parts[0], parts[1], parts[2]);
  }

  boolean found() {
    return !reply.equals("NOTFOUND");
  }

  /** The value that is expected; nothing else may be asked of a key that is not there. */
  String value() {
    return reply.substring("OK ".length());
  }
}
