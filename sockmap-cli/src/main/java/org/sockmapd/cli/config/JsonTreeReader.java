package org.sockmapd.cli.config;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file of JSON: strict, but for {@linkplain JsonComments comments}. A member that stands
 * twice is a problem, not the last's win.
 */
final class JsonTreeReader {
  // Deeper than any configuration, far from the end of the stack.
  private static final int MAX_DEPTH = 32;

  private final Path file;
  private final String text;
  private final BinaryOperator<String> names;
  private final JsonReader reader;
  private final Consumer<Problem> problems;
  private final Map<String, JsonPlace> places = new HashMap<>();
  private int countedLine = 1;
  private int lineStart = 0;
  private JsonMistake expecting = JsonMistake.FILE;

  private JsonTreeReader(
      Path file, String text, BinaryOperator<String> names, Consumer<Problem> problems) {
    this.file = file;
    this.names = names;
    this.text = JsonComments.blank(text);
    this.problems = problems;
    this.reader = new JsonReader(new StringReader(this.text));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(MAX_DEPTH);
  }

  /**
   * Reads a text that must be one JSON object.
   *
   * @param names gives the name of a member from the path of its object and the name in the text
   * @return the object, or empty when the text is not JSON, which is reported
   */
  static Optional<JsonTree> read(
      Path file, String text, BinaryOperator<String> names, Consumer<Problem> problems) {
    JsonTreeReader tree = new JsonTreeReader(file, text, names, problems);
    try {
      return tree.file();
    } catch (EOFException e) {
      tree.report(tree.expecting.message() + "; the file ends too early");
    } catch (MalformedJsonException e) {
      tree.reportMistake();
    } catch (IOException e) {
      // Reading from a text cannot fail in another way.
      throw new java.io.UncheckedIOException(e);
    }
    return Optional.empty();
  }

  private Optional<JsonTree> file() throws IOException {
    if (reader.peek() != JsonToken.BEGIN_OBJECT) {
      report(JsonMistake.FILE.message());
      return Optional.empty();
    }
    Map<String, Object> root = object("");
    expecting = JsonMistake.END;
    return reader.peek() == JsonToken.END_DOCUMENT
        ? Optional.of(new JsonTree(root, Map.copyOf(places)))
        : Optional.empty();
  }

  private Map<String, Object> object(String path) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    reader.beginObject();
    while (hasNext(JsonMistake.MEMBER)) {
      member(path, members, seen);
    }
    reader.endObject();
    return members;
  }

  private void member(String path, Map<String, Object> members, Map<String, Integer> seen)
      throws IOException {
    expecting = JsonMistake.TEXT;
    String name = names.apply(path, reader.nextName());
    String at = path.isEmpty() ? name : path + "." + name;
    int line = JsonPosition.of(reader).line();
    @Nullable Integer first = seen.putIfAbsent(name, line);
    expecting = JsonMistake.VALUE;
    JsonPlace place = place();
    @Nullable Object value = value(at);
    if (first != null) {
      problems.accept(new Problem(file, line, 0, at, "stands twice; first at line " + first));
    } else if (value != null) {
      places.put(at, place);
      members.put(name, value);
    }
  }

  private List<Object> array(String path) throws IOException {
    List<Object> elements = new ArrayList<>();
    reader.beginArray();
    while (hasNext(JsonMistake.ELEMENT)) {
      String at = path + "[" + elements.size() + "]";
      JsonPlace place = place();
      places.put(at, place);
      @Nullable Object value = value(at);
      if (value == null) {
        problems.accept(
            new Problem(file, place.line(), place.column(), at, "expected a value, got null"));
      }
      elements.add(value == null ? "" : value);
    }
    reader.endArray();
    return elements;
  }

  private boolean hasNext(JsonMistake otherwise) throws IOException {
    expecting = otherwise;
    return reader.hasNext();
  }

  /** Gson has read a bracket, a quote, a word, and some numbers when it has looked at them. */
  private JsonPlace place() throws IOException {
    JsonToken token = reader.peek();
    JsonPosition next = JsonPosition.of(reader);
    int offset = lineStart(next.line()) + next.column() - 1;
    int read =
        switch (token) {
          case BEGIN_OBJECT, BEGIN_ARRAY, STRING -> 1;
          case NULL -> 4;
          case BOOLEAN -> text.startsWith("true", Math.max(0, offset - 4)) ? 4 : 5;
          default -> digitsBefore(offset);
        };
    return new JsonPlace(next.line(), next.column() - read, text, offset - read);
  }

  private int digitsBefore(int offset) {
    int start = offset;
    while (start > 0 && "+-.eE0123456789".indexOf(text.charAt(start - 1)) >= 0) {
      start--;
    }
    return offset - start;
  }

  /** Goes on from the line that was asked for before: a file may hold many thousands. */
  private int lineStart(int wanted) {
    while (countedLine < wanted) {
      lineStart = text.indexOf('\n', lineStart) + 1;
      countedLine++;
    }
    return lineStart;
  }

  private @Nullable Object value(String path) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(path);
      case BEGIN_ARRAY -> array(path);
      case BOOLEAN -> reader.nextBoolean();
      case NUMBER -> number();
      case NULL -> {
        reader.nextNull();
        yield null;
      }
      default -> {
        expecting = JsonMistake.TEXT;
        yield reader.nextString();
      }
    };
  }

  // As it was written: 2224 stays 2224, and 1e3 is not a port.
  private Object number() throws IOException {
    String digits = reader.nextString();
    try {
      return new BigDecimal(digits);
    } catch (NumberFormatException e) {
      return digits;
    }
  }

  private void reportMistake() {
    JsonPosition stopped = JsonPosition.of(reader);
    int offset = stopped.offsetIn(text);
    if (offset > 0
        && offset <= text.length()
        && stopped.column() > 1
        && expecting.stopsBehind(text.charAt(offset - 1))) {
      reportMistake(stopped.before(), offset - 1);
    } else {
      reportMistake(stopped, offset);
    }
  }

  private void reportMistake(JsonPosition at, int offset) {
    String message =
        offset < text.length() ? expecting.message(text.charAt(offset)) : expecting.message();
    problems.accept(new Problem(file, at.line(), at.column(), "", message));
  }

  private void report(String message) {
    JsonPosition at = JsonPosition.of(reader);
    problems.accept(new Problem(file, at.line(), at.column(), "", message));
  }
}
