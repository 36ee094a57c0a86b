package org.sockmapd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire examples of the package's manual, read by the code they explain. */
class ManualTest {
  private static final Path MANUAL =
      Path.of("src/main/java/org/sockmapd/protocol/package-info.java");

  @Test
  void wireExamplesAreWhatTheyClaim() throws IOException {
    for (String request : examples("C: ")) {
      assertThat(SocketmapRequest.parse(only(request)).mapName()).isEqualTo("virtual");
    }
    for (String reply : examples("S: ")) {
      assertThat(reply).contains(":" + SocketmapReply.parse(only(reply)).status() + " ");
    }
  }

  private static List<String> examples(String side) throws IOException {
    List<String> examples =
        Files.readAllLines(MANUAL).stream()
            .filter(line -> line.startsWith(" * " + side))
            .map(line -> line.substring((" * " + side).length()))
            .toList();
    assertThat(examples).hasSize(3);
    return examples;
  }

  private static ByteBuffer only(String netstring) throws IOException {
    NetstringReader reader = new NetstringReader(Feed.WHOLE.of(Bytes.utf8(netstring)), 1000);
    ByteBuffer payload = ByteBuffer.wrap(Bytes.copy(reader.read()));
    assertThat(reader.read()).isNull();
    return payload;
  }
}
