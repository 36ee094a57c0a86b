package org.sockmapd.lookup.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One object of a configuration, read setting by setting. What is wrong is reported and replaced by
 * the default, so that one reading finds every problem. A name that nobody asked for is reported by
 * {@link #finish} with the nearest name that somebody asked for. For use by one thread.
 */
public final class Settings {
  private final String path;
  private final Map<String, Object> values;
  private final Consumer<SettingProblem> problems;
  private final TreeSet<String> known = new TreeSet<>();

  /**
   * Wraps an object of a configuration.
   *
   * @param path where it stands, such as {@code postmaps[2]}; empty for the whole
   * @param values its members: {@code String}, {@code Number}, {@code Boolean}, {@code List} and
   *     {@code Map} of the same; a null is a member that is absent and must be left out
   * @param problems takes what is wrong
   */
  public Settings(String path, Map<String, Object> values, Consumer<SettingProblem> problems) {
    this.path = path;
    this.values = values;
    this.problems = problems;
  }

  /**
   * Tells where this object stands.
   *
   * @return its path; empty for the whole
   */
  public String path() {
    return path;
  }

  /**
   * Tells where a setting stands.
   *
   * @param name the setting
   * @return its path
   */
  public String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /**
   * Tells whether a setting is there, whatever its type.
   *
   * @param name the setting
   * @return true when the configuration has it
   */
  public boolean has(String name) {
    known.add(name);
    return values.containsKey(name);
  }

  /**
   * Reports a problem with a setting.
   *
   * @param name the setting
   * @param message what is wrong and what was expected
   */
  public void problem(String name, String message) {
    problems.accept(new SettingProblem(path(name), message));
  }

  /**
   * Reports a problem with a character of a text.
   *
   * @param name the setting
   * @param offset the index of the character in the text, from 0
   * @param message what is wrong and what was expected
   */
  public void problem(String name, int offset, String message) {
    problems.accept(new SettingProblem(path(name), OptionalInt.of(offset), message));
  }

  /**
   * Reads a text. A number is taken as its digits, as the Go daemon's files have ports.
   *
   * @param name the setting
   * @return the text, or empty when it is absent or not a text
   */
  public Optional<String> text(String name) {
    return read(name, "a text", SettingValues::text);
  }

  /**
   * Reads a text that must be there and not be empty.
   *
   * @param name the setting
   * @return the text; empty text when it was reported
   */
  public String requiredText(String name) {
    if (!has(name)) {
      problem(name, "missing");
      return "";
    }
    Optional<String> text = text(name);
    if (text.isPresent() && text.get().isEmpty()) {
      problem(name, "is empty");
    }
    return text.orElse("");
  }

  /**
   * Reads a whole number, given as a number or as text.
   *
   * @param name the setting
   * @param byDefault the value when it is absent or wrong
   * @param min the least allowed
   * @param max the greatest allowed
   * @return the number
   */
  public int integer(String name, int byDefault, int min, int max) {
    return read(
            name,
            "a whole number from " + min + " to " + max,
            value -> SettingValues.wholeNumber(value).filter(n -> n >= min && n <= max))
        .orElse(byDefault);
  }

  /**
   * Reads a switch.
   *
   * @param name the setting
   * @param byDefault the value when it is absent or wrong
   * @return the value
   */
  public boolean flag(String name, boolean byDefault) {
    return read(name, "true or false", SettingValues::flag).orElse(byDefault);
  }

  /**
   * Reads a time such as {@code "250ms"}, {@code "5s"}, {@code "2m"}, {@code "1h"} or {@code "1d"}.
   *
   * @param name the setting
   * @param byDefault the value when it is absent or wrong
   * @param min the least allowed
   * @param max the greatest allowed
   * @return the time
   */
  public Duration duration(String name, Duration byDefault, Duration min, Duration max) {
    String range = Durations.show(min) + " to " + Durations.show(max);
    return read(
            name,
            "a time from " + range + ", such as \"5s\" or \"250ms\"",
            value ->
                Durations.parse(value.toString())
                    .filter(time -> time.compareTo(min) >= 0 && time.compareTo(max) <= 0))
        .orElse(byDefault);
  }

  /**
   * Reads one of several words.
   *
   * @param name the setting
   * @param byDefault the value when it is absent or wrong
   * @param words the words allowed
   * @return the word
   */
  public String word(String name, String byDefault, List<String> words) {
    Optional<String> text = text(name);
    if (text.isEmpty() || words.contains(text.get())) {
      return text.orElse(byDefault);
    }
    wrong(name, "one of " + String.join(", ", words), text.get());
    return byDefault;
  }

  /**
   * Reads a list of texts. A single text is a list of one.
   *
   * @param name the setting
   * @return the texts; empty when the setting is absent or wrong
   */
  public List<String> texts(String name) {
    Object value = value(name);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    List<?> members = value instanceof List<?> list ? list : List.of(value);
    for (int i = 0; i < members.size(); i++) {
      as(name + "[" + i + "]", members.get(i), "a text", SettingValues::text).ifPresent(texts::add);
    }
    return List.copyOf(texts);
  }

  /**
   * Reads an object whose members are all texts, in their order.
   *
   * @param name the setting
   * @return the members; empty when the setting is absent or wrong
   */
  public Map<String, String> entries(String name) {
    Map<String, String> entries = new LinkedHashMap<>();
    object(name)
        .ifPresent(
            members ->
                members.values.forEach(
                    (key, value) -> members.text(key).ifPresent(text -> entries.put(key, text))));
    return entries;
  }

  /**
   * Reads an object.
   *
   * @param name the setting
   * @return the object, or empty when it is absent or not an object
   */
  public Optional<Settings> object(String name) {
    Object value = value(name);
    return value == null ? Optional.empty() : asSettings(name, value);
  }

  /**
   * Reads an array of objects.
   *
   * @param name the setting
   * @return the objects; empty when the setting is absent or not an array
   */
  public List<Settings> objects(String name) {
    return objects(name, member -> member);
  }

  /**
   * Reads an array of objects in which a text stands for an object of one member, such as {@code
   * "inet:[::1]:2224"} for {@code {"endpoint": "inet:[::1]:2224"}}.
   *
   * @param name the setting
   * @param shorthand the member that a text stands for
   * @return the objects; empty when the setting is absent or not an array
   */
  public List<Settings> objects(String name, String shorthand) {
    return objects(
        name, member -> member instanceof String text ? Map.of(shorthand, text) : member);
  }

  private List<Settings> objects(String name, UnaryOperator<Object> reading) {
    List<?> members = read(name, "an array", SettingValues::array).orElse(List.of());
    List<Settings> objects = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      asSettings(name + "[" + i + "]", reading.apply(members.get(i))).ifPresent(objects::add);
    }
    return objects;
  }

  /**
   * Names the members that are there.
   *
   * @return the names, in their order
   */
  public List<String> names() {
    return List.copyOf(values.keySet());
  }

  /** Reports every member whose name nobody has asked for. Call when all settings are read. */
  public void finish() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        problem(
            name,
            "unknown setting"
                + NearestName.of(name, known).map(n -> "; did you mean \"" + n + "\"?").orElse(""));
      }
    }
  }

  private @Nullable Object value(String name) {
    known.add(name);
    return values.get(name);
  }

  private <T> Optional<T> read(
      String name, String expected, Function<Object, Optional<T>> reading) {
    Object value = value(name);
    return value == null ? Optional.empty() : as(name, value, expected, reading);
  }

  private Optional<Settings> asSettings(String name, Object value) {
    return as(name, value, "an object", SettingValues::object)
        .map(members -> new Settings(path(name), members, problems));
  }

  /** Takes a value for what it should be, or reports what it is instead. */
  private <T> Optional<T> as(
      String name, Object value, String expected, Function<Object, Optional<T>> reading) {
    Optional<T> read = reading.apply(value);
    if (read.isEmpty()) {
      wrong(name, expected, value);
    }
    return read;
  }

  private void wrong(String name, String expected, Object got) {
    problem(name, "expected " + expected + ", got " + SettingValues.describe(got));
  }
}
