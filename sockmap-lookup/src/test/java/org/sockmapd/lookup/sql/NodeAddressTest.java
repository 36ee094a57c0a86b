package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  @Test
  void namesWhatItGot() {
    assertThatThrownBy(() -> NodeAddress.parse("db:x", 5432)).hasMessageContaining("\"db:x\"");
  }
}
