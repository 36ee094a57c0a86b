package org.sockmapd.lookup.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.sockmapd.lookup.template.SqlToken.Kind;

/**
 * What an administrator may write as a template. Plays the kept inputs in an ordinary run; with
 * {@code JAZZER_FUZZ=1} in the environment it looks for new ones, one method a run.
 */
class QueryTemplateFuzzTest {

  /** The input is a dialect ({@code P}, {@code M} or {@code S}), a key, a newline, and a query. */
  @FuzzTest(maxDuration = "20m")
  void readsAQueryOrSaysWhereItIsWrong(byte[] input) throws TemplateException {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\n", 2);
    if (parts.length < 2 || parts[0].isEmpty()) {
      return;
    }
    try {
      QueryTemplate template = QueryTemplate.parse(parts[1], quoting(parts[0].charAt(0)));
      assertBinds(template, parts[0].substring(1), quoting(parts[0].charAt(0)));
    } catch (TemplateException e) {
      assertThat(e.offset()).isBetween(0, parts[1].length());
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  /** The input is a key, a newline, a value, a newline, and a format. */
  @FuzzTest(maxDuration = "20m")
  void readsAResultFormatOrSaysWhereItIsWrong(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\n", 3);
    if (parts.length < 3) {
      return;
    }
    try {
      ResultFormat format = ResultFormat.parse(parts[2]);
      AddressParts value = AddressParts.of(parts[1]);
      if (format.accepts(parts[0]) && format.acceptsValue(value)) {
        assertThat(format.expand(value, AddressParts.of(parts[0]))).isNotEmpty();
      }
    } catch (TemplateException e) {
      assertThat(e.offset()).isBetween(0, parts[2].length());
    }
  }

  /** Every value has its question mark, and each of those stands where SQL has a value. */
  private static void assertBinds(QueryTemplate template, String key, SqlQuoting quoting)
      throws TemplateException {
    String sql = template.sql();
    long questionMarks =
        SqlScanner.scan(sql, quoting).stream()
            .filter(token -> token.kind() == Kind.CODE)
            .map(token -> sql.substring(token.start(), token.end()).replace("??", ""))
            .flatMapToInt(String::chars)
            .filter(c -> c == '?')
            .count();
    Optional<List<String>> bound = template.bind(key);
    bound.ifPresent(values -> assertThat(values).hasSize((int) questionMarks));
    assertThat(template.usesKey()).isEqualTo(questionMarks > 0);
  }

  private static SqlQuoting quoting(char dialect) {
    return switch (dialect) {
      case 'P' -> SqlQuoting.POSTGRESQL;
      case 'M' -> SqlQuoting.MYSQL;
      default -> SqlQuoting.SQLITE;
    };
  }
}
