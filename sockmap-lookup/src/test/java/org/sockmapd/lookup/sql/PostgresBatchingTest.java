package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PostgresServer;

class PostgresBatchingTest implements BatchingContract {
  @Override
  public DatabaseServer server() {
    return PostgresServer.shared();
  }

  @Override
  public String slowQuery() {
    return "SELECT v FROM m WHERE k = '%s' OR ('%s' = 'slow' AND pg_sleep(20) IS NOT NULL)";
  }

  @Override
  public List<String[]> typedValues() {
    return List.of(
        new String[] {"boolean", "true"},
        new String[] {"char(10)", "'padded'"},
        new String[] {"numeric(6, 2)", "1.5"},
        new String[] {"real", "1.1"},
        new String[] {"double precision", "0.1"},
        new String[] {"bytea", "'\\x00ff'"},
        new String[] {"timestamptz", "'2026-11-22 10:11:12.5+00'"},
        new String[] {"inet", "'10.0.0.0/8'"},
        new String[] {"text[]", "'{a,\"b c\"}'"},
        new String[] {"jsonb", "'{\"a\": 1}'"},
        new String[] {"interval", "'1 day 2 hours'"});
  }

  @Test
  void aKeyThatCannotBeCastFailsAlone() throws Exception {
    rows();
    server()
        .execute(
            SCHEMA,
            "CREATE TABLE nets (net cidr, v text)",
            "INSERT INTO nets VALUES ('10.0.0.0/8', 'ten'), ('192.0.2.0/24', 'doc')");
    CountedStatements statements = new CountedStatements();
    try (Database database = open()) {
      SqlTable table = query(database, statements, "SELECT v FROM nets WHERE net >>= '%s'::inet");
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        keys.add(i % 2 == 0 ? "10.1.2.3" : "172.16.0.1");
      }
      Asked.of(table, keys).assertAnsweredAlikeBy(table);
      assertThat(statements.batches).hasPositiveValue();

      for (int i = 20; i < 400; i += 40) {
        keys.set(i, "mail.example.com");
      }
      Asked.of(table, keys).assertAnsweredAlikeBy(table);
    }
  }

  @Test
  void tellsTheServerTheTypeOfAKeyThatItCannotGuess() throws Exception {
    rows();
    try (Database database = open()) {
      SqlTable table =
          query(
              database,
              new CountedStatements(),
              "SELECT concat('<', '%s', '>') FROM m WHERE k = '%s'");
      List<String> keys = java.util.Collections.nCopies(200, "bob@example.com");
      Asked.of(table, keys).assertAnsweredAlikeBy(table);
    }
  }
}
