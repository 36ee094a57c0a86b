package org.sockmapd.lookup.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.search.CaseFolding;
import org.sockmapd.lookup.search.DomainFilteredTable;
import org.sockmapd.lookup.search.DomainList;
import org.sockmapd.lookup.search.FoldedTable;
import org.sockmapd.testing.Postmap;

/** The same database asked by Postfix's own {@code sqlite:} table and by ours: one answer. */
class PostfixComparisonTest {
  private static final long SEED = 20261122L;
  private static final List<String> PARTS =
      List.of(
          "joe",
          "Ann",
          "+x",
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
          "%",
          "_",
          "é",
          "É",
          "ß",
          "İ",
          "😀",
          " ",
          "\u0007",
          ";--",
          "/*",
          "?",
          ",",
          "a b");
  private static final List<String> LITERALS =
      List.of(
          "'%s'",
          "'%u'",
          "'%d'",
          "'@%d'",
          "'%u+x@%d'",
          "'%%%u'",
          "'it''s %s'",
          "'%1'",
          "'%2.%1'",
          "'%3'",
          "'%S|%U|%D'",
          "'\\%u'",
          "'%u''%d'");

  private static final List<String> VALUES =
      List.of("a", "b@c.test", "@d.test", "e@", "'q'", "%s", "x,y@z.test");

  @TempDir private static Path folder;
  private static Postmap postmap;
  private static Connection connection;

  @BeforeAll
  static void fillADatabase() throws SQLException {
    postmap = Postmap.with(Map.of());
    connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("t.db"));
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (k TEXT, v TEXT, w TEXT)");
    }
    Random random = new Random(SEED);
    connection.setAutoCommit(false);
    for (String key : keys()) {
      for (int i = random.nextInt(4); i > 0; i--) {
        insert(key, VALUES.get(random.nextInt(VALUES.size())));
      }
      if (random.nextInt(25) == 0) {
        insert(key, null);
      }
    }
    // Few: Postfix waits a tenth of a second with each warning where there is no syslog.
    keys().subList(0, 3).forEach(key -> insert(key, ""));
    connection.commit();
  }

  private static void insert(String key, @Nullable String value) {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t VALUES (?, ?, 'w')")) {
      insert.setString(1, CaseFolding.fold(key));
      insert.setString(2, value);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    postmap.close();
  }

  record Case(String query, String resultFormat, String domain) {}

  static Stream<Case> cases() {
    Random random = new Random(SEED);
    List<Case> cases = new ArrayList<>();
    for (String literal : LITERALS) {
      cases.add(new Case("SELECT " + literal, "%s", ""));
      cases.add(new Case("SELECT v, w FROM t WHERE k = " + literal + ";", format(random), ""));
      cases.add(
          new Case(
              "SELECT v FROM t WHERE k LIKE " + literal + " AND k <> 'it''s%%' -- %u ",
              format(random),
              random.nextBoolean() ? "" : "!joe, com, Example.COM"));
      cases.add(
          new Case(
              "SELECT k FROM t WHERE k = "
                  + literal
                  + " UNION SELECT lower("
                  + LITERALS.get(random.nextInt(LITERALS.size()))
                  + ") || '?'",
              format(random),
              ""));
    }
    return cases.stream();
  }

  private static String format(Random random) {
    List<String> formats =
        List.of(
            "%s", "%u", "%d", "<%s>", "%%%s", "%S=%s", "%U %D %u", "%1.%s", "%2", "OK", "%u@%D");
    return formats.get(random.nextInt(formats.size()));
  }

  private static List<String> keys() {
    Random random = new Random(SEED);
    LinkedHashSet<String> keys = new LinkedHashSet<>();
    while (keys.size() < 600) {
      StringBuilder key = new StringBuilder();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        key.append(PARTS.get(random.nextInt(PARTS.size())));
      }
      keys.add(key.toString());
    }
    return List.copyOf(keys);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersEveryKeyAsPostfixDoes(Case given) throws IOException, TemplateException {
    LookupTable ours = ours(given);
    Map<String, String> answers = new LinkedHashMap<>();
    for (String key : keys()) {
      if (ours.lookup(key) instanceof Found(String value)) {
        answers.put(key, value);
      }
    }

    assertThat(answers).isEqualTo(askPostfix(table(given), keys()));
  }

  @Test
  void foldsEveryCharacterAsPostfixDoes() throws IOException {
    List<String> characters =
        IntStream.rangeClosed(' ', 0x1ffff)
            .filter(c -> Character.isDefined(c) && Character.getType(c) != Character.SURROGATE)
            .filter(c -> c % 61 == 0 || isCased(c))
            .mapToObj(Character::toString)
            .toList();

    Map<String, String> folded =
        askPostfix(table(new Case("SELECT hex('%s')", "%s", "")), characters);

    assertThat(folded).hasSize(characters.size());
    folded.forEach(
        (character, hex) ->
            // A character that is newer than Postfix's Unicode is left as it is.
            assertThat(hex).isIn(hex(CaseFolding.fold(character)), hex(character)));
    assertThat(
            folded.entrySet().stream()
                .filter(e -> !e.getValue().equals(hex(CaseFolding.fold(e.getKey())))))
        .as("characters that only one side folds")
        .hasSizeLessThan(100);
  }

  private static boolean isCased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  private static String hex(String text) {
    return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String table(Case given) throws IOException {
    Path file = Files.createTempFile(folder, "table", ".cf");
    Files.writeString(
        file,
        "dbpath = %s%nquery = %s%nresult_format = %s%ndomain = %s%n"
            .formatted(
                folder.resolve("t.db"), given.query(), given.resultFormat(), given.domain()));
    // Postfix waits two seconds before it believes a file that was only just written.
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    return "sqlite:" + file;
  }

  private static Map<String, String> askPostfix(String table, List<String> keys) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (String line : postmap.query(table, keys).stdout().split("\n", -1)) {
      Optional<String> key = keys.stream().filter(k -> line.startsWith(k + "\t")).findFirst();
      key.ifPresent(k -> answers.put(k, line.substring(k.length() + 1)));
    }
    return answers;
  }

  private static LookupTable ours(Case given) throws TemplateException {
    QueryTemplate query = QueryTemplate.parse(given.query(), SqlQuoting.SQLITE);
    ResultFormat format = ResultFormat.parse(given.resultFormat());
    LookupTable table = key -> ask(query, format, key);
    if (!given.domain().isEmpty()) {
      table = new DomainFilteredTable(DomainList.parse(List.of(given.domain()), d -> {}), table);
    }
    return new FoldedTable(table);
  }

  private static LookupResult ask(QueryTemplate query, ResultFormat format, String key) {
    Optional<List<String>> bound = format.accepts(key) ? query.bind(key) : Optional.empty();
    RowExpansion values = format.expansion("m", key, 0, LookupEvents.NONE);
    bound.ifPresent(binds -> read(query.sql(), binds, values));
    return values.result();
  }

  private static void read(String sql, List<String> binds, RowExpansion values) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < binds.size(); i++) {
        statement.setString(i + 1, binds.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
