package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sockmapd.server.TestServer.connect;
import static org.sockmapd.server.WireClient.netstring;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sockmapd.lookup.NonBlocking;

/** Connections that one thread serves together. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventLoopTest {
  /** More than those among which threads are not changed, on any number of processors. */
  private static final int CONNECTIONS = ConnectionThreads.FEW + 1;

  /** Enough to judge a connection by. */
  private static final int REQUESTS = 16 * 16;

  private final RecordingEvents events = new RecordingEvents();
  private final LoopTables tables = new LoopTables();
  private final List<WireClient> clients = new ArrayList<>();

  private SocketmapServer server = server().build();

  private SocketmapServer.Builder server() {
    return SocketmapServer.builder()
        .tables(tables.all())
        .listen(TestServer.ANY_PORT)
        .events(events);
  }

  private void startWithLoopsOnly() throws IOException {
    server = server().loopsAtOnce().build();
    server.start();
  }

  private WireClient client() throws IOException {
    WireClient client = connect(server);
    clients.add(client);
    return client;
  }

  @AfterEach
  void close() throws IOException {
    tables.release(1_000);
    for (WireClient client : clients) {
      client.close();
    }
    server.close();
    tables.close();
  }

  private void ask(WireClient client, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      assertThat(client.ask("later key " + i)).isEqualTo("OK key " + i);
    }
  }

  /** A client whose table had it wait for every answer until now. */
  private WireClient oneOfManyThatWaited() throws IOException {
    server.start();
    for (int i = 0; i < CONNECTIONS; i++) {
      client().ask("echo hello");
    }
    WireClient client = clients.getFirst();
    for (int i = 0; i < REQUESTS; i++) {
      assertThat(client.ask("slow " + i)).isEqualTo("OK " + i);
    }
    return client;
  }

  private boolean asksInLoop(WireClient client) throws IOException {
    ask(client, 1);
    return tables.latestAsking() instanceof NonBlocking;
  }

  @Test
  void takesOverConnectionsThatAreAnsweredLaterOnceThereAreSome() throws Exception {
    server.start();
    WireClient first = client();
    ask(first, 20);
    assertThat(asksInLoop(first)).isFalse();

    for (int i = 1; i < CONNECTIONS; i++) {
      client().ask("echo hello");
    }
    await().until(() -> asksInLoop(first));
  }

  @Test
  void leavesConnectionsAloneWhoseTablesHoldThemUp() throws Exception {
    WireClient client = oneOfManyThatWaited();
    assertThat(asksInLoop(client)).isFalse();
  }

  /** While a client is alone its table may have it wait, and then no more. */
  @Test
  void keepsConnectionsWhoseTablesHeldThemUpBefore() throws Exception {
    WireClient client = oneOfManyThatWaited();
    await().until(() -> asksInLoop(client));
    ask(client, REQUESTS);
    assertThat(asksInLoop(client)).isTrue();
  }

  @Test
  void answersManyConnectionsEachInItsOrder() throws Exception {
    startWithLoopsOnly();
    for (int i = 0; i < 50; i++) {
      client().send(netstring("later 1 of " + i) + netstring("echo 2") + netstring("later 3"));
    }
    for (int i = 0; i < 50; i++) {
      assertThat(clients.get(i).read()).isEqualTo("OK 1 of " + i);
      assertThat(clients.get(i).read()).isEqualTo("OK 2");
      assertThat(clients.get(i).read()).isEqualTo("OK 3");
      assertThat(asksInLoop(clients.get(i))).isTrue();
    }
  }

  @Test
  void takesRequestsInPieces() throws Exception {
    startWithLoopsOnly();
    WireClient client = client();
    for (String piece : List.of("1", "1:later ", "hello", ",10:la")) {
      client.send(piece);
      Thread.sleep(20); // Each is to be read by itself.
    }
    assertThat(client.read()).isEqualTo("OK hello");
    client.send("ter four,");
    assertThat(client.read()).isEqualTo("OK four");
  }

  @Test
  void letsATableHoldUpOneConnectionOnly() throws Exception {
    startWithLoopsOnly();
    WireClient stuck = client();
    WireClient other = client();
    ask(other, 1);
    for (int i = 1; i < 4; i++) {
      stuck = client().send(netstring("holding " + i) + netstring("echo " + i));

      ask(other, 1);
      assertThat(asksInLoop(other)).isTrue();
    }
    tables.release(3);
    assertThat(stuck.read()).isEqualTo("OK 3");
    assertThat(stuck.read()).isEqualTo("OK 3");
    assertThat(stuck.ask("echo again")).isEqualTo("OK again");
    assertThat(events.causes).isEmpty();
  }

  @Test
  void servesOthersWhileATableWaitsOnItsThread() throws Exception {
    startWithLoopsOnly();
    WireClient waiting = client();
    waiting.send(netstring("lent a"));
    tables.awaitLent();

    assertThat(client().ask("release b")).isEqualTo("OK b");
    assertThat(waiting.read()).isEqualTo("OK true");
  }

  @Test
  void doesWhatIsToBeDoneMeanwhileOnce() throws Exception {
    startWithLoopsOnly();
    assertThat(client().ask("meanwhile a")).isEqualTo("OK true false 1 true");
  }

  @Test
  void goesOnWithoutAThreadThatIsHeldUpByWhatItDoesMeanwhile() throws Exception {
    startWithLoopsOnly();
    WireClient stuck = client();
    stuck.send(netstring("meanwhileHolding a"));

    WireClient other = client();
    ask(other, 1);
    assertThat(asksInLoop(other)).isTrue();
    tables.release(1);
    assertThat(stuck.read()).startsWith("OK false false 1");
  }

  @Test
  void goesOnWithoutAThreadThatATableHoldsUp() throws Exception {
    startWithLoopsOnly();
    WireClient stuck = client();
    WireClient other = client();
    for (int i = 0; i < 3; i++) {
      stuck.send(netstring("lentHolding a"));

      ask(other, 1);
      assertThat(asksInLoop(other)).isTrue();
      tables.release(1);
      assertThat(stuck.read()).isEqualTo("OK false");
    }
    assertThat(events.causes).isEmpty();
  }

  @Test
  void letsAClientThatDoesNotReadHoldUpItselfOnly() throws Exception {
    startWithLoopsOnly();
    WireClient other = client();
    ask(other, 1);
    WireClient slow = WireClient.connectWithSmallBuffer(server.endpoints().getFirst());
    clients.add(slow);
    slow.send(netstring("big x").repeat(100));

    ask(other, 1);
    assertThat(asksInLoop(other)).isTrue();
    for (int i = 0; i < 100; i++) {
      assertThat(slow.read()).hasSize("OK ".length() + 90_000);
    }
    assertThat(slow.ask("echo again")).isEqualTo("OK again");
  }

  @Test
  void goesOnWhenItsThreadHasFailed() throws Exception {
    startWithLoopsOnly();
    WireClient other = client();
    ask(other, 1);
    WireClient failing = client();
    failing.send(netstring("failing a"));

    assertThat(failing.isClosedByServer()).isTrue();
    assertThat(asksInLoop(other)).isTrue();
  }

  @Test
  void stopsWithConnectionsThatAreIdle() throws Exception {
    startWithLoopsOnly();
    for (int i = 0; i < 10; i++) {
      ask(client(), 1);
    }

    assertThat(server.stop(Duration.ofSeconds(30))).isTrue();

    for (WireClient client : clients) {
      assertThat(client.isClosedByServer()).isTrue();
    }
    assertThat(events.lines).contains("stopped, forced 0");
    assertThat(events.causes).isEmpty();
  }

  @Test
  void stopsWithAConnectionThatIsHeldUp() throws Exception {
    startWithLoopsOnly();
    WireClient stuck = client();
    stuck.send(netstring("holding a"));
    WireClient other = client();
    ask(other, 1);

    assertThat(server.stop(Duration.ofMillis(200))).isFalse();

    assertThat(stuck.isClosedByServer()).isTrue();
    assertThat(other.isClosedByServer()).isTrue();
  }
}
