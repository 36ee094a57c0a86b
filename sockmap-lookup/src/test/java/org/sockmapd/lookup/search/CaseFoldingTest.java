package org.sockmapd.lookup.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseFoldingTest {

  @ParameterizedTest
  @CsvSource({
    "Joe+X@Example.COM, joe+x@example.com",
    "joe@example.com,   joe@example.com",
    "[`{|}~, [`{|}~",
    "ÉCOLE,  école",
    "straße, strasse",
    "STRAẞE, strasse",
    "ΟΔΟΣ,   οδοσ",
    "οδος,   οδοσ",
    "ﬀ,      ff",
    "ı,      ı",
    "I,      i",
    "İ,      i\u0307",
    "K,      k",
    "Ꭰ,      Ꭰ",
    "ꭰ,      Ꭰ",
    "𐐀x😀,   𐐨x😀",
    "e\u0301, e\u0301",
  })
  void foldsAsPostfixDoesForAnSqlTable(String key, String folded) {
    assertThat(CaseFolding.fold(key)).isEqualTo(folded);
  }

  @Test
  void leavesHalfACharacterAsItIs() {
    assertThat(CaseFolding.fold("A\ud800B")).isEqualTo("a\ud800b");
  }

  @Test
  void foldsWhatIsFoldedToItself() {
    assertThat(
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .mapToObj(Character::toString)
                .map(CaseFolding::fold)
                .filter(folded -> !CaseFolding.fold(folded).equals(folded)))
        .isEmpty();
  }
}
