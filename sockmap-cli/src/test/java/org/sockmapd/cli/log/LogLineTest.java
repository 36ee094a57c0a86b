package org.sockmapd.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LogLineTest {
  @Test
  void keepsWhatCanBePrinted() {
    assertThat(quoted("jürgen+x@exämple.com, a b 邮件"))
        .isEqualTo("k=\"jürgen+x@exämple.com, a b 邮件\"");
  }

  @ParameterizedTest
  @MethodSource("unprintable")
  void escapesWhatCouldWriteAnotherLine(String value, String shown) {
    assertThat(quoted(value)).isEqualTo("k=\"" + shown + "\"");
  }

  static Stream<Arguments> unprintable() {
    return Stream.of(
        arguments("a\nb", "a\\u000ab"),
        arguments("a\r", "a\\u000d"),
        arguments("\u001b[2J", "\\u001b[2J"),
        arguments("\u0000", "\\u0000"),
        arguments("\u007f", "\\u007f"),
        arguments("\u0085", "\\u0085"),
        arguments("\u2028", "\\u2028"),
        arguments("\u202egpj", "\\u202egpj"),
        arguments("a\"b\\", "a\\\"b\\\\"));
  }

  @Test
  void escapesHalfOfACharacterPair() {
    assertThat(quoted("\ud83d")).isEqualTo("k=\"\\ud83d\"");
    assertThat(quoted("\ud83d\ude00")).isEqualTo("k=\"\ud83d\ude00\"");
  }

  @Test
  void cutsLongValuesAndTellsTheirLength() {
    assertThat(quoted("x".repeat(256))).isEqualTo("k=\"" + "x".repeat(256) + "\"");
    assertThat(quoted("x".repeat(257))).isEqualTo("k=\"" + "x".repeat(256) + "\" length=257");
    assertThat(quoted("x".repeat(255) + "\ud83d\ude00"))
        .isEqualTo("k=\"" + "x".repeat(255) + "\" length=257");
  }

  @Property
  void isOneLineWhateverTheValue(@ForAll String value) {
    String line = new LogLine("what").quoted("a", value).quoted("b", value).toString();

    assertThat(line.lines()).hasSize(1);
    assertThat(line).doesNotMatch("(?s).*\\p{Cntrl}.*");
    assertThat(line.replaceAll("\\\\.", "").chars().filter(c -> c == '"').count()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0.000",
    "999,0.000",
    "1000,0.001",
    "412345,0.412",
    "5000310000,5000.310",
    "-1,0.000"
  })
  void showsTimesInMilliseconds(long nanos, String shown) {
    assertThat(new LogLine("x").millis(nanos)).hasToString("x ms=" + shown);
  }

  @Test
  void namesACauseAndItsRootOnOneLine() {
    Exception cause =
        new UncheckedIOException("query\nfailed", new IOException("Connection refused"));

    assertThat(new LogLine("node down").cause(cause))
        .hasToString(
            "node down cause=\"UncheckedIOException: query\\u000afailed\""
                + " root=\"IOException: Connection refused\"");
  }

  @Test
  void endsWhenCausesFormARing() {
    Exception first = new Exception("first");
    first.initCause(new Exception("second", first));

    assertThat(new LogLine("x").cause(first).toString()).startsWith("x cause=\"Exception: first\"");
  }

  @Test
  void showsWhereADefectWasThrown() {
    assertThat(new LogLine("x").trace(new IllegalStateException()).toString())
        .startsWith("x trace=\"org.sockmapd.cli.log.LogLineTest.showsWhere")
        .endsWith("\"");
  }

  private static String quoted(String value) {
    return new LogLine("").quoted("k", value).toString().strip();
  }
}
