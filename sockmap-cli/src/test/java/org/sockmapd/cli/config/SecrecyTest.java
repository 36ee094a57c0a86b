package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The password of a database stays where it is. */
class SecrecyTest {
  private static final String FILE =
      """
      {"database": {"host": "db", "username": "u", %s},
       "postmaps": [{"service": "a", "database": "d", "table": "t", "key": "k"}]}
      """;
  private static final String WARNING =
      "f.json:1: database.password: everybody can read it; take that right from the file (chmod"
          + " o-r) or use \"password_file\"";

  @TempDir private Path directory;
  private ConfigurationFiles files;

  @BeforeEach
  void useDirectory() {
    files = new ConfigurationFiles(directory);
  }

  @Test
  void warnsOfAPasswordThatEverybodyCanRead() throws Exception {
    assertThat(warnings("rw-r--r--", "\"password\": \"geheim\"")).contains(WARNING);
    assertThat(warnings("rw-r-----", "\"password\": \"geheim\"")).doesNotContain(WARNING);
    assertThat(warnings("rw-r--r--", "\"password\": \"${PW}\"")).doesNotContain(WARNING);
  }

  @Test
  void warnsOfAPasswordFileThatEverybodyCanRead() throws Exception {
    Path password = files.write("pw", "geheim\n");
    String warning = "f.json:1: database.password_file: pw can be read by everybody (chmod o-r)";

    permit(password, "rw-r--r--");
    assertThat(warnings("rw-r--r--", "\"password_file\": \"pw\"")).contains(warning);
    permit(password, "rw-------");
    assertThat(warnings("rw-r--r--", "\"password_file\": \"pw\"")).doesNotContain(warning);
  }

  @Test
  void refusesAPasswordFileWithASecondLine() {
    files.write("pw", "geheim\nnoch eins\n");

    assertThat(files.problems(FILE.formatted("\"password_file\": \"pw\"")))
        .containsExactly("f.json:1: database.password_file: pw has more than one line");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"password\": \"geheim\"",
        "\"password\": \"${PW}\"",
        "\"password_file\": \"pw\"",
        "\"password\": \"geheim\", \"port\": 0, \"policy\": \"geh\"",
        "\"password\": [\"geheim\"]",
        "\"password\": {\"geheim\": 1}",
        "\"password\": \"geheim\", \"password\": \"geheim\"",
        "\"password\": \"gehe\\qim\"",
        "\"password\": \"geheim"
      })
  void showsNoPasswordWhateverIsWrong(String members) {
    files.write("pw", "geheim");
    Map<String, String> environment = Map.of("PW", "geheim");
    StringBuilder shown = new StringBuilder();
    try {
      Configuration read =
          Configuration.read(files.write("f.json", FILE.formatted(members)), environment);
      shown.append(read).append(read.postmaps()).append(read.warnings()).append(read.sysconfig());
    } catch (ConfigurationException e) {
      shown.append(e).append(e.problems());
    }
    assertThat(shown.toString()).doesNotContain("geheim").doesNotContain("gehe");
  }

  private List<String> warnings(String permissions, String members)
      throws IOException, ConfigurationException {
    Path file = files.write("f.json", FILE.formatted(members));
    permit(file, permissions);
    return files.shown(Configuration.read(file, Map.of("PW", "geheim")).warnings());
  }

  private static void permit(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
