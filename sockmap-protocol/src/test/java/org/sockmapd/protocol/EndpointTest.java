package org.sockmapd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.protocol.Endpoint.Inet;
import org.sockmapd.protocol.Endpoint.Unix;

class EndpointTest {
  @Test
  void readsTcpEndpoints() {
    assertThat(Endpoint.parse("inet:127.0.0.1:2224")).isEqualTo(new Inet("127.0.0.1", 2224));
    assertThat(Endpoint.parse("inet:mail_db.example.com:0"))
        .isEqualTo(new Inet("mail_db.example.com", 0));
    assertThat(Endpoint.parse("inet:[::1]:65535")).isEqualTo(new Inet("::1", 65535));
    assertThat(Endpoint.parse("inet:[fe80::1%eth0]:1")).isEqualTo(new Inet("fe80::1%eth0", 1));
    assertThat(Endpoint.parse("inet:[::ffff:10.0.0.1]:1"))
        .isEqualTo(new Inet("::ffff:10.0.0.1", 1));
  }

  @Test
  void readsUnixEndpoints() {
    assertThat(Endpoint.parse("unix:/run/sockmapd.sock"))
        .isEqualTo(new Unix(Path.of("/run/sockmapd.sock")));
    assertThat(Endpoint.parse("unix:run/a:b")).isEqualTo(new Unix(Path.of("run/a:b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"inet:localhost:2224", "inet:[::1]:2224", "unix:/run/x", "unix:run/x"})
  void isWrittenAsItIsRead(String text) {
    assertThat(Endpoint.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127.0.0.1:2224 | it begins with neither inet: nor unix:
          INET:a:1 | it begins with neither inet: nor unix:
          inet:localhost | it has no port
          inet:localhost: | port '' is not a number from 0 to 65535
          inet:localhost:smtp | port 'smtp' is not a number from 0 to 65535
          inet:localhost:65536 | port 65536 is not a number from 0 to 65535
          inet:localhost:-1 | port '-1' is not a number from 0 to 65535
          inet:localhost:+1 | port '+1' is not a number from 0 to 65535
          inet:localhost:999999 | port '999999' is not a number from 0 to 65535
          inet:::1:2224 | there are too many colons: an IPv6 address stands in brackets, and no map name follows
          inet:a:2224:map | there are too many colons: an IPv6 address stands in brackets, and no map name follows
          inet:[::1]:2224:map | port '2224:map' is not a number from 0 to 65535
          inet:[::1] | there are too many colons: an IPv6 address stands in brackets, and no map name follows
          inet:[localhost]:1 | 'localhost' in brackets is not an IPv6 address
          inet:[::g]:1 | host '::g' is neither a name nor an address
          inet::2224 | it has no host: 0.0.0.0 or [::] stand for every address of a server
          inet:a b:1 | host 'a b' is neither a name nor an address
          inet:a/b:1 | host 'a/b' is neither a name nor an address
          unix: | the path of a UNIX socket takes 1 to 106 bytes, got 0: ''
          """)
  void saysWhatIsWrongAndWhatIsExpected(String text, String wrong) {
    assertThatThrownBy(() -> Endpoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' is not an endpoint: %s (expected inet:host:port, inet:[v6]:port or unix:path)",
            text, wrong);
  }

  @Test
  void refusesUnixPathThatNoSocketCanHave() {
    String longest = "/" + "x".repeat(105);

    assertThat(new Unix(Path.of(longest))).hasToString("unix:" + longest);
    assertThatThrownBy(() -> new Unix(Path.of(longest + "x")))
        .hasMessage("the path of a UNIX socket takes 1 to 106 bytes, got 107: '" + longest + "x'");
    assertThatThrownBy(() -> new Unix(Path.of("/" + "ü".repeat(54))))
        .hasMessageContaining("got 109");
    assertThatThrownBy(() -> Endpoint.parse("unix:/a\0b"))
        .hasMessageContaining("its path is not one");
  }

  @Test
  void cannotBeMadeWrong() {
    assertThatThrownBy(() -> new Inet("", 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Inet("[::1]", 1)).hasMessageContaining("neither a name");
    assertThatThrownBy(() -> new Inet("a", 65_536)).hasMessageContaining("65536");
    assertThatThrownBy(() -> new Inet("a", -1)).hasMessageContaining("-1");
  }
}
