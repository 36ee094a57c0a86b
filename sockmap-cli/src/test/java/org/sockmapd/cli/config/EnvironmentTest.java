package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  private final List<String> problems = new ArrayList<>();
  private final Environment environment =
      new Environment(
          Map.of("PW", "a$1\\b${PW}", "EMPTY", ""),
          (path, message) -> problems.add(path + ": " + message));

  @ParameterizedTest
  @CsvSource({
    "${PW},a$1\\b${PW}",
    "x${PW}y${PW}z,xa$1\\b${PW}ya$1\\b${PW}z",
    "$${PW},${PW}",
    "se$cret${,se$cret${",
    "${1},${1}",
    "${},${}",
    "$PW,$PW",
    "[${EMPTY}],[]"
  })
  void replacesVariablesAndNothingElse(String text, String expected) {
    assertThat(environment.expand("database.password", text)).isEqualTo(expected);
    assertThat(problems).isEmpty();
  }

  @Test
  void namesAMissingVariableAndWhereItIsWanted() {
    Object tree = Map.of("host", List.of("a", "${HOST_B}.example.com"), "${PW}", 1);

    assertThat(environment.expand("database", tree))
        .isEqualTo(Map.of("host", List.of("a", ".example.com"), "${PW}", 1));
    assertThat(problems)
        .containsExactly("database.host[1]: the environment has no variable HOST_B");
  }
}
