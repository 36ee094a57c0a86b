package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distribution on the module path, in place of the class path that its script uses: nothing is
 * missing in what its modules say of themselves.
 */
@Timeout(120)
class ModulePathIT {
  @TempDir private Path folder;

  @Test
  void answersAsAModule() throws Exception {
    Files.createFile(folder.resolve("empty.db"));
    Path configuration =
        Files.writeString(folder.resolve("sockmapd.json"), PrepareIT.CONFIGURATION);

    assertThat(run("query", "-c", configuration.toString(), "who", "i")).isEqualTo("me\n");
  }

  @Test
  void helpsAsAModule() throws Exception {
    assertThat(run("help", "serve")).startsWith("Usage: sockmapd serve");
  }

  private static String run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=org.xerial.sqlitejdbc",
                "--module-path",
                Distribution.home().resolve("lib").toString(),
                "--module",
                "org.sockmapd.cli/" + Main.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
