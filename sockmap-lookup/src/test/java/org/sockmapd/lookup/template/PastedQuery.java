package org.sockmapd.lookup.template;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A query as Postfix makes it: the text of the template with the escaped parts of the key pasted
 * into it. Written after {@code db_common_expand}, apart from the code that it judges.
 */
final class PastedQuery {
  private PastedQuery() {}

  static Optional<String> expand(String template, String key, UnaryOperator<String> escape) {
    int at = key.lastIndexOf('@');
    String user = at < 0 ? key : key.substring(0, at);
    String domain = at < 0 ? "" : key.substring(at + 1);
    String[] labels =
        Arrays.stream(domain.split("\\.", -1)).filter(l -> !l.isEmpty()).toArray(String[]::new);
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c != '%') {
        sql.append(c);
        continue;
      }
      char letter = template.charAt(++i);
      boolean lacking =
          switch (letter) {
            case 'u', 'U' -> at == 0;
            case 'd', 'D' -> domain.isEmpty();
            case '%', 's', 'S' -> false;
            default -> labels.length < letter - '0';
          };
      if (lacking || key.isEmpty()) {
        return Optional.empty();
      }
      sql.append(
          switch (letter) {
            case '%' -> "%";
            case 's', 'S' -> escape.apply(key);
            case 'u', 'U' -> escape.apply(user);
            case 'd', 'D' -> escape.apply(domain);
            default -> escape.apply(labels[labels.length - (letter - '0')]);
          });
    }
    return Optional.of(sql.toString());
  }
}
