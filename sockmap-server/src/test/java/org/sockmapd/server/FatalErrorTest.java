package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sockmapd.server.TestServer.connect;
import static org.sockmapd.server.WireClient.netstring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sockmapd.lookup.LookupTable;

@Timeout(60)
class FatalErrorTest {
  private final CompletableFuture<VirtualMachineError> fatal = new CompletableFuture<>();
  private final ServerEvents events =
      new ServerEvents() {
        @Override
        public void fatal(VirtualMachineError error) {
          fatal.complete(error);
        }
      };

  @Test
  void reportsThatTheMemoryIsUsedUpAndAnswersNothing() throws Exception {
    OutOfMemoryError error = new OutOfMemoryError("test");
    LookupTable table =
        key -> {
          throw error;
        };
    try (SocketmapServer server =
            TestServer.start(
                TestServer.builder("t", table).events(events).threads(ConnectionThreads.VIRTUAL));
        WireClient client = connect(server)) {
      client.send(netstring("t key"));

      assertThat(fatal.get(20, TimeUnit.SECONDS)).isSameAs(error);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void takesAStackThatIsUsedUpForAFailureOfThatLookup() throws Exception {
    LookupTable table =
        key -> {
          throw new StackOverflowError();
        };
    try (SocketmapServer server = TestServer.start(TestServer.builder("t", table).events(events));
        WireClient client = connect(server)) {
      assertThat(client.ask("t key")).isEqualTo("TEMP internal error");
      assertThat(client.ask("t key")).isEqualTo("TEMP internal error");
      assertThat(fatal).isNotDone();
    }
  }
}
