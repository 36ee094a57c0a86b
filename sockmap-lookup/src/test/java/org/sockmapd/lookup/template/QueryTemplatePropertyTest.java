package org.sockmapd.lookup.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A bound value is what the database would have read if Postfix had pasted the key. */
class QueryTemplatePropertyTest {

  @Property(tries = 3000)
  void bindsWhatPostgresAndSqliteReadFromThePastedQuery(
      @ForAll("plainBodies") List<String> bodies, @ForAll("keys") String key)
      throws TemplateException {
    for (SqlQuoting quoting : List.of(SqlQuoting.POSTGRESQL, SqlQuoting.SQLITE)) {
      assertBindsWhatIsPasted(bodies, key, quoting);
    }
  }

  @Property(tries = 3000)
  void bindsWhatMySqlReadsFromThePastedQuery(
      @ForAll("mysqlBodies") List<String> bodies, @ForAll("keys") String key)
      throws TemplateException {
    assertBindsWhatIsPasted(bodies, key, SqlQuoting.MYSQL);
  }

  private static void assertBindsWhatIsPasted(List<String> bodies, String key, SqlQuoting quoting)
      throws TemplateException {
    String query = "SELECT '" + String.join("', '", bodies) + "'";
    QueryTemplate template = QueryTemplate.parse(query, quoting);

    Optional<List<String>> pasted =
        PastedQuery.expand(query, key, part -> LiteralTexts.escape(part, quoting))
            .map(sql -> LiteralTexts.ofAll(sql, quoting));

    assertThat(template.bind(key)).isEqualTo(pasted);
    assertThat(template.sql()).isEqualTo("SELECT " + "?, ".repeat(bodies.size() - 1) + "?");
  }

  @Provide
  Arbitrary<List<String>> plainBodies() {
    return bodies(
        "a", " ", "''", "\"", "\\", "%%", "?", ";", "--", "/*", "#", "$$", "é", "😀", "@");
  }

  @Provide
  Arbitrary<List<String>> mysqlBodies() {
    return bodies(
        "a", " ", "''", "\"", "\\\\", "\\'", "\\n", "\\%%", "\\_", "\\x", "%%", "?", ";", "-- ",
        "/*", "#", "`", "é", "😀", "@");
  }

  /** Texts between quotes, each with at least one placeholder. */
  private static Arbitrary<List<String>> bodies(String... texts) {
    Arbitrary<String> text = Arbitraries.of(texts).list().ofMaxSize(4).map(l -> String.join("", l));
    Arbitrary<String> body =
        Combinators.combine(text, placeholders(), text, placeholders(), text)
            .as((a, p, b, q, c) -> a + p + b + q + c);
    return body.list().ofMinSize(1).ofMaxSize(3);
  }

  private static Arbitrary<String> placeholders() {
    return Arbitraries.of("%s", "%u", "%d", "%S", "%U", "%D", "%1", "%2", "%3", "%9");
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.of(
            "joe", "@", ".", "..", "example", "com", "'", "''", "\\", "\"", "%", "%s", "_", "é",
            "😀", "+x", " ", "\n", "\t", ";--", "/*", "$$", "?", ",")
        .list()
        .ofMaxSize(7)
        .map(parts -> String.join("", parts));
  }
}
