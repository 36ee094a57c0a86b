package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupTables;

class MapsOpenerTest {
  static final String INLINE =
      "{\"service\": \"a\", \"type\": \"inline\", \"entries\": {\"k\": \"v\"}}";
  private static final String TWO_CONNECTIONS =
      """
      {"databases": {
         "mail": {"type": "postgresql", "host": "pg", "username": "u", "database": "mail"},
         "spare": {"type": "sqlite", "database": "spare.db"}},
       "postmaps": [
      %s
      ]}
      """;

  @TempDir private Path directory;
  private ConfigurationFiles files;

  @BeforeEach
  void useDirectory() {
    files = new ConfigurationFiles(directory);
  }

  @Test
  void findsTheConnectionThatAMapPicks() {
    Configuration configuration =
        files.read(
            TWO_CONNECTIONS.formatted(
                """
                {"service": "a", "connection": "mail", "table": "t", "key": "k"},
                {"service": "b", "connection": "mail", "database": "o", "table": "t", "key": "k"},
                {"service": "c", "connection": "spare", "table": "t", "key": "k"}
                """));

    assertThat(configuration.postmaps())
        .extracting(Postmap::source)
        .containsExactly(
            "t in postgresql mail at pg:5432",
            "t in postgresql o at pg:5432",
            "t in sqlite " + directory.resolve("spare.db"));
  }

  @Test
  void saysWhichConnectionsThereAre() {
    assertThat(
            files.problems(
                TWO_CONNECTIONS.formatted(
                    """
                    {"service": "a", "connection": "male", "table": "t", "key": "k", "vaule": "v"},
                    {"service": "b", "table": "t", "key": "k"}
                    """)))
        .containsExactly(
            "f.json:5: postmaps[0].connection: no connection is named \"male\"; there is mail,"
                + " spare",
            "f.json:5: postmaps[0].vaule: unknown setting; did you mean \"value\"?",
            "f.json:6: postmaps[1].connection: missing; there is mail, spare");
  }

  @Test
  void wantsADatabaseForAMapThatAsksOne() {
    assertThat(
            files.problems(
                "{\"postmaps\": [{\"service\": \"a\", \"table\": \"t\", \"key\": \"k\"}]}"))
        .containsExactly(
            "f.json:1: postmaps[0].connection: there is no \"database\" object that it could ask");
  }

  @Test
  void refusesTheNameOfAConnectionWithASlash() {
    assertThat(
            files.problems(
                "{\"databases\": {\"a/b\": {\"type\": \"sqlite\"}},\"postmaps\": ["
                    + INLINE
                    + "]}"))
        .containsExactly("f.json:1: databases.a/b: a connection's name is not empty and has no /");
  }

  @Test
  void letsAMapAskAnotherWhereverThatStands() throws ConfigurationException {
    Configuration configuration = files.read(asking("domains"));

    try (LookupTables tables = configuration.open(LookupEvents.NONE)) {
      assertThat(tables.mapNames()).containsExactly("virtual", "domains");
      assertThat(tables.table("virtual").orElseThrow().lookup("bob@here.example"))
          .isEqualTo(new Found("bob@there.example"));
      assertThat(tables.table("virtual").orElseThrow().lookup("bob@elsewhere.example"))
          .isEqualTo(new NotFound());
    }
  }

  @Test
  void refusesAMapThatAsksItself() {
    assertThat(files.problems(asking("virtual")))
        .containsExactly(
            "f.json:2: postmaps[0].service: asks itself, by itself or through other maps");
  }

  private static String asking(String map) {
    return """
    {"postmaps": [
      {"service": "virtual", "type": "inline", "search": "address", "local_domains_map": "%s",
       "entries": {"bob": "bob@there.example"}},
      {"service": "domains", "type": "inline", "entries": {"here.example": "x"}}]}
    """
        .formatted(map);
  }

  @Test
  void saysWhereATemplateIsWrong() {
    List<String> problems =
        files.problems(
            TWO_CONNECTIONS.formatted(
                """
                {"service": "a", "connection": "mail",
                 "query": "SELECT v FROM t WHERE k = '%q'"}
                """));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst()).startsWith("f.json:6: postmaps[0].query: unknown %q");
  }
}
