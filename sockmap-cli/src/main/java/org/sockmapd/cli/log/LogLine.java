package org.sockmapd.cli.log;

import org.jspecify.annotations.Nullable;

/** One line of the log while it is put together. For use by one thread. */
final class LogLine {
  private static final int MAX_SHOWN = 256;
  private static final int MAX_FRAMES = 16;

  private final StringBuilder text = new StringBuilder(160);

  LogLine(String what) {
    text.append(what);
  }

  /** Adds a value of our own making, which needs no quotes. */
  LogLine plain(String name, Object value) {
    begin(name).append(value);
    return this;
  }

  /** Adds a value from outside. */
  LogLine quoted(String name, String value) {
    begin(name).append('"');
    int shown = shownLength(value);
    escape(value, shown);
    text.append('"');
    return shown < value.length() ? plain("length", value.length()) : this;
  }

  /** Adds a time in milliseconds with three decimals. */
  LogLine millis(long nanos) {
    long micros = Math.max(0, nanos) / 1000;
    begin("ms").append(micros / 1000).append('.');
    long decimals = micros % 1000;
    text.append(decimals < 100 ? "0" : "").append(decimals < 10 ? "0" : "").append(decimals);
    return this;
  }

  /** Adds what was thrown, and what that was thrown for in the end. */
  LogLine cause(Throwable thrown) {
    Throwable root = root(thrown);
    quoted("cause", describe(thrown));
    return root.equals(thrown) ? this : quoted("root", describe(root));
  }

  /** Adds where something was thrown, for a defect that somebody must find. */
  LogLine trace(Throwable thrown) {
    begin("trace").append('"');
    StackTraceElement[] frames = root(thrown).getStackTrace();
    for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
      String frame = frames[i].toString();
      text.append(i == 0 ? "" : " < ");
      escape(frame, frame.length());
    }
    text.append('"');
    return this;
  }

  private StringBuilder begin(String name) {
    return text.append(' ').append(name).append('=');
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    @Nullable Throwable next = root.getCause();
    // Bounded: a chain of causes may be a ring.
    for (int i = 0; i < 20 && next != null; i++) {
      root = next;
      next = root.getCause();
    }
    return root;
  }

  private static String describe(Throwable thrown) {
    @Nullable String message = thrown.getMessage();
    String name = thrown.getClass().getSimpleName();
    return message == null ? name : name + ": " + message;
  }

  private static int shownLength(String value) {
    if (value.length() <= MAX_SHOWN) {
      return value.length();
    }
    return Character.isHighSurrogate(value.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
  }

  private void escape(String value, int end) {
    int at = 0;
    while (at < end) {
      int point = value.codePointAt(at);
      if (point == '"' || point == '\\') {
        text.append('\\').append((char) point);
      } else if (printable(point)) {
        text.appendCodePoint(point);
      } else {
        escape(point);
      }
      at += Character.charCount(point);
    }
  }

  // Format characters too: they can turn a line around on a terminal.
  private static boolean printable(int point) {
    if (point < 0x7f) {
      return point >= ' ';
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private void escape(int point) {
    for (char unit : Character.toChars(point)) {
      String digits = Integer.toHexString(unit);
      text.append("\\u").append("0".repeat(4 - digits.length())).append(digits);
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
