package org.sockmapd.cli.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
