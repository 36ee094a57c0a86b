package org.sockmapd.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.cli.os.Privileges;

class RightsTest {
  @TempDir private Path folder;

  @BeforeEach
  void needsRoot() throws Exception {
    assumeThat(Privileges.isRoot()).as("giving away a file needs root").isTrue();
  }

  @Test
  void givesALogToWhoGoesOn() throws Exception {
    Path log = Files.createFile(folder.resolve("sockmapd.log"));

    assertThat(rights().handOver(log)).isEmpty();
    assertThat(Files.getOwner(log).getName()).isEqualTo("nobody");
  }

  @Test
  void saysThatALogCannotBeGivenAway() throws Exception {
    Path log = folder.resolve("sockmapd.log");

    assertThat(rights().handOver(log))
        .contains(
            "the log cannot be given to the user nobody: " + log + ": no such file or folder");
  }

  private Rights rights() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("sockmapd.json"),
            """
            {"sysconfig": {"run_as_user": "nobody"},
             "postmaps": [{"service": "a", "type": "inline", "entries": {"x": "1"}}]}
            """);
    ConfigurationSource source = new ConfigurationSource(file, OptionalInt.empty(), Map.of());
    return Rights.plan(source.read().sysconfig());
  }
}
