package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.sql.DatabaseSettings;
import org.sockmapd.lookup.sql.NodeAddress;
import org.sockmapd.lookup.sql.NodePolicy;
import org.sockmapd.lookup.sql.PreparedStatements;
import org.sockmapd.lookup.sql.TlsMode;

class ConnectionReaderTest {
  @TempDir private Path directory;
  private ConfigurationFiles files;

  @BeforeEach
  void useDirectory() {
    files = new ConfigurationFiles(directory);
  }

  @Test
  void takesMySqlForAConnectionWithoutAType() {
    assertThat(connection(Map.of("host", "db", "username", "u")).settings().apply("mail"))
        .hasToString("mysql u@[db:3306]/mail");
  }

  @Test
  void readsHostsWithAndWithoutTheirPort() {
    Map<String, Object> connection =
        Map.of(
            "type",
            "postgresql",
            "host",
            List.of("a", "b:6432", "[2001:db8::1]:7432", "2001:db8::2"),
            "port",
            "5433",
            "username",
            "u");

    assertThat(connection(connection).settings().apply("mail").hosts())
        .extracting(NodeAddress::toString)
        .containsExactly("a:5433", "b:6432", "[2001:db8::1]:7432", "[2001:db8::2]:5433");
  }

  @Test
  void findsTheSocketsOfThisMachine() {
    Map<String, Object> mysql = Map.of("host", List.of("unix:/run/mysqld/mysqld.sock", "/run/s"));
    assertThat(connection(mysql).settings().apply("mail"))
        .hasToString("mysql daemon@[unix:/run/mysqld/mysqld.sock, unix:/run/s]/mail");
    Map<String, Object> postgresql =
        Map.of("type", "postgresql", "host", "unix:/run/postgresql", "port", 5433, "username", "u");
    assertThat(connection(postgresql).settings().apply("mail"))
        .hasToString("postgresql u@[unix:/run/postgresql/.s.PGSQL.5433]/mail");
  }

  @Test
  void readsEveryOption() {
    DatabaseSettings settings =
        connection(
                Map.of(
                    "type", "postgresql",
                    "host", "db",
                    "username", "u",
                    "policy", "prefer_replica",
                    "prepared", "never",
                    "pool_size", 3,
                    "lookup_timeout", "2s",
                    "tls", "require"))
            .settings()
            .apply("mail");

    assertThat(settings.nodePolicy()).isEqualTo(NodePolicy.PREFER_REPLICA);
    assertThat(settings.prepared()).isEqualTo(PreparedStatements.NEVER);
    assertThat(settings.poolSize()).isEqualTo(3);
    assertThat(settings.lookupTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.tls().mode()).isEqualTo(TlsMode.REQUIRE);
  }

  @Test
  void findsAFileBesideTheConfiguration() {
    Connection sqlite = connection(Map.of("type", "sqlite", "database", "mail.db"));

    assertThat(sqlite.defaultDatabase()).contains("mail.db");
    assertThat(sqlite.settings().apply("mail.db").database())
        .isEqualTo(directory.resolve("mail.db").toString());
    assertThat(sqlite.settings().apply("/var/other.db").database()).isEqualTo("/var/other.db");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "username": "u"                               | host: missing
          "host": [], "username": "u"                   | host: names no host
          "host": "a"                                   | username: missing
          "host": "a", "username": "u", "port": "99999" | port: expected a whole number from 1 to 65535, got "99999"
          "host": "a", "username": "u", "policy": "primary" | policy: only PostgreSQL tells a primary from a replica
          "host": "a", "username": "u", "prepared": "sometimes" | prepared: expected one of auto, never, always, got "sometimes"
          "type": "postgresql", "host": "a", "username": "u", "prepared": "yes" | prepared: expected one of auto, never, always, got "yes"
          "host": "a", "username": "u", "pool_size": 0  | pool_size: expected a whole number from 1 to 1000, got 0
          "host": "a", "username": "u", "lookup_timeout": "5" | lookup_timeout: expected a time from 100ms to 600s, such as "5s" or "250ms", got "5"
          "host": "a", "username": "u", "tls": "yes"    | tls: expected one of disable, prefer, require, verify-ca, verify-full, got "yes"
          "host": "a", "username": "u", "tls_cert": "/dev/null" | tls_key: missing; a client certificate and its key go together
          "host": "a", "username": "u", "tls_ca": "/dev/null" | tls_ca: checks nothing unless "tls" is verify-ca or verify-full
          "host": "a", "username": "u", "tls": "verify-ca", "tls_ca": "/gone.pem" | tls_ca: cannot be read: /gone.pem
          "host": "a", "username": "u", "password": "geheim", "password_file": "/dev/null" | password_file: stands beside "password"; leave one out
          "host": "a", "username": "u", "password_file": "/gone" | password_file: /gone cannot be read: no such file
          "host": "a", "username": "u", "password_file": "/dev/null" | password_file: /dev/null is empty
          "host": "postgresql://u:geheim@a", "username": "u" | host: expected name, name:port, [v6]:port or unix:/path, got a URL or an account
          "host": "unix:run/s"                          | host: not an absolute path of a UNIX socket: run/s
          "host": ["unix:/run/s", "a"]                  | username: missing
          "host": "a", "username": "${NOBODY}"          | username: the environment has no variable NOBODY
          "type": "sqlite", "host": "a"                 | host: is for a server; SQLite is a file
          "host": "a", "username": "u", "passwort": "geheim" | passwort: unknown setting; did you mean "password"?
          """)
  void saysWhatIsWrongAndNeverAPassword(String members, String expected) {
    String json =
        "{\"database\": {" + members + "}, \"postmaps\": [" + MapsOpenerTest.INLINE + "]}";

    List<String> problems = files.problems(json);

    assertThat(problems).contains("f.json:1: database." + expected);
    assertThat(problems.toString()).doesNotContain("geheim");
  }

  private Connection connection(Map<String, Object> members) {
    JsonTree tree = new JsonTree(Map.of("database", members), Map.of());
    Problems problems = new Problems(Path.of("f.json"), tree, List.of());
    Connection connection =
        ConnectionReader.read(
            new Settings("database", members, problems::error), directory, "daemon", problems);
    try {
      problems.check();
    } catch (ConfigurationException e) {
      throw new AssertionError(e);
    }
    return connection;
  }
}
