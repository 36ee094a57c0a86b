package org.sockmapd.cli.config;

/**
 * Where a value stands in a file.
 *
 * @param line the line, from 1
 * @param column the column of its first character, from 1
 * @param file the text of the whole file, shared by all places in it
 * @param offset the index of the first character in it
 */
record JsonPlace(int line, int column, String file, int offset) {

  /** What has no place of its own: the file as a whole. */
  static final JsonPlace NONE = new JsonPlace(0, 0, "", 0);

  /**
   * The column of a character of a text, which stands between quotes and may hold escapes. A text
   * does not go over the end of its line.
   *
   * @param index the index of the character in the text as it was meant
   */
  int columnOf(int index) {
    if (!file.startsWith("\"", offset)) {
      return column;
    }
    int at = offset + 1;
    for (int i = 0; i < index; i++) {
      at += escapeLength(at);
    }
    return column + at - offset;
  }

  private int escapeLength(int at) {
    if (!file.startsWith("\\", at)) {
      return 1;
    }
    return file.startsWith("u", at + 1) ? 6 : 2;
  }
}
