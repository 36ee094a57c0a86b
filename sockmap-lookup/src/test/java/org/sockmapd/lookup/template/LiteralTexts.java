package org.sockmapd.lookup.template;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How the databases read text in single quotes, apart from the code that is judged by it. */
final class LiteralTexts {
  private static final Pattern PLAIN = Pattern.compile("'((?:[^']|'')*)'");
  private static final Pattern WITH_BACKSLASHES =
      Pattern.compile("'((?:[^'\\\\]|''|\\\\.)*)'", Pattern.DOTALL);
  private static final Pattern ESCAPE = Pattern.compile("''|\\\\(.)", Pattern.DOTALL);
  private static final Map<String, String> MEANINGS =
      Map.of(
          "0", "\0", "b", "\b", "n", "\n", "r", "\r", "t", "\t", "Z", "\u001a", "%", "\\%", "_",
          "\\_");

  private LiteralTexts() {}

  /** Escapes as {@code PQescapeStringConn}, {@code mysql_real_escape_string} and {@code %q} do. */
  static String escape(String text, SqlQuoting quoting) {
    if (quoting != SqlQuoting.MYSQL) {
      return text.replace("'", "''");
    }
    return text.replace("\\", "\\\\")
        .replace("'", "\\'")
        .replace("\"", "\\\"")
        .replace("\0", "\\0")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\u001a", "\\Z");
  }

  /** Gives the text of every literal in a statement. */
  static List<String> ofAll(String sql, SqlQuoting quoting) {
    boolean backslashes = quoting == SqlQuoting.MYSQL;
    UnaryOperator<String> unescape =
        backslashes
            ? body ->
                ESCAPE
                    .matcher(body)
                    .replaceAll(m -> java.util.regex.Matcher.quoteReplacement(meaning(m)))
            : body -> body.replace("''", "'");
    return (backslashes ? WITH_BACKSLASHES : PLAIN)
        .matcher(sql)
        .results()
        .map(literal -> unescape.apply(literal.group(1)))
        .toList();
  }

  private static String meaning(MatchResult escape) {
    String c = escape.group(1);
    return c == null ? "'" : MEANINGS.getOrDefault(c, c);
  }
}
