package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private static final Path FILE = Path.of("sockmapd.json");

  @Test
  void readsAsOneLine() {
    assertThat(new Problem(FILE, 12, 0, "postmaps[2].query", "unknown %q at offset 7"))
        .hasToString("sockmapd.json:12: postmaps[2].query: unknown %q at offset 7");
    assertThat(new Problem(FILE, 3, 7, "", "not JSON")).hasToString("sockmapd.json:3:7: not JSON");
    assertThat(Problem.of(FILE, "no such file")).hasToString("sockmapd.json: no such file");
  }

  @Test
  void showsControlCharactersOfAForeignNameEscaped() {
    assertThat(new Problem(FILE, 1, 0, "a\nb\u001b[2J\u2028", "unknown"))
        .hasToString("sockmapd.json:1: a\\u000ab\\u001b[2J\\u2028: unknown");
  }
}
