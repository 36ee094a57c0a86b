package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {

  @ParameterizedTest
  @CsvSource({
    "db.example.com, db.example.com, 5432, db.example.com:5432",
    "db:15432, db, 15432, db:15432",
    "10.0.0.1:1, 10.0.0.1, 1, 10.0.0.1:1",
    "[::1], ::1, 5432, [::1]:5432",
    "[2001:db8::1]:65535, 2001:db8::1, 65535, [2001:db8::1]:65535",
    "2001:db8::1, 2001:db8::1, 5432, [2001:db8::1]:5432"
  })
  void readsEveryForm(String text, String host, int port, String shown) {
    NodeAddress address = NodeAddress.parse(text, 5432);
    assertThat(address).isEqualTo(new NodeAddress(host, port)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "db:",
        "db:0",
        "db:65536",
        "db:x",
        "db:-1",
        "[::1",
        "[::1]x",
        "a/b",
        "a?b",
        "a,b",
        "user@a",
        "user=root@a",
        "(host=a)",
        "address=(host=a)",
        "a#b",
        "a&b",
        "a\\b",
        "a;b"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> NodeAddress.parse(text, 5432))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "unix:/run/mysqld/mysqld.sock, /run/mysqld/mysqld.sock",
    "/run/postgresql, /run/postgresql",
    "unix:/run/postgresql/, /run/postgresql"
  })
  void readsTheSocketsOfThisMachine(String text, Path socket) {
    NodeAddress address = NodeAddress.parse(text, 5432);
    assertThat(address.socket()).contains(socket);
    assertThat(address.isLoopback()).isTrue();
    assertThat(address).hasToString("unix:" + socket);
  }

  @ParameterizedTest
  @CsvSource({
    "/run/postgresql, unix:/run/postgresql/.s.PGSQL.5432",
    "unix:/run/postgresql, unix:/run/postgresql/.s.PGSQL.5432",
    "unix:/run/postgresql/.s.PGSQL.5433, unix:/run/postgresql/.s.PGSQL.5433",
    "db:5433, db:5433"
  })
  void findsTheSocketOfPostgresqlInItsFolder(String text, String shown) {
    NodeAddress address = NodeAddress.parse(text, 5432).ofPostgres();
    assertThat(address).hasToString(shown);
    assertThat(NodeAddress.parse(shown, 1).ofPostgres()).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix:", "unix:run/mysqld.sock", "unix:mysqld.sock", "/run/\0"})
  void refusesWhatIsNoPathOfASocket(String text) {
    assertThatThrownBy(() -> NodeAddress.parse(text, 5432))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAPathForWhichTheSystemHasNoRoom() {
    assertThatThrownBy(() -> NodeAddress.parse("/" + "x".repeat(107), 5432))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("107 bytes");
  }

  @Test
  void namesWhatItGot() {
    assertThatThrownBy(() -> NodeAddress.parse("db:x", 5432)).hasMessageContaining("\"db:x\"");
  }
}
