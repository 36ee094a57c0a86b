package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.search.SearchKind;
import org.sockmapd.lookup.search.SearchPlan;
import org.sockmapd.lookup.search.SearchTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.ResultFormat;
import org.sockmapd.lookup.template.SqlQuoting;

/** What every kind of database must answer alike. The implementors say which database. */
interface SqlTableContract {

  /** The database under test, open for the whole class. */
  Database database();

  /** A connection that may write to the same database. */
  Connection writer() throws SQLException;

  SqlQuoting quoting();

  default void execute(String... statements) throws SQLException {
    try (Connection connection = writer();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** An access table with the rows given, each key, action and reason. */
  default void access(@org.jspecify.annotations.Nullable String[]... rows) throws SQLException {
    execute(
        "DROP TABLE IF EXISTS access", "CREATE TABLE access (sender TEXT, action TEXT, why TEXT)");
    try (Connection connection = writer();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO access VALUES (?, ?, ?)")) {
      for (String[] row : rows) {
        for (int i = 0; i < 3; i++) {
          insert.setString(i + 1, i < row.length ? row[i] : null);
        }
        insert.executeUpdate();
      }
    }
  }

  static @org.jspecify.annotations.Nullable String[] row(
      @org.jspecify.annotations.Nullable String... columns) {
    return columns;
  }

  default SqlTable.Builder table() {
    return SqlTable.builder("access", database());
  }

  default LookupTable actions() {
    return table().columns(columns("action", null)).build();
  }

  default LookupTable actionsWithReasons() {
    return table().columns(columns("action", "why")).build();
  }

  static TableColumns columns(
      @org.jspecify.annotations.Nullable String value,
      @org.jspecify.annotations.Nullable String reason) {
    return new TableColumns(
        "access", "sender", Optional.ofNullable(value), Optional.ofNullable(reason));
  }

  @Test
  default void findsTheValueOfAKey() throws Exception {
    access(row("a@example.com", "OK"), row("b@example.com", "REJECT"));
    assertThat(actions().lookup("b@example.com")).isEqualTo(new Found("REJECT"));
  }

  @Test
  default void doesNotFindAKeyThatIsNotThere() throws Exception {
    access(row("a@example.com", "OK"));
    assertThat(actions().lookup("b@example.com")).isEqualTo(new NotFound());
  }

  @Test
  default void appendsTheReasonAfterOneSpace() throws Exception {
    access(row("a", "REJECT", "no spam, please"));
    assertThat(actionsWithReasons().lookup("a")).isEqualTo(new Found("REJECT no spam, please"));
  }

  @Test
  default void leavesAnAbsentReasonOutWithoutAStraySpace() throws Exception {
    access(row("null", "OK", null), row("empty", "OK", ""));
    assertThat(actionsWithReasons().lookup("null")).isEqualTo(new Found("OK"));
    assertThat(actionsWithReasons().lookup("empty")).isEqualTo(new Found("OK"));
  }

  @Test
  default void answersWithTheKeyOfTheRowWhenThereIsNoValueColumn() throws Exception {
    access(row("a@example.com", null));
    LookupTable keysOnly = table().columns(columns(null, null)).build();
    assertThat(keysOnly.lookup("a@example.com")).isEqualTo(new Found("a@example.com"));
    assertThat(keysOnly.lookup("b@example.com")).isEqualTo(new NotFound());
  }

  @Test
  default void passesOverARowWhoseValueIsNullAndReportsIt() throws Exception {
    access(row("a", null, "why not"));
    RecordedEvents events = new RecordedEvents();
    LookupTable table = table().columns(columns("action", "why")).events(events).build();
    assertThat(table.lookup("a")).isEqualTo(new NotFound());
    assertThat(events.of("null")).containsExactly("null access a");
  }

  @Test
  default void passesOverARowWhoseValueIsEmptyAndReportsIt() throws Exception {
    access(row("a", "", "why not"), row("a", "OK", null));
    RecordedEvents events = new RecordedEvents();
    LookupTable table = table().columns(columns("action", "why")).events(events).build();
    assertThat(table.lookup("a")).isEqualTo(new Found("OK"));
    assertThat(events.of("empty")).containsExactly("empty access a");
  }

  @Test
  default void joinsTheValuesOfAllRowsWithCommas() throws Exception {
    access(row("list", "a", "1"), row("list", null), row("list", "b"), row("other", "c"));
    assertThat(found(actionsWithReasons().lookup("list")).split(","))
        .containsExactlyInAnyOrder("a 1", "b");
  }

  @Test
  default void looksTheEmptyKeyUp() throws Exception {
    access(row("", "DISCARD"));
    assertThat(actions().lookup("")).isEqualTo(new Found("DISCARD"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "o'brien@example.com",
        "o''brien",
        "a\"b\"c",
        "back\\slash\\",
        "\\'; DROP TABLE access; --",
        "100%",
        "_ser%",
        "a;--",
        "`tick`",
        "$1 ? :name {d}",
        "smile \uD83D\uDE00@example.com",
        "ümläut@éxample.com",
        "line\nbreak\ttab\r",
        "a b, c: d",
        "<>",
        "*"
      })
  default void looksAnyTextUpAsThatText(String key) throws Exception {
    access(row(key, "that key"), row("other", "other"));
    assertThat(actions().lookup(key)).isEqualTo(new Found("that key"));
    assertThat(actions().lookup(key + key)).isEqualTo(new NotFound());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"' OR '1'='1", "%", "\\' OR 1=1 --", "\" OR \"\"=\"", "x' UNION SELECT 1"})
  default void takesNoKeyForSql(String key) throws Exception {
    access(row("a", "1"), row("b", "2"));
    assertThat(actions().lookup(key)).isEqualTo(new NotFound());
  }

  @Test
  default void looksTenThousandBytesUp() throws Exception {
    String key = "k".repeat(10_000);
    access(row(key, "long"));
    assertThat(actions().lookup(key)).isEqualTo(new Found("long"));
    assertThat(actions().lookup(key.substring(1))).isEqualTo(new NotFound());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nul\0", "\0", "half \uD83D", "\uDE00 half"})
  default void doesNotAskForAKeyThatNoRowCanHave(String key) throws Exception {
    access(row("a", "1"));
    RecordedEvents events = new RecordedEvents();
    LookupTable table = table().columns(columns("action", null)).events(events).build();
    assertThat(table.lookup(key)).isEqualTo(new NotFound());
    assertThat(events.lines).isEmpty();
  }

  @Test
  default void returnsLongAndForeignValuesUnchanged() throws Exception {
    String value = "ä\uD83D\uDE00'\"\\%s," + "v".repeat(50_000);
    access(row("a", value));
    assertThat(actions().lookup("a")).isEqualTo(new Found(value));
  }

  static Stream<String> reservedNames() {
    return Stream.of("select", "order by", "Mixed", "it's", "naïve");
  }

  @ParameterizedTest
  @MethodSource("reservedNames")
  default void quotesNamesOfTablesAndColumns(String name) throws Exception {
    String q = quoting() == SqlQuoting.MYSQL ? "`" : "\"";
    String quoted = q + name + q;
    execute(
        "DROP TABLE IF EXISTS " + quoted,
        "CREATE TABLE " + quoted + " (" + quoted + " VARCHAR(50), v VARCHAR(50))",
        "INSERT INTO " + quoted + " VALUES ('k', 'v')");
    TableColumns columns = new TableColumns(name, name, Optional.of("v"), Optional.of(name));
    assertThat(table().columns(columns).build().lookup("k")).isEqualTo(new Found("v k"));
  }

  @Test
  default void anUnknownTableIsATemporaryFailureReportedOnce() {
    assertFailsOnce(new TableColumns("no_such", "k", Optional.of("v"), Optional.empty()));
  }

  @Test
  default void anUnknownValueColumnIsATemporaryFailureReportedOnce() throws Exception {
    access(row("a", "OK"));
    assertFailsOnce(columns("no_such", null));
  }

  @Test
  default void anUnknownKeyColumnIsATemporaryFailureReportedOnce() throws Exception {
    access(row("a", "OK"));
    assertFailsOnce(new TableColumns("access", "a", Optional.of("action"), Optional.empty()));
  }

  private void assertFailsOnce(TableColumns columns) {
    RecordedEvents events = new RecordedEvents();
    LookupTable table = table().columns(columns).events(events).build();
    for (String key : List.of("a", "b", "a")) {
      assertThat(table.lookup(key)).isEqualTo(new TemporaryFailure("lookup failed"));
    }
    assertThat(events.lines).containsExactly("failing access");
  }

  @Test
  default void aMapRecoversWhenItsTableIsMade() throws Exception {
    execute("DROP TABLE IF EXISTS access");
    RecordedEvents events = new RecordedEvents();
    LookupTable table = table().columns(columns("action", null)).events(events).build();
    assertThat(table.lookup("a")).isInstanceOf(TemporaryFailure.class);
    access(row("a", "OK"));
    assertThat(table.lookup("a")).isEqualTo(new Found("OK"));
    assertThat(events.lines)
        .containsExactly("failing access", "queried access [a] 1", "recovered access");
  }

  @Test
  default void answersAfterItsTableWasChanged() throws Exception {
    access(row("a", "1"));
    LookupTable table = actions();
    for (int i = 0; i < 10; i++) {
      assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    }
    execute(
        "DROP TABLE access",
        "CREATE TABLE access (why INTEGER, action VARCHAR(10), extra TEXT, sender VARCHAR(20))",
        "INSERT INTO access (sender, action) VALUES ('a', '2')");
    assertThat(table.lookup("a")).isEqualTo(new Found("2"));
  }

  @Test
  default void findsTheFirstOfSeveralKeysWithOneStatement() throws Exception {
    access(row("@example.com", "3"), row("example.com", "4"), row("bob@example.com", null));
    RecordedEvents events = new RecordedEvents();
    LookupTable table = table().columns(columns("action", "why")).events(events).build();
    List<String> keys =
        List.of("bob+x@example.com", "bob@example.com", "@example.com", "example.com", "com");
    assertThat(table.lookupFirst(keys))
        .isEqualTo(new LookupTable.FirstMatch("@example.com", new Found("3")));
    assertThat(events.of("queried")).hasSize(1);
    assertThat(events.of("null")).containsExactly("null access bob@example.com");
  }

  @Test
  default void findsNoneOfSeveralKeys() throws Exception {
    access(row("x", "1"));
    assertThat(actions().lookupFirst(List.of("a", "b\0", "c")))
        .isEqualTo(new LookupTable.FirstMatch("c", new NotFound()));
  }

  @Test
  default void findsTheFirstOfVeryManyKeys() throws Exception {
    access(row("key 40", "forty"), row("key 41", "forty-one"), row("key 41", "again"));
    List<String> keys = IntStream.range(0, 100).mapToObj(i -> "key " + i).toList();
    assertThat(actions().lookupFirst(keys))
        .isEqualTo(new LookupTable.FirstMatch("key 40", new Found("forty")));
    assertThat(actions().lookupFirst(keys.reversed()).key()).isEqualTo("key 41");
    assertThat(found(actions().lookupFirst(keys.reversed()).result()).split(","))
        .containsExactlyInAnyOrder("forty-one", "again");
  }

  @Test
  default void asksForEveryNetworkAroundAnAddressWithOneStatement() throws Exception {
    access(row("10.0.0.0/8", "eight"), row("10.1.0.0/16", "sixteen"), row("2001:db8::/32", "six"));
    RecordedEvents events = new RecordedEvents();
    LookupTable table = table().columns(columns("action", null)).events(events).build();
    LookupTable network =
        SearchTable.builder(SearchPlan.builder(SearchKind.NETWORK).build(), table).build();
    assertThat(network.lookup("10.1.2.3")).isEqualTo(new Found("sixteen"));
    assertThat(network.lookup("10.2.2.3")).isEqualTo(new Found("eight"));
    assertThat(network.lookup("2001:db8:1:2:3:4:5:6")).isEqualTo(new Found("six"));
    assertThat(network.lookup("192.0.2.1")).isEqualTo(new NotFound());
    assertThat(events.of("queried")).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20, 60, 200})
  default void findsAmongSeveralKeysWhatSingleLookupsFind(int count) throws Exception {
    access(row("A", "upper"), row("a", "lower"), row("a ", "blank"), row("ä", "umlaut"));
    for (String key : List.of("A", "a", "a ", "ä", "Ä", "b")) {
      List<String> keys = new ArrayList<>(Collections.nCopies(count - 2, "none"));
      keys.addAll(List.of(key, "A"));
      LookupTable.FirstMatch together = actions().lookupFirst(keys);
      LookupTable single = new OneByOne(actions());
      assertThat(sorted(together.result())).isEqualTo(sorted(single.lookupFirst(keys).result()));
      assertThat(together.key()).isEqualTo(single.lookupFirst(keys).key());
    }
  }

  /** Leaves the search for several keys to the interface. */
  record OneByOne(LookupTable table) implements LookupTable {
    @Override
    public LookupResult lookup(String key) {
      return table.lookup(key);
    }
  }

  private static List<String> sorted(LookupResult result) {
    return Stream.of(found(result).split(",")).sorted().toList();
  }

  @Test
  default void aFailureEndsTheSearchForSeveralKeys() {
    LookupTable table =
        table()
            .columns(new TableColumns("no_such", "k", Optional.empty(), Optional.empty()))
            .build();
    assertThat(table.lookupFirst(List.of("a", "b")).result())
        .isEqualTo(new TemporaryFailure("lookup failed"));
  }

  @Test
  default void checksATableWithAndWithoutAnIndex() throws Exception {
    execute(
        "DROP TABLE IF EXISTS plain",
        "DROP TABLE IF EXISTS indexed",
        "DROP TABLE IF EXISTS keyed",
        "CREATE TABLE plain (k VARCHAR(50), v VARCHAR(50))",
        "CREATE TABLE indexed (k VARCHAR(50), v VARCHAR(50))",
        "CREATE INDEX first_of_two ON indexed (k, v)",
        "CREATE TABLE keyed (k VARCHAR(50) PRIMARY KEY, v VARCHAR(50))");
    assertThat(check("plain", "k", "v").problem()).isEmpty();
    assertThat(check("plain", "k", "v").keyIndexed()).contains(false);
    assertThat(check("indexed", "k", "v").keyIndexed()).contains(true);
    assertThat(check("indexed", "v", "k").keyIndexed()).contains(false);
    assertThat(check("keyed", "k", "v").keyIndexed()).contains(true);
    assertThat(check("plain", "k", "no_such").problem()).isPresent();
    assertThat(check("plain", "no_such", "v").problem()).isPresent();
    assertThat(check("no_such", "k", "v").problem()).isPresent();
  }

  private TableReport check(String table, String key, String value) {
    TableColumns columns = new TableColumns(table, key, Optional.of(value), Optional.empty());
    List<TableReport> reports = table().columns(columns).build().check();
    assertThat(reports).hasSize(1);
    return reports.getFirst();
  }

  @Test
  default void checksAQueryWithoutExecutingIt() throws Exception {
    access(row("a", "1"));
    SqlTable good =
        table()
            .query(QueryTemplate.parse("SELECT action FROM access WHERE sender = '%s'", quoting()))
            .build();
    SqlTable bad = table().query(QueryTemplate.parse("SELECT x FROM nowhere", quoting())).build();
    assertThat(good.check().getFirst().problem()).isEmpty();
    assertThat(bad.check().getFirst().problem()).isPresent();
    assertThat(database().check().getFirst().problem()).isEmpty();
  }

  @Test
  default void answersFromAQueryWithTheKeyInItsLiterals() throws Exception {
    access(row("@example.com", "catch-all"), row("bob", "local part"));
    LookupTable table =
        query("SELECT action FROM access WHERE sender = '@%d' OR sender = '%u' ORDER BY action");
    assertThat(table.lookup("bob@example.com")).isEqualTo(new Found("catch-all,local part"));
    assertThat(table.lookup("eve@example.com")).isEqualTo(new Found("catch-all"));
    assertThat(table.lookup("eve@example.org")).isEqualTo(new NotFound());
    assertThat(table.lookup("no domain")).isEqualTo(new NotFound());
  }

  @Test
  default void formatsAndLimitsTheValuesOfAQuery() throws Exception {
    access(row("k", "a@x"), row("k", "b@x"), row("one", "a@x"));
    LookupTable table =
        table()
            .query(QueryTemplate.parse("SELECT action FROM access WHERE sender = '%s'", quoting()))
            .resultFormat(ResultFormat.parse("<%u>"))
            .expansionLimit(1)
            .build();
    assertThat(table.lookup("one")).isEqualTo(new Found("<a>"));
    assertThat(table.lookup("k")).isInstanceOf(TemporaryFailure.class);
  }

  private LookupTable query(String query) throws Exception {
    return table().query(QueryTemplate.parse(query, quoting())).build();
  }

  private static String found(LookupResult result) {
    assertThat(result).isInstanceOf(Found.class);
    return ((Found) result).value();
  }
}
