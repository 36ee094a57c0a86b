package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTreeReaderTest {
  private final List<Problem> problems = new ArrayList<>();

  @Test
  void readsEveryTypeAndRemembersItsLine() {
    JsonTree tree =
        read("""
                {
                  "sysconfig": {"port": 2224,
                    "threads": "virtual"},
                  "postmaps": [
                    {"service": "a"},

                    {"service": "b", "fold_case": false, "key": null}
                  ]
                }
                """)
            .orElseThrow();

    assertThat(tree.root())
        .isEqualTo(
            Map.of(
                "sysconfig",
                Map.of("port", new BigDecimal(2224), "threads", "virtual"),
                "postmaps",
                List.of(Map.of("service", "a"), Map.of("service", "b", "fold_case", false))));
    assertThat(tree.lineOf("sysconfig.threads")).isEqualTo(3);
    assertThat(tree.lineOf("postmaps[0]")).isEqualTo(5);
    assertThat(tree.lineOf("postmaps[1].fold_case")).isEqualTo(7);
    assertThat(problems).isEmpty();
  }

  @Test
  void readsCommentsAndACommaAfterTheLast() {
    JsonTree tree =
        read("""
                # of the whole
                {
                  /* of two
                     lines: { */ "a": [1, 2, /* and */ ], // http://example.com
                  "b": {"c": "// # /* no comment */",},  # "x": 1
                  "d\\"#": "\\\\", "e": [[],{},],
                }
                // the end""")
            .orElseThrow();

    assertThat(problems).isEmpty();
    assertThat(tree.root())
        .isEqualTo(
            Map.of(
                "a", List.of(new BigDecimal(1), new BigDecimal(2)),
                "b", Map.of("c", "// # /* no comment */"),
                "d\"#", "\\",
                "e", List.of(List.of(), Map.of())));
    assertThat(tree.lineOf("a")).isEqualTo(4);
    assertThat(tree.lineOf("b.c")).isEqualTo(5);
  }

  @Test
  void findsTheLineOfWhatIsMissingByWhatIsAroundIt() {
    JsonTree tree = read("{\n\"postmaps\":\n[\n{\"service\": \"a\"}]}").orElseThrow();

    assertThat(tree.lineOf("postmaps[0].key")).isEqualTo(4);
    assertThat(tree.lineOf("postmaps[7].key")).isEqualTo(3);
    assertThat(tree.lineOf("sysconfig.port")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``              | 1:1: not JSON: expected an object, which begins with {; the file ends too early
          [1]             | 1:2: not JSON: expected an object, which begins with {
          {"a" 1}         | 1:6: not JSON: expected a colon and a value
          {"a":tru}       | 1:6: not JSON: expected a colon and a value
          {"a":1,,}       | 1:9: not JSON: expected a comma, a name in double quotes or }, got } (a comma too many before it?)
          {,}             | 1:3: not JSON: expected a comma, a name in double quotes or }, got } (a comma too many before it?)
          {"a":1 "b":2}   | 1:8: not JSON: expected a comma, a name in double quotes or }, got " (a comma missing before it?)
          {a:1}           | 1:2: not JSON: expected a comma, a name in double quotes or }
          {'a':1}         | 1:2: not JSON: expected a comma, a name in double quotes or }, got ' (JSON has no single quotes)
          {"a":1} /* b    | 1:9: not JSON: expected nothing more after the last }, got / (a comment that does not end?)
          // hello        | 1:9: not JSON: expected an object, which begins with {; the file ends too early
          {"a":"\\q"}     | 1:9: not JSON: this text does not end on its line
          {"a":"x         | 1:8: not JSON: this text does not end on its line
          {"a":1          | 1:7: not JSON: expected a comma, a name in double quotes or }; the file ends too early
          {"a":1}x        | 1:8: not JSON: expected nothing more after the last }
          {"a":01}        | 1:6: not JSON: expected a colon and a value
          {"a":NaN}       | 1:6: not JSON: expected a colon and a value
          """)
  void saysWhereAndWhyATextIsNotJson(String text, String expected) {
    assertThat(read(text)).isEmpty();

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().toString()).startsWith("f.json:" + expected);
  }

  @Test
  void neverShowsTheTextAroundAMistake() {
    read("{\"password\": \"geh\"eim\"}");
    read("{\"password\": \"geheim\\q\"}");
    read("{\"password\": geheim}");

    assertThat(problems).hasSize(3);
    assertThat(problems.toString()).doesNotContain("geh").doesNotContain("eim");
  }

  @Test
  void reportsAMemberThatStandsTwiceAndReadsOn() {
    Optional<JsonTree> tree = read("{\n\"a\": 1,\n\"a\": null,\n\"b\": {\"c\":1,\n\"c\":1}}");

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "f.json:3: a: stands twice; first at line 2",
            "f.json:5: b.c: stands twice; first at line 4");
    assertThat(tree).isPresent();
  }

  @Test
  void refusesNullInAnArray() {
    read("{\"host\": [\"a\",\n null]}");

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly("f.json:2:2: host[1]: expected a value, got null");
  }

  @Test
  void refusesNestingThatNoConfigurationNeeds() {
    assertThat(read("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}")).isEmpty();
    assertThat(problems).hasSize(1);
  }

  private Optional<JsonTree> read(String text) {
    return JsonTreeReader.read(Path.of("f.json"), text, (parent, name) -> name, problems::add);
  }
}
