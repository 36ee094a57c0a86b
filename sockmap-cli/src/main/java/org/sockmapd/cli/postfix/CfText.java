package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.sockmapd.cli.config.Problem;

/**
 * Text of a file that may go over several lines, and where each part of it stands.
 *
 * @param parts the beginning of the text, and of each further line of it
 */
record CfText(Path file, String text, List<Part> parts) {
  CfText {
    parts = List.copyOf(parts);
  }

  /**
   * A part that stands on one line.
   *
   * @param offset where it begins in the text
   * @param line its line, from 1
   * @param column the column of its first character, from 1
   */
  record Part(int offset, int line, int column) {}

  /** No text, and no place in the file. */
  static CfText whole(Path file) {
    return new CfText(file, "", List.of(new Part(0, 0, 0)));
  }

  int line() {
    return parts.getFirst().line();
  }

  CfText substring(int begin, int end) {
    Part first = partAt(begin);
    List<Part> rest =
        parts.stream()
            .filter(part -> part.offset() > begin && part.offset() < end)
            .map(part -> new Part(part.offset() - begin, part.line(), part.column()))
            .toList();
    Part start = new Part(0, first.line(), first.column() + begin - first.offset());
    return new CfText(
        file, text.substring(begin, end), Stream.concat(Stream.of(start), rest.stream()).toList());
  }

  /** The same place with other text, of which all is said to stand at the beginning. */
  CfText with(String other) {
    return new CfText(file, other, List.of(parts.getFirst()));
  }

  /** Tells what is wrong with the character at an offset. */
  Problem problem(int offset, String name, String message) {
    Part part = partAt(offset);
    return new Problem(file, part.line(), part.column() + offset - part.offset(), name, message);
  }

  private Part partAt(int offset) {
    return parts.stream()
        .filter(part -> part.offset() <= offset)
        .reduce((former, latter) -> latter)
        .orElseThrow();
  }
}
