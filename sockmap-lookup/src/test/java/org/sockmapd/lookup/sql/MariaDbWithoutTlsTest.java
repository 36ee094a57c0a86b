package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;

/** A server that offers no TLS, asked by a driver that knows only with and without. */
class MariaDbWithoutTlsTest {
  private static final String SCHEMA = "plain";

  private final DatabaseServer server = MariaDbServer.shared();

  @Test
  void isAskedForTlsOnceAndThenWithout() throws SQLException {
    Rows.create(server, SCHEMA);
    DatabaseSettings settings = ServerDatabase.settings(server, SCHEMA).build();
    ConnectionOpener opener =
        new ConnectionOpener(settings, Dialect.of(settings), server.host() + ":" + server.port());
    long before = brokenOff();

    for (int i = 0; i < 5; i++) {
      opener.open(Duration.ofSeconds(5)).close();
    }

    assertThat(brokenOff() - before).isEqualTo(1);
  }

  @Test
  void isNotAskedWithoutTlsWhenTlsIsRequired() throws SQLException {
    Rows.create(server, SCHEMA);
    assertThat(ask(TlsMode.PREFER)).isEqualTo(new Found("1"));
    assertThat(ask(TlsMode.REQUIRE)).isEqualTo(new TemporaryFailure("database unavailable"));
  }

  private Object ask(TlsMode mode) {
    DatabaseSettings settings =
        ServerDatabase.settings(server, SCHEMA).tls(TlsSettings.of(mode)).build();
    try (Database database = Database.open(settings, LookupEvents.NONE)) {
      return Rows.table(database, LookupEvents.NONE).lookup("a");
    }
  }

  private long brokenOff() throws SQLException {
    try (Connection connection = server.connection(SCHEMA);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Aborted_connects'")) {
      assertThat(row.next()).isTrue();
      return row.getLong(2);
    }
  }
}
