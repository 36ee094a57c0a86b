package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.sockmapd.server.TestServer.connect;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StopTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final HeldTable table = new HeldTable(Map.of("now", "at once"));
  private final RecordingEvents events = new RecordingEvents();

  @Test
  void answersEveryRequestThatWasReadAndThenCloses() throws Exception {
    SocketmapServer server = TestServer.start(TestServer.builder("t", table).events(events));
    try (WireClient busy = connect(server);
        WireClient idle = connect(server)) {
      idle.ask("t now");
      busy.send(WireClient.netstring("t one") + WireClient.netstring("t two"));
      HeldTable.Asked one = table.next();
      HeldTable.Asked two = table.next();

      CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> server.stop(LONG));
      assertThat(idle.isClosedByServer()).isTrue();
      assertThat(stopped).isNotDone();
      two.found("2");
      one.found("1");

      assertThat(busy.read()).isEqualTo("OK 1");
      assertThat(busy.read()).isEqualTo("OK 2");
      assertThat(busy.isClosedByServer()).isTrue();
      assertThat(stopped.get()).isTrue();
      assertThat(table.closed).isTrue();
      assertThat(events.lines).contains("stopped, forced 0");
    }
  }

  @Test
  void cutsOffWhatIsNotAnsweredInTime() throws Exception {
    SocketmapServer server = TestServer.start(TestServer.builder("t", table).events(events));
    try (WireClient busy = connect(server)) {
      busy.send(WireClient.netstring("t one"));
      HeldTable.Asked one = table.next();

      assertThat(server.stop(Duration.ofMillis(50))).isFalse();

      assertThat(busy.isClosedByServer()).isTrue();
      assertThat(table.closed).isTrue();
      one.found("too late");
      assertThat(events.lines).contains("stopped, forced 1");
      assertThat(events.causes).isEmpty();
    }
  }

  @Test
  void cutsShortAStopThatIsUnderWay() throws Exception {
    SocketmapServer server = TestServer.start(TestServer.builder("t", table).events(events));
    try (WireClient busy = connect(server)) {
      busy.send(WireClient.netstring("t one"));
      table.next();
      CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> server.stop(LONG));
      await().until(() -> events.lines.stream().anyMatch(line -> line.startsWith("closed")));

      server.stopNow();

      assertThat(stopped.get()).isFalse();
    }
  }

  @Test
  void closesTablesOfAServerThatNeverRan() {
    SocketmapServer server = TestServer.builder("t", table).events(events).build();

    assertThat(server.stop(LONG)).isTrue();

    assertThat(table.closed).isTrue();
    assertThat(events.lines).isEmpty();
    assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void takesNoConnectionsOnceStopped() throws Exception {
    SocketmapServer server = TestServer.start("t", table);
    var endpoint = server.endpoints().getFirst();

    server.close();

    assertThat(server.endpoints()).isEmpty();
    assertThatThrownBy(() -> WireClient.connect(endpoint)).isInstanceOf(ConnectException.class);
  }

  @Test
  void stopsOnlyOnceThoughAskedManyTimes() throws IOException {
    SocketmapServer server = TestServer.start(TestServer.builder("t", table).events(events));

    server.stop(LONG);
    server.stop(LONG);
    server.stopNow();
    server.close();

    assertThat(events.lines).filteredOn(line -> line.startsWith("stopped")).hasSize(1);
  }
}
