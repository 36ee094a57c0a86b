package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong in a configuration is told with its line and column, down to the character. */
class BadConfigurationTest {
  private static final String POSTGRESQL = "{\"type\": \"postgresql\", \"host\": \"h\"";
  private static final String MYSQL = "{\"type\": \"mysql\", \"host\": \"h\"";

  @TempDir private Path folder;

  // The character that is wrong stands behind the mark.
  static Stream<Arguments> mistakes() {
    return Stream.of(
        query("SELECT '¶%q'", "query: unknown %q"),
        query("SELECT 'é😀¶%x'", "query: unknown %x"),
        query("SELECT \\\"a\\\" , '\\u0041\\n¶%Q'", "query: unknown %Q"),
        query("SELECT v FROM t WHERE k = '¶%0'", "query: unknown %0"),
        query("SELECT 'a¶%", "query: a % ends the text"),
        query("SELECT ¶'a", "query: ' at offset 7 is never closed"),
        query("SELECT 1 ¶/* a", "query: the comment at offset 9 is never closed"),
        query("SELECT 1;¶ SELECT 2", "query: a second statement begins"),
        query("SELECT v FROM ¶%s", "query: %s as a part of a name"),
        query("SELECT v FROM t_¶%d", "query: %d as a part of a name"),
        query("SELECT \\\"¶%u\\\" FROM t", "query: %u inside a quoted identifier"),
        query("SELECT E'¶\\\\%u'", "query: escape"),
        query("SELECT x'¶%s'", "query: %s inside a literal with a prefix"),
        query("SELECT ¶$$%s", "query: $$ at offset 7 is never closed"),
        mysql("SELECT `¶%s` FROM t", "query: %s inside a quoted identifier"),
        mysql("SELECT 1 /*! ¶%s */", "query: %s inside a comment"),
        mysql("SELECT ¶? FROM t", "query: a ? outside quotes"),
        postmap(
            "\"query\": \"SELECT 1\", \"result_format\": \"<¶%z>\"", "result_format: unknown %z"),
        postmap("\"query\": ¶\"\"", "query: is empty"),
        postmap("\"query\": \"SELECT 1\", \"expansion_limit\": ¶-1", "expansion_limit: expected"),
        column("\"search\": ¶\"adress\"", "search: expected one of"),
        column("\"search\":\n   ¶true", "search: expected a text"),
        column("\"domain\": ¶\"/nowhere/domains\"", "domain: cannot read \"/nowhere/domains\""),
        column("\"domain\": ¶\"/x\\u0000\"", "domain: \"/x\\u0000\" is no path: Nul character"),
        column("\"domain\": ¶\"hash:/etc/domains\"", "domain: \"hash:/etc/domains\" is a table"),
        column("\"fold_case\": ¶\"no\"", "fold_case: expected"),
        column("\"parent_domain_style\": ¶\"bare\"", "parent_domain_style: has no effect"),
        column(
            "\"search\": \"address\", \"local_domains_map\": ¶\"gone\"", "local_domains_map: no"),
        column("\"qeury\": ¶\"SELECT 1\"", "qeury: unknown setting"),
        column("\"connection\": ¶\"gone\"", "connection: there is no"),
        column("\"cache\": {\"found_ttl\": ¶\"1 day\"}", "cache.found_ttl: "));
  }

  private static Arguments query(String query, String expected) {
    return postmap("\"query\": \"" + query + "\"", expected);
  }

  private static Arguments postmap(String settings, String expected) {
    return Arguments.of(POSTGRESQL, settings, "postmaps[0]." + expected);
  }

  private static Arguments mysql(String query, String expected) {
    return Arguments.of(MYSQL, "\"query\": \"" + query + "\"", "postmaps[0]." + expected);
  }

  private static Arguments column(String settings, String expected) {
    return postmap("\"table\": \"t\", \"key\": \"k\", " + settings, expected);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void endsWith78AtTheLineAndColumn(String connection, String settings, String expected)
      throws IOException {
    String marked =
        """
        {"sysconfig": {"listen": ["inet:127.0.0.1:2224"]},
         "database": %s, "username": "u", "database": "d"},
         "postmaps": [
           {"service": "a", %s}]}
        """
            .formatted(connection, settings);
    int mark = marked.indexOf('¶');
    String before = marked.substring(0, mark);
    long line = before.lines().count();
    int column = mark - before.lastIndexOf('\n');
    Path file = Files.writeString(folder.resolve("f.json"), marked.replace("¶", ""));
    CommandRun run = new CommandRun();

    assertThat(run.status("check-config", "-c", file.toString()))
        .isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).startsWith(file + ":" + line + ":" + column + ": " + expected);
    assertThat(run.out()).isEmpty();
  }
}
