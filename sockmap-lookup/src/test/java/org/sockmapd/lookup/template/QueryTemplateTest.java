package org.sockmapd.lookup.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sockmapd.lookup.template.SqlQuoting.MYSQL;
import static org.sockmapd.lookup.template.SqlQuoting.POSTGRESQL;
import static org.sockmapd.lookup.template.SqlQuoting.SQLITE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QueryTemplateTest {
  private static final String KEY = "Joe+x@mail.example.com";

  @ParameterizedTest
  @EnumSource
  void bindsEachLiteralThatHoldsAPlaceholder(SqlQuoting quoting) throws TemplateException {
    QueryTemplate template =
        QueryTemplate.parse(
            "SELECT goto FROM alias WHERE (address = '%s' OR address='@%d') AND active = '1';",
            quoting);

    assertThat(template.sql())
        .isEqualTo("SELECT goto FROM alias WHERE (address = ? OR address=?) AND active = '1'");
    assertThat(template.bind(KEY)).hasValue(List.of(KEY, "@mail.example.com"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "'%s',               Joe+x@mail.example.com",
        "'%S',               Joe+x@mail.example.com",
        "'%u|%U',            Joe+x|Joe+x",
        "'%d|%D',            mail.example.com|mail.example.com",
        "'%1.%2.%3',         com.example.mail",
        "'%%@%s',            %@Joe+x@mail.example.com",
        "'%u+%%',            Joe+x+%",
        "'it''s %u',         it's Joe+x",
        "%s,                 Joe+x@mail.example.com",
        "'100%%%u''',        100%Joe+x'",
      })
  void composesTheValueThatTheLiteralWouldHave(String literal, String value)
      throws TemplateException {
    for (SqlQuoting quoting : SqlQuoting.values()) {
      QueryTemplate template = QueryTemplate.parse("SELECT v WHERE k = " + literal, quoting);

      assertThat(template.sql()).isEqualTo("SELECT v WHERE k = ?");
      assertThat(template.bind(KEY)).hasValue(List.of(value));
    }
  }

  @Test
  void readsBackslashesAndBothQuotesInMySql() throws TemplateException {
    assertThat(bound(MYSQL, "'a\\n\\t\\\\\\'\\\"\\0\\b\\r\\Z\\q%u'"))
        .containsExactly("a\n\t\\'\"\0\b\r\u001aqJoe+x");
    assertThat(bound(MYSQL, "\"it's \"\"%u\"\"\"")).containsExactly("it's \"Joe+x\"");
    assertThat(bound(MYSQL, "N'%u'")).containsExactly("Joe+x");
  }

  @Test
  void leavesEscapedWildcardsEscapedInMySql() throws TemplateException {
    assertThat(bound(MYSQL, "'\\_\\%%%u%%'")).containsExactly("\\_\\%Joe+x%");
  }

  @Test
  void takesABackslashForItselfOutsideMySql() throws TemplateException {
    assertThat(bound(POSTGRESQL, "'\\n%u'")).containsExactly("\\nJoe+x");
    assertThat(bound(SQLITE, "'\\n%u\\'")).containsExactly("\\nJoe+x\\");
  }

  @Test
  void readsEveryQuotingOfPostgreSql() throws TemplateException {
    assertThat(bound(POSTGRESQL, "E'a\\n\\'\\x41\\101\\u0042\\U0001F600\\q\\%%''%u'"))
        .containsExactly("a\n'AAB\uD83D\uDE00q%'Joe+x");
    assertThat(bound(POSTGRESQL, "U&'\\0041\\+01F600\\\\''%u'"))
        .containsExactly("A\uD83D\uDE00\\'Joe+x");
    assertThat(bound(POSTGRESQL, "$$it's '' %u \\n$$")).containsExactly("it's '' Joe+x \\n");
    assertThat(bound(POSTGRESQL, "$q$ $$ %u $q$")).containsExactly(" $$ Joe+x ");
  }

  @Test
  void leavesLiteralsWithoutPlaceholdersAsTheyAre() throws TemplateException {
    assertThat(sql(POSTGRESQL, "E'\\n%%' || U&'\\0041' || $x$ %% $x$ || X'1f' || 'it''s'"))
        .isEqualTo("E'\\n%' || U&'\\0041' || $x$ % $x$ || X'1f' || 'it''s'");
    assertThat(sql(MYSQL, "CONCAT(_utf8'a', 'b\\'%%', \"c\"\"\", `d%%`)"))
        .isEqualTo("CONCAT(_utf8'a', 'b\\'%', \"c\"\"\", `d%`)");
    assertThat(sql(SQLITE, "'a\\' || \"b\" || [c'%%] || `d`"))
        .isEqualTo("'a\\' || \"b\" || [c'%] || `d`");
  }

  @Test
  void keepsThePartsOfAQueryThatFollowAPlaceholder() throws TemplateException {
    assertThat(sql(POSTGRESQL, "'%s'::inet <<= net AND host('%s') = lower('%u') UNION (SELECT 1)"))
        .isEqualTo("?::inet <<= net AND host(?) = lower(?) UNION (SELECT 1)");
    assertThat(sql(MYSQL, "'%s' REGEXP pattern")).isEqualTo("? REGEXP pattern");
    assertThat(sql(MYSQL, "a %% 2 = 0 AND b = '%s'")).isEqualTo("a % 2 = 0 AND b = ?");
  }

  @Test
  void castsWhatFollowsATypeNameInPostgreSql() throws TemplateException {
    assertThat(sql(POSTGRESQL, "net >>= inet '%s'")).isEqualTo("net >>= CAST(? AS inet)");
    assertThat(sql(POSTGRESQL, "net >>= inet '10.0.0.1' AND x = '%s'"))
        .isEqualTo("net >>= inet '10.0.0.1' AND x = ?");
  }

  @Test
  void doublesTheQuestionMarksOfPostgreSqlOutsideQuotes() throws TemplateException {
    assertThat(sql(POSTGRESQL, "attributes ? 'a?' AND k = '%s?'"))
        .isEqualTo("attributes ?? 'a?' AND k = ?");
    assertThat(bound(POSTGRESQL, "'%u?'")).containsExactly("Joe+x?");
  }

  @Test
  void dropsCommentsWithThePlaceholdersInThem() throws TemplateException {
    assertThat(sql(POSTGRESQL, "k -- '%s\n = /* a /* %s */ ' */ '%u' -- end"))
        .isEqualTo("k   =   ?");
    assertThat(sql(MYSQL, "k # '%s\n = '%u' -- '\n AND 5--3=8")).isEqualTo("k   = ?   AND 5--3=8");
    assertThat(sql(SQLITE, "k --'%s\n = '%u'")).isEqualTo("k   = ?");
  }

  @Test
  void keepsCommentsThatTheDatabaseReads() throws TemplateException {
    assertThat(sql(MYSQL, "/*!50000 1 + */ k = '%s'")).isEqualTo("/*!50000 1 + */ k = ?");
    assertThat(sql(POSTGRESQL, "/*+ SeqScan(t) */ k = '%s'")).isEqualTo("/*+ SeqScan(t) */ k = ?");
  }

  @Test
  void dropsASemicolonAndCommentsAtTheEnd() throws TemplateException {
    assertThat(QueryTemplate.parse(" SELECT '%s' ; -- that's it\n ;", MYSQL).sql())
        .isEqualTo("SELECT ?");
  }

  @Test
  void offersBoundTextsWhoseTypeNeedsNoGuess() throws TemplateException {
    QueryTemplate template = QueryTemplate.parse("SELECT concat('%u', '!', %d)", POSTGRESQL);

    assertThat(template.sqlWithTextCasts())
        .isEqualTo("SELECT concat(CAST(? AS text), '!', CAST(? AS text))");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      nullValues = "-",
      value = {
        "%s, joe,              joe",
        "%s, joe@,             joe@",
        "%s, @example.com,     @example.com",
        "%u, joe,              joe",
        "%u, joe@,             joe",
        "%u, @example.com,     -",
        "%u, a@b@example.com,  a@b",
        "%d, a@b@example.com,  example.com",
        "%d, joe,              -",
        "%d, joe@,             -",
        "%d, @example.com,     example.com",
        "%1, joe,              -",
        "%1, joe@com,          com",
        "%2, joe@com,          -",
        "%2, joe@example.com,  example",
        "%2, joe@a..com,       a",
        "%1, joe@com.,         com",
        "%2, joe@.com,         -",
        "%1, joe@.,            -",
        "%3, @a.b.c,           a",
        "%9, x@1.2.3.4.5.6.7.8.9, 1",
      })
  void suppressesKeysThatLackAPartAsPostfixDoes(String part, String key, String value)
      throws TemplateException {
    QueryTemplate template = QueryTemplate.parse("SELECT '" + part + "'", SQLITE);

    if (value == null) {
      assertThat(template.bind(key)).isEmpty();
    } else {
      assertThat(template.bind(key)).hasValue(List.of(value));
    }
  }

  @Test
  void suppressesTheEmptyKeyEvenWithoutAPlaceholder() throws TemplateException {
    QueryTemplate template = QueryTemplate.parse("SELECT 1", SQLITE);

    assertThat(template.bind("")).isEmpty();
    assertThat(template.bind("x")).hasValue(List.of());
    assertThat(template.usesKey()).isFalse();
  }

  @Test
  void countsThePlaceholdersInCommentsForSuppressionAsPostfixDoes() throws TemplateException {
    QueryTemplate template = QueryTemplate.parse("SELECT '%s' -- not for %d-less keys", SQLITE);

    assertThat(template.bind("joe")).isEmpty();
    assertThat(template.bind("joe@x")).hasValue(List.of("joe@x"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "WHERE k='%q'  | 16 | unknown %q at offset 16 (expected %s, %u, %d, %S, %U, %D, %1-%9 or %%)",
        "k LIKE '%'    | 15 | unknown %' at offset 15 (expected %s, %u, %d, %S, %U, %D, %1-%9 or %%)",
        "100%          | 10 | a % ends the text at offset 10 (expected %s, %u, %d, %S, %U, %D, %1-%9 or %%)",
        "'%0'          | 8  | unknown %0 at offset 8 (expected %s, %u, %d, %S, %U, %D, %1-%9 or %%)",
        "'%s           | 7  | ' at offset 7 is never closed",
        "/* '%s'       | 7  | the comment at offset 7 is never closed",
        "'%s'; SELECT 2| 12 | a second statement begins (expected one query) at offset 12",
        "'%s' FROM %u  | 17 | %u as a part of a name or as a table: a value cannot be bound there at offset 17",
        "a FROM t_%d   | 16 | %d as a part of a name or as a table: a value cannot be bound there at offset 16",
        "X'%s'         | 9  | %s inside a literal with a prefix X': a value cannot be bound there at offset 9",
      })
  void saysWhereAQueryIsWrong(String rest, int offset, String message) {
    for (SqlQuoting quoting : SqlQuoting.values()) {
      assertRefused(quoting, rest, offset, message);
    }
  }

  @Test
  void refusesAPlaceholderInAnIdentifier() {
    String where = "%s inside a quoted identifier";
    assertRefused(
        POSTGRESQL,
        "\"%s\"",
        8,
        where + "; a text stands in single quotes: a value cannot be bound there at offset 8");
    assertRefused(
        SQLITE,
        "[%s]",
        8,
        where + "; a text stands in single quotes: a value cannot be bound there at offset 8");
    assertRefused(MYSQL, "`%s`", 8, where + ": a value cannot be bound there at offset 8");
  }

  @Test
  void refusesWhatNoBoundValueCanStandFor() {
    assertRefused(
        MYSQL,
        "_utf8'%s'",
        13,
        "%s inside a literal with a prefix _utf8': a value cannot be bound there at offset 13");
    assertRefused(
        MYSQL,
        "/*! '%s' */",
        12,
        "%s inside a comment that the database reads: a value cannot be bound there at offset 12");
    assertRefused(
        MYSQL, "'\\%s'", 8, "escape at offset 8: the backslash would change what %s stands for");
    assertRefused(
        POSTGRESQL,
        "E'\\xe9%s'",
        9,
        "escape at offset 9: write a character that is not ASCII as itself, not as its bytes");
    assertRefused(
        POSTGRESQL, "U&'\\00%s'", 10, "escape at offset 10: expected 4 hexadecimal digits");
    assertRefused(
        POSTGRESQL,
        "U&'!0041%s' UESCAPE '!'",
        18,
        "UESCAPE after a literal with a placeholder at offset 18");
    assertRefused(POSTGRESQL, "$a$ %s $b$", 7, "$a$ at offset 7 is never closed");
    assertRefused(
        SQLITE,
        "?, '%s'",
        7,
        "a ? outside quotes (expected %s or another placeholder) at offset 7");
  }

  @Test
  void refusesAQueryOfCommentsOnly() {
    assertThatThrownBy(() -> QueryTemplate.parse(" ; -- nothing", SQLITE))
        .isInstanceOf(TemplateException.class)
        .hasMessage("holds no statement");
  }

  private static void assertRefused(SqlQuoting quoting, String rest, int offset, String message) {
    assertThatThrownBy(() -> QueryTemplate.parse("SELECT " + rest, quoting))
        .isInstanceOfSatisfying(
            TemplateException.class, e -> assertThat(e.offset()).isEqualTo(offset))
        .hasMessage(message);
  }

  private static String sql(SqlQuoting quoting, String condition) throws TemplateException {
    return QueryTemplate.parse(condition, quoting).sql();
  }

  private static List<String> bound(SqlQuoting quoting, String literal) throws TemplateException {
    QueryTemplate template = QueryTemplate.parse("SELECT " + literal, quoting);
    assertThat(template.sql()).isEqualTo("SELECT ?");
    return template.bind(KEY).orElseThrow();
  }
}
