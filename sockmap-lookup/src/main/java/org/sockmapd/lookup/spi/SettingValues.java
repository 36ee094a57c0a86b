package org.sockmapd.lookup.spi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the values of a configuration can be taken for, and how a message shows them. */
final class SettingValues {
  private static final int MAX_SHOWN = 60;

  private SettingValues() {}

  /** A number is taken as its digits. */
  static Optional<String> text(Object value) {
    return value instanceof String || value instanceof Number
        ? Optional.of(value.toString())
        : Optional.empty();
  }

  /** Text of digits is taken as the number. */
  static Optional<Integer> wholeNumber(Object value) {
    try {
      return Optional.of(Integer.parseInt(value.toString().strip()));
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }

  static Optional<Boolean> flag(Object value) {
    return value instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  static Optional<List<?>> array(Object value) {
    return value instanceof List<?> members ? Optional.of(members) : Optional.empty();
  }

  static Optional<Map<String, Object>> object(Object value) {
    if (!(value instanceof Map<?, ?> members)) {
      return Optional.empty();
    }
    Map<String, Object> named = new LinkedHashMap<>();
    members.forEach((name, member) -> named.put(String.valueOf(name), member));
    return Optional.of(named);
  }

  static String describe(Object value) {
    return switch (value) {
      case String text -> "\"" + shorten(text) + "\"";
      case List<?> list -> "an array";
      case Map<?, ?> map -> "an object";
      case Object other -> shorten(other.toString());
    };
  }

  private static String shorten(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }
}
