package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;

/** Connections that go on with another kind of thread, while their clients ask. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadChangeTest {
  private static final int PIPELINED = 100;

  /** More than those among which threads are not changed, on any number of processors. */
  private static final int CONNECTIONS = ConnectionThreads.FEW;

  private static final LookupTable KIND_OF_THREAD =
      key ->
          new LookupResult.Found(
              key + " by " + (Thread.currentThread().isVirtual() ? "virtual" : "platform"));

  private final RecordingEvents events = new RecordingEvents();

  /** Time stands still for it, so that every answer that has come at once was prompt. */
  private final SocketmapServer server =
      TestServer.builder("t", KIND_OF_THREAD)
          .events(events)
          .clock(() -> 0, Duration.ofSeconds(1))
          .threads(ConnectionThreads.MIXED)
          .build();

  private final List<WireClient> clients = new ArrayList<>();
  private int asked;

  @AfterEach
  void close() throws IOException {
    for (WireClient client : clients) {
      client.close();
    }
    server.close();
  }

  @Test
  void answersEveryPipelinedRequestInOrderWhileTheThreadChanges() throws Exception {
    server.start();
    connect(1);
    for (int i = 0; i < 5; i++) {
      assertThat(askPipelined(clients.getFirst())).endsWith("platform");
    }

    connect(CONNECTIONS);

    String last = "";
    while (!last.endsWith("virtual")) {
      last = askPipelined(clients.getFirst());
    }
    for (int i = 0; i < 5; i++) {
      assertThat(askPipelined(clients.getFirst())).endsWith("virtual");
    }
  }

  @Test
  void drainsAndCountsAConnectionThatChangedItsThread() throws Exception {
    server.start();
    connect(CONNECTIONS + 1);
    WireClient client = clients.getFirst();
    while (!askPipelined(client).endsWith("virtual")) {}

    assertThat(server.stop(Duration.ofSeconds(30))).isTrue();

    assertThat(client.isClosedByServer()).isTrue();
    assertThat(events.causes).isEmpty();
    assertThat(events.lines).contains("stopped, forced 0");
  }

  private void connect(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      WireClient client = TestServer.connect(server);
      clients.add(client);
      client.ask("t hello");
    }
  }

  /** Asks for many keys at once; gives the last answer. */
  private String askPipelined(WireClient client) throws IOException {
    int first = asked;
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < PIPELINED; i++) {
      requests.append(WireClient.netstring("t " + asked++));
    }
    client.send(requests.toString());
    String last = "";
    for (int i = 0; i < PIPELINED; i++) {
      last = client.read();
      assertThat(last).startsWith("OK " + (first + i) + " by ");
    }
    return last;
  }
}
