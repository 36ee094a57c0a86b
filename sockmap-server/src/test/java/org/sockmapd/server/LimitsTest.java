package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sockmapd.server.TestServer.connect;
import static org.sockmapd.server.WireClient.netstring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapLimits;

@Timeout(60)
class LimitsTest {
  private final RecordingEvents events = new RecordingEvents();
  private final HeldTable held = new HeldTable();

  @TempDir Path folder;

  private SocketmapServer.Builder server(ServerLimits.Builder limits) {
    return TestServer.builder("t", held).limits(limits.build()).events(events);
  }

  private List<String> refusals() {
    return events.lines.stream().filter(line -> line.startsWith("refused")).toList();
  }

  @Test
  void tellsAConnectionTooManyToTryAgainAndClosesIt() throws Exception {
    try (SocketmapServer server =
            TestServer.start(server(ServerLimits.builder().maxConnections(1)));
        WireClient first = connect(server)) {
      first.send(netstring("t a"));
      HeldTable.Asked asked = held.next();
      try (WireClient second = connect(server)) {
        assertThat(second.read()).isEqualTo("TEMP too many connections");
        assertThat(second.isClosedByServer()).isTrue();
      }
      asked.found("still here");
      assertThat(first.read()).isEqualTo("OK still here");
    }
  }

  @Test
  void takesANewConnectionWhenAnotherHasEnded() throws Exception {
    try (SocketmapServer server =
        TestServer.start(server(ServerLimits.builder().maxConnections(1)))) {
      try (WireClient first = connect(server)) {
        assertThat(first.ask("nomap key")).isEqualTo("TEMP unknown map");
      }
      await().until(() -> answers(server));
    }
  }

  private boolean answers(SocketmapServer server) throws IOException {
    try (WireClient client = connect(server)) {
      return client.ask("nomap key").equals("TEMP unknown map");
    }
  }

  @Test
  void countsTheConnectionsOfOneAddressButNotThoseOfASocketFile() throws Exception {
    SocketmapServer.Builder builder =
        server(ServerLimits.builder().maxConnectionsPerClient(1))
            .listen(Endpoint.parse("unix:" + folder.resolve("s")));
    try (SocketmapServer server = TestServer.start(builder);
        WireClient first = connect(server)) {
      assertThat(first.ask("nomap key")).isEqualTo("TEMP unknown map");
      try (WireClient second = connect(server)) {
        assertThat(second.read()).isEqualTo("TEMP too many connections from one client");
      }
      Endpoint file = server.endpoints().getLast();
      try (WireClient a = WireClient.connect(file);
          WireClient b = WireClient.connect(file)) {
        assertThat(a.ask("nomap key")).isEqualTo("TEMP unknown map");
        assertThat(b.ask("nomap key")).isEqualTo("TEMP unknown map");
      }
    }
  }

  @Test
  void reportsAFloodOfRefusalsOnceAMinuteWithACount() throws Exception {
    SteppedClock clock = new SteppedClock();
    SocketmapServer.Builder builder =
        server(ServerLimits.builder().maxConnections(1)).clock(clock, SteppedClock.LOOK_OFTEN);
    try (SocketmapServer server = TestServer.start(builder);
        WireClient first = connect(server)) {
      first.send(netstring("t a"));
      held.next();
      for (int i = 0; i < 10; i++) {
        try (WireClient refused = connect(server)) {
          assertThat(refused.read()).startsWith("TEMP ");
        }
      }
      clock.pass(Duration.ofSeconds(59), Duration.ofSeconds(59));
      assertThat(refusals()).containsExactly("refused too many connections x1");

      clock.pass(Duration.ofSeconds(2), Duration.ofSeconds(2));

      assertThat(refusals())
          .containsExactly("refused too many connections x1", "refused too many connections x9");
      clock.pass(Duration.ofMinutes(10), Duration.ofMinutes(1));
      assertThat(refusals()).hasSize(2);
    }
  }

  @Test
  void answersTempAtOnceWhenAMapIsWorkingOnTooMuch() throws Exception {
    try (SocketmapServer server =
            TestServer.start(server(ServerLimits.builder().maxInFlightPerMap(1)));
        WireClient waiting = connect(server);
        WireClient other = connect(server)) {
      waiting.send(netstring("t a"));
      HeldTable.Asked asked = held.next();

      assertThat(other.ask("t b")).isEqualTo("TEMP too many requests for this map");
      assertThat(other.ask("t c")).isEqualTo("TEMP too many requests for this map");
      asked.found("a");
      assertThat(waiting.read()).isEqualTo("OK a");
      other.send(netstring("t d"));
      held.next().found("d");

      assertThat(other.read()).isEqualTo("OK d");
      assertThat(events.lines).contains("busy t x1").doesNotContain("busy t x2");
    }
  }

  @Test
  void countsARequestInFlightUntilItIsAnsweredThoughItsClientIsGone() throws Exception {
    try (SocketmapServer server =
            TestServer.start(server(ServerLimits.builder().maxInFlightPerMap(1)));
        WireClient other = connect(server)) {
      WireClient gone = connect(server);
      gone.send(netstring("t a"));
      HeldTable.Asked asked = held.next();
      gone.reset();
      assertThat(other.ask("t b")).startsWith("TEMP ");

      asked.answer().accept(new LookupResult.NotFound());

      other.send(netstring("t c"));
      held.next().found("c");
      assertThat(other.read()).isEqualTo("OK c");
    }
  }

  @Test
  void keepsToTheLimitsOfItsMessages() throws Exception {
    ServerLimits.Builder limits = ServerLimits.builder().messages(new SocketmapLimits(10, 10));
    SocketmapServer.Builder builder =
        TestServer.builder("t", TestServer.upperCase()).limits(limits.build());
    try (SocketmapServer server = TestServer.start(builder);
        WireClient client = connect(server)) {
      assertThat(client.ask("t 1234567")).isEqualTo("OK 1234567");
      assertThat(client.ask("t 12345678")).startsWith("TEMP ");
      assertThat(client.ask("t 123456789")).startsWith("PERM ");
    }
  }
}
