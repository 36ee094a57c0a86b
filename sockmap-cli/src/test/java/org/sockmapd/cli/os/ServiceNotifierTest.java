package org.sockmapd.cli.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceNotifierTest {
  @TempDir private Path folder;

  @Test
  void tellsNobodyWhereNobodyAsked() {
    assertThat(new ServiceNotifier(Map.of()).tell("READY=1")).isEmpty();
  }

  @Test
  void saysThatASocketDoesNotTakeMessages() {
    Path missing = folder.resolve("missing");

    assertThat(new ServiceNotifier(Map.of("NOTIFY_SOCKET", missing.toString())).tell("READY=1"))
        .contains("NOTIFY_SOCKET does not take messages: error 2");
  }

  @Test
  void saysThatTheCLibraryCannotBeCalled() throws Exception {
    // A folder that cannot be made, for the library that JNA unpacks.
    List<String> lines =
        JavaProcess.lines(
            List.of(), List.of("-Djna.tmpdir=/proc/nowhere"), TellSupervisor.class, "READY=1");

    assertThat(lines)
        .filteredOn(line -> line.startsWith("["))
        .hasSize(2)
        .allMatch(line -> line.startsWith("[NOTIFY_SOCKET cannot be told anything"));
  }
}
