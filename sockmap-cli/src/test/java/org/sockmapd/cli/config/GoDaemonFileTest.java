package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoDaemonFileTest {
  @Test
  void takesItsNamesInAnyCaseButLeavesNewNamesAlone() {
    List<Problem> problems = new ArrayList<>();
    String text =
        """
        {"Database": {"HOST": ["a"], "Pool_Size": 1},
         "PostMaps": [{"Service": "a", "Inline": {"KEY": "Value"}}]}
        """;

    Map<String, Object> root =
        JsonTreeReader.read(Path.of("f"), text, GoDaemonFile::name, problems::add)
            .orElseThrow()
            .root();

    assertThat(root)
        .isEqualTo(
            Map.of(
                "database",
                Map.of("host", List.of("a"), "Pool_Size", new java.math.BigDecimal(1)),
                "postmaps",
                List.of(Map.of("service", "a", "Inline", Map.of("KEY", "Value")))));
    assertThat(problems).isEmpty();
  }

  @Test
  void seesThatANameInTwoCasesStandsTwice() {
    List<Problem> problems = new ArrayList<>();
    JsonTreeReader.read(
        Path.of("f"), "{\"sysconfig\":{},\n\"SysConfig\":{}}", GoDaemonFile::name, problems::add);

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly("f:2: sysconfig: stands twice; first at line 1");
  }

  @Test
  void takesAnEmptyTextForOneThatIsLeftOut() {
    String text =
        """
        {"sysconfig": {"logfile": "", "port": ""},
         "postmaps": [{"value": "", "query": ""}, 1], "database": {"password": ""}}
        """;
    Map<String, Object> root =
        JsonTreeReader.read(Path.of("f"), text, GoDaemonFile::name, problem -> {})
            .orElseThrow()
            .root();

    GoDaemonFile.dropEmpty(root);

    assertThat(root.get("sysconfig")).isEqualTo(Map.of());
    assertThat(root.get("database")).isEqualTo(Map.of());
    assertThat(root.get("postmaps"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .startsWith(Map.of("query", ""));
  }
}
