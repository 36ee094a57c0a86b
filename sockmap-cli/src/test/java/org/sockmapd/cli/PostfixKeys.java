package org.sockmapd.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;

/**
 * Keys such as mail systems send, and such as they should not. None is empty or holds a newline.
 */
final class PostfixKeys {
  private static final int COUNT = 4000;
  private static final List<String> PARTS =
      List.of(
          "joe",
          "Ann",
          "+x",
          "-y",
          ".",
          "..",
          "@",
          "@",
          "example",
          "com",
          "EXAMPLE.com",
          "'",
          "''",
          "\"",
          "\\",
          "\\'",
          "%",
          "_",
          "é",
          "É",
          "ß",
          "ς",
          "Σ",
          "İ",
          "😀",
          " ",
          "\u0007",
          "\u001b",
          "\t",
          ";--",
          "/*",
          "?",
          "$1",
          ",",
          "a b",
          "10.1.2.3",
          "2001:db8::1",
          "xn--bcher-kva",
          "bücher",
          "\u00a0",
          "\ufeff",
          "0",
          "12");
  private static final List<String> FORMS =
      List.of(
          "joe%d@example.com",
          "joe%d+ext@example.com",
          "\"joe %d\"@example.com",
          "Joe.%d@Sub.Example.COM",
          "user%d@host.a.b.c.d.e.f.g",
          "host%d.example.com",
          ".sub%d.example.com",
          "@domain%d.test",
          "192.0.2.%d",
          "2001:db8::%d",
          "user%d@[192.0.2.1]",
          "o'brien%d@example.org",
          "%d",
          "typed@example.com");
  private static final List<String> VALUES =
      List.of(
          "a",
          "b@c.test",
          "@d.test",
          "e@",
          "'q'",
          "%s",
          "x,y@z.test",
          "OK",
          "REJECT no \\ way",
          "ü@ö.test",
          "relay:[10.0.0.1]:25",
          "two words");
  private static final List<String> ALL = generate();

  private PostfixKeys() {}

  private static List<String> generate() {
    Random random = new Random(7);
    LinkedHashSet<String> keys = new LinkedHashSet<>();
    while (keys.size() < COUNT) {
      keys.add(random.nextInt(3) == 0 ? mixed(random) : formed(random));
    }
    keys.removeIf(String::isBlank);
    return List.copyOf(keys);
  }

  private static String mixed(Random random) {
    StringBuilder key = new StringBuilder();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      key.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return key.toString();
  }

  private static String formed(Random random) {
    return FORMS.get(random.nextInt(FORMS.size())).formatted(random.nextInt(250));
  }

  static List<String> all() {
    return ALL;
  }

  /** A part of all keys, another one for each table. */
  static List<String> some(int table, int count) {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(ALL.get((table * count + i) % ALL.size()));
    }
    return some;
  }

  static List<String> numbers() {
    return List.of("-7", "0", "42", "007", "2147483647", "12");
  }

  static String value(Random random) {
    return VALUES.get(random.nextInt(VALUES.size()));
  }
}
