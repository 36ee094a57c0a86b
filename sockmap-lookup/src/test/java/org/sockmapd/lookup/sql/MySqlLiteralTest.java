package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlLiteralTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "joe+x@example.com", "%_*/--#;?", "a b", "~`{}"})
  void quotesWhatEverySessionReadsAlike(String value) {
    assertThat(MySqlLiteral.isPlain(value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "\"", "\\", "\n", "\u007f", "\u00fc", "\ud83d\ude00"})
  void quotesNothingElse(String value) {
    assertThat(MySqlLiteral.isPlain(value)).isFalse();
  }

  @Test
  void writesWhatItDoesNotQuoteInItsBytes() {
    assertThat(MySqlLiteral.of("\\'\u00fc")).isEqualTo("_utf8mb4 x'5C27C3BC'");
    assertThat(MySqlLiteral.of("")).isEqualTo("_utf8mb4 x''");
  }
}
