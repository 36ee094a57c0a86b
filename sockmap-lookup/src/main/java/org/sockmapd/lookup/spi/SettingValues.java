package org.sockmapd.lookup.spi;

import java.util.List;
import java.util.Map;

/** Shows a value of a configuration in a message. */
final class SettingValues {
  private static final int MAX_SHOWN = 60;

  private SettingValues() {}

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
