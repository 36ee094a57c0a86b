package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;

class MySqlPrivilegesTest {
  private static final String SCHEMA = "privileges";

  enum Kind {
    MARIADB(MariaDbServer::shared, "SET DEFAULT ROLE writer FOR clerk"),
    MYSQL(MySqlServer::shared, "ALTER USER clerk DEFAULT ROLE writer");

    @SuppressWarnings("ImmutableEnumChecker") // It starts a server when asked, and holds none.
    private final Supplier<DatabaseServer> server;

    private final String defaultRole;

    Kind(Supplier<DatabaseServer> server, String defaultRole) {
      this.server = server;
      this.defaultRole = defaultRole;
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAccountThatMayOnlyReadIsFine(Kind kind) throws SQLException {
    assertThat(rightsOf(kind, "GRANT SELECT ON m TO clerk")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void rightsOnTheTableAndOnTheSchemaCount(Kind kind) throws SQLException {
    assertThat(rightsOf(kind, "GRANT SELECT, DELETE ON m TO clerk")).containsExactly("DELETE");
    assertThat(rightsOf(kind, "GRANT SELECT, INSERT, UPDATE ON privileges.* TO clerk"))
        .containsExactly("INSERT", "UPDATE");
  }

  @ParameterizedTest
  @EnumSource
  void rightsByADefaultRoleCount(Kind kind) throws SQLException {
    List<String> rights =
        rightsOf(
            kind,
            "GRANT SELECT ON m TO clerk",
            "DROP ROLE IF EXISTS writer",
            "CREATE ROLE writer",
            "GRANT INSERT, UPDATE, DELETE ON privileges.* TO writer",
            "GRANT writer TO clerk",
            kind.defaultRole);

    assertThat(rights).containsExactly("INSERT", "UPDATE", "DELETE");
  }

  private static List<String> rightsOf(Kind kind, String... grants) throws SQLException {
    DatabaseServer server = kind.server.get();
    Rows.create(server, SCHEMA);
    server.execute(SCHEMA, "DROP USER IF EXISTS clerk", "CREATE USER clerk IDENTIFIED BY 'secret'");
    server.execute(SCHEMA, grants);
    DatabaseSettings settings =
        ServerDatabase.settings(server, SCHEMA).account("clerk", "secret").build();
    try (Database database = Database.open(settings, LookupEvents.NONE)) {
      TableReport report =
          SqlTable.builder("map", database).columns(Rows.COLUMNS).build().check().getFirst();
      assertThat(report.problem()).isEmpty();
      assertThat(server.single(SCHEMA, "SELECT COUNT(*) FROM m")).isEqualTo("2");
      return report.writePrivileges();
    }
  }
}
