package org.sockmapd.lookup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupResult.Found;

class LookupResultTest {
  @Test
  void refusesAnEmptyValue() {
    assertThatThrownBy(() -> new Found(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an empty value is no answer");
  }
}
