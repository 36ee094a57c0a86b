package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sockmapd.server.TestServer.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.protocol.Endpoint;

@Timeout(60)
class SocketmapServerTest {
  private static final LookupTable ALIASES =
      TestServer.fixed(Map.of("postmaster", "alice@example.com", "two words", "b, c"));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void answersFromATableOnEitherKindOfThread(ConnectionThreads threads) throws IOException {
    try (SocketmapServer server =
            TestServer.start(TestServer.builder("alias", ALIASES).threads(threads));
        WireClient client = connect(server)) {
      assertThat(client.ask("alias postmaster")).isEqualTo("OK alice@example.com");
      assertThat(client.ask("alias nobody")).isEqualTo("NOTFOUND ");
      assertThat(client.ask("alias two words")).isEqualTo("OK b, c");
    }
  }

  @Test
  void listensOnBothKindsOfAddressAndOnASocketFileAtOnce() throws IOException {
    SocketmapServer.Builder builder =
        TestServer.builder("alias", ALIASES)
            .listen(Endpoint.parse("inet:[::1]:0"))
            .listen(Endpoint.parse("unix:" + folder.resolve("s")));
    try (SocketmapServer server = TestServer.start(builder)) {
      assertThat(server.endpoints()).hasSize(3);
      for (Endpoint endpoint : server.endpoints()) {
        try (WireClient client = WireClient.connect(endpoint)) {
          assertThat(client.ask("alias postmaster")).isEqualTo("OK alice@example.com");
        }
      }
    }
  }

  @Test
  void passesOnThatATableCouldNotBeAsked() throws IOException {
    LookupTable failing =
        key ->
            key.equals("slow")
                ? new LookupResult.TimedOut("took too long")
                : new LookupResult.TemporaryFailure("no database");
    try (SocketmapServer server = TestServer.start("alias", failing);
        WireClient client = connect(server)) {
      assertThat(client.ask("alias slow")).isEqualTo("TIMEOUT took too long");
      assertThat(client.ask("alias x")).isEqualTo("TEMP no database");
    }
  }

  @Test
  void acceptsNothingBetweenBindAndStart() throws IOException {
    RecordingEvents events = new RecordingEvents();
    SocketmapServer server = TestServer.builder("alias", ALIASES).events(events).build();
    server.bind();
    try (server;
        WireClient early = connect(server)) {
      early.send(WireClient.netstring("alias postmaster"));
      assertThat(events.lines).isEmpty();

      server.start();

      assertThat(early.read()).isEqualTo("OK alice@example.com");
      assertThat(events.lines).containsExactly("listening " + server.endpoints().getFirst());
    }
  }
}
