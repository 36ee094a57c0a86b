package org.sockmapd.lookup.template;

import java.util.ArrayList;
import java.util.List;

/** The {@code %} signs of a template, wherever they stand: Postfix expands them before SQL is. */
final class Percents {
  private Percents() {}

  /** Refuses a template with a {@code %} that Postfix would refuse. */
  static void check(String template) throws TemplateException {
    for (int at = template.indexOf('%'); at >= 0; at = template.indexOf('%', at + 2)) {
      if (at + 1 == template.length()) {
        throw new TemplateException(at, at(at, "a % ends the text", Placeholder.EXPECTED));
      }
      int letter = template.codePointAt(at + 1);
      if (letter != '%' && !Placeholder.isLetter(letter)) {
        String unknown = "unknown %" + Character.toString(letter);
        throw new TemplateException(at, at(at, unknown, Placeholder.EXPECTED));
      }
    }
  }

  /** Finds the first placeholder of a checked template, or -1. */
  static int firstPlaceholder(String template, int from, int to) {
    for (int at = template.indexOf('%', from); at >= 0 && at < to; ) {
      if (template.charAt(at + 1) != '%') {
        return at;
      }
      at = template.indexOf('%', at + 2);
    }
    return -1;
  }

  /** Lists the placeholders of a checked template. */
  static List<Placeholder> placeholders(String template) {
    List<Placeholder> placeholders = new ArrayList<>();
    int at = firstPlaceholder(template, 0, template.length());
    while (at >= 0) {
      placeholders.add(new Placeholder(template.charAt(at + 1)));
      at = firstPlaceholder(template, at + 2, template.length());
    }
    return placeholders;
  }

  /** Gives the text of a part without placeholders. */
  static String collapse(String template, int from, int to) {
    return template.substring(from, to).replace("%%", "%");
  }

  private static String at(int offset, String what, String expected) {
    return what + " at offset " + offset + " (" + expected + ")";
  }
}
