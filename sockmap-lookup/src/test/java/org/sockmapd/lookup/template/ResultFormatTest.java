package org.sockmapd.lookup.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;

class ResultFormatTest {
  private final List<String> heard = new ArrayList<>();
  private final LookupEvents events =
      new LookupEvents() {
        @Override
        public void nullValue(String mapName, String key) {
          heard.add("null " + mapName + " " + key);
        }

        @Override
        public void emptyValue(String mapName, String key) {
          heard.add("empty " + mapName + " " + key);
        }
      };

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      quoteCharacter = '~',
      value = {
        "%s,            a@b.c, a@b.c",
        "%u,            a@b.c, a",
        "%u,            a,     a",
        "%u,            a@,    a",
        "%u,            @b.c,  -",
        "%d,            a@b.c, b.c",
        "%d,            @b.c,  b.c",
        "%d,            a,     -",
        "%d,            a@,    -",
        "%%%s,          x,     %x",
        "smtp:[%s],     x,     smtp:[x]",
        "%S/%U/%D/%1%2, x,     joe@example.com/joe/example.com/comexample",
        "OK,            x,     OK",
      })
  void expandsAValueOrPassesOverIt(String format, String value, String result)
      throws TemplateException {
    LookupResult expected = result == null ? new NotFound() : new Found(result);

    assertThat(expand(format, 0, value)).isEqualTo(expected);
  }

  @Test
  void joinsEveryValueInOrderAndReportsWhatItPassesOver() throws TemplateException {
    assertThat(expand("<%s>", 0, "a", null, "", "b", "a")).isEqualTo(new Found("<a>,<b>,<a>"));
    assertThat(heard).containsExactly("null m joe@example.com", "empty m joe@example.com");
  }

  @Test
  void findsNothingInNullsAndEmptyValues() throws TemplateException {
    assertThat(expand("x%s", 0, null, "")).isEqualTo(new NotFound());
    assertThat(expand("x%s", 0)).isEqualTo(new NotFound());
  }

  @Test
  void failsForNowWhenThereAreMoreValuesThanTheLimit() throws TemplateException {
    assertThat(expand("%d", 2, "a@x", "plain", "b@y", null)).isEqualTo(new Found("x,y"));
    assertThat(expand("%s", 2, "a", "b", "c"))
        .isEqualTo(new TemporaryFailure("more than 2 values for this key"));
  }

  @Test
  void saysWhenFurtherValuesChangeNothing() throws TemplateException {
    RowExpansion expansion = ResultFormat.PLAIN.expansion("m", "k", 1, events);

    assertThat(expansion.add("a")).isTrue();
    assertThat(expansion.add("b")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "%s, joe,         true",
    "%s, '',          false",
    "%d, joe,         true",
    "%S, joe,         true",
    "%U, @x,          false",
    "%U, joe,         true",
    "%D, joe,         false",
    "%1, joe@x,       true",
    "%2, joe@x,       false",
    "%2, joe@y.x,     true",
  })
  void suppressesTheQueryForKeysThatLackAPart(String format, String key, boolean accepted)
      throws TemplateException {
    assertThat(ResultFormat.parse(format).accepts(key)).isEqualTo(accepted);
  }

  @Test
  void refusesUnknownPlaceholders() {
    assertThatThrownBy(() -> ResultFormat.parse("a%x"))
        .hasMessage("unknown %x at offset 1 (expected %s, %u, %d, %S, %U, %D, %1-%9 or %%)");
    assertThatThrownBy(() -> ResultFormat.parse("")).hasMessage("is empty");
  }

  private LookupResult expand(String format, int limit, @Nullable String... values)
      throws TemplateException {
    RowExpansion expansion =
        ResultFormat.parse(format).expansion("m", "joe@example.com", limit, events);
    Arrays.asList(values).forEach(expansion::add);
    return expansion.result();
  }
}
