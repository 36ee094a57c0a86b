package org.sockmapd.cli.config;

import com.google.gson.stream.JsonReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a reader has come. Gson tells it only by its {@code toString}, which it keeps stable for
 * its own messages; this class alone depends on that.
 *
 * @param line the line, from 1
 * @param column the column of the next character, from 1
 */
record JsonPosition(int line, int column) {
  private static final Pattern SHOWN = Pattern.compile(" at line (\\d+) column (\\d+) path ");

  static JsonPosition of(JsonReader reader) {
    Matcher matcher = SHOWN.matcher(reader.toString());
    if (!matcher.find()) {
      throw new IllegalStateException("a JsonReader that does not tell its position: " + reader);
    }
    return new JsonPosition(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  JsonPosition before() {
    return new JsonPosition(line, column - 1);
  }

  /** Finds the next character in the whole text; lines end with a line feed, as Gson counts. */
  int offsetIn(String text) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    return start + column - 1;
  }
}
