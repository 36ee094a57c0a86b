package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sockmapd.server.TestServer.connect;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.protocol.Endpoint;

@Timeout(60)
class ListenersTest {
  private final RecordingEvents events = new RecordingEvents();
  private SocketmapServer server;
  private Endpoint.Inet first;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start(TestServer.builder("t", TestServer.upperCase()).events(events));
    first = (Endpoint.Inet) server.endpoints().getFirst();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static ListenerSettings anyPort() {
    return ListenerSettings.of(TestServer.ANY_PORT);
  }

  private ListenerSettings file() {
    return ListenerSettings.of(Endpoint.parse("unix:" + folder.resolve("s")));
  }

  private static boolean answers(Endpoint endpoint) throws IOException {
    try (WireClient client = WireClient.connect(endpoint)) {
      return client.ask("t key").equals("OK KEY");
    }
  }

  @Test
  void namesTheEndpointThatIsInUseAndReleasesTheOthers() throws Exception {
    Endpoint.Unix path = new Endpoint.Unix(folder.resolve("s"));
    SocketmapServer second =
        TestServer.builder("t", TestServer.upperCase()).listen(path).listen(first).build();
    try (second) {
      assertThatThrownBy(second::start)
          .isInstanceOf(BindException.class)
          .hasMessage(first + ": Address already in use");
      assertThat(second.endpoints()).isEmpty();
      assertThat(path.path()).doesNotExist();

      server.stopNow();
      second.start();

      assertThat(answers(first)).isTrue();
    }
  }

  @Test
  void namesAHostThatIsNotKnown() {
    Endpoint nowhere = Endpoint.parse("inet:no.such.host.invalid:0");

    assertThatThrownBy(() -> server.replaceListeners(List.of(ListenerSettings.of(nowhere))))
        .isInstanceOf(BindException.class)
        .hasMessage(nowhere + ": the host name is not known");
  }

  @Test
  void keepsWhatIsUnchangedOpensWhatIsNewAndClosesTheRest() throws Exception {
    try (WireClient old = connect(server)) {
      old.ask("t key");
      server.replaceListeners(List.of(anyPort(), file()));
      assertThat(server.endpoints()).startsWith(first).hasSize(2);
      assertThat(answers(first)).isTrue();
      assertThat(answers(file().endpoint())).isTrue();

      server.replaceListeners(List.of(file()));

      assertThat(server.endpoints()).containsExactly(file().endpoint());
      assertThatThrownBy(() -> WireClient.connect(first)).isInstanceOf(ConnectException.class);
      assertThat(answers(file().endpoint())).isTrue();
      assertThat(old.ask("t key")).isEqualTo("OK KEY");
      assertThat(events.lines)
          .containsSubsequence(
              "listening " + first, "listening " + file().endpoint(), "closed " + first);
    }
  }

  @Test
  void changesNothingWhenOneListenerCannotBeOpened() throws Exception {
    try (SocketmapServer other = TestServer.start("t", TestServer.upperCase())) {
      List<ListenerSettings> wanted =
          List.of(file(), ListenerSettings.of(other.endpoints().getFirst()));

      assertThatThrownBy(() -> server.replaceListeners(wanted)).isInstanceOf(BindException.class);

      assertThat(server.endpoints()).containsExactly(first);
      assertThat(answers(first)).isTrue();
      assertThat(folder.resolve("s")).doesNotExist();
    }
  }

  @Test
  void changesNothingWhenWhoHearsOfAListenerThrows() throws Exception {
    ServerEvents throwing =
        new ServerEvents() {
          @Override
          public void listening(Endpoint endpoint) {
            if (endpoint instanceof Endpoint.Unix) {
              throw new IllegalStateException("no idea");
            }
          }
        };
    try (SocketmapServer heard =
        TestServer.start(TestServer.builder("t", TestServer.upperCase()).events(throwing))) {
      List<Endpoint> before = heard.endpoints();

      assertThatThrownBy(() -> heard.replaceListeners(List.of(anyPort(), file())))
          .isInstanceOf(IllegalStateException.class);

      assertThat(heard.endpoints()).isEqualTo(before);
      assertThat(folder.resolve("s")).doesNotExist();
      assertThat(answers(before.getFirst())).isTrue();
    }
  }

  @Test
  void movesAPortFromEveryAddressToOneAndBack() throws Exception {
    Endpoint everywhere = new Endpoint.Inet("0.0.0.0", first.port());
    Endpoint local = new Endpoint.Inet("127.0.0.1", first.port());
    server.replaceListeners(List.of(ListenerSettings.of(everywhere)));
    assertThat(answers(first)).isTrue();

    server.replaceListeners(List.of(ListenerSettings.of(local)));

    assertThat(server.endpoints()).containsExactly(local);
    assertThat(answers(first)).isTrue();
  }

  @Test
  void bringsBackTheOldListenerWhenThatOfItsPortCannotBeOpened() throws Exception {
    // An address of documentation (RFC 5737), which this machine does not have.
    Endpoint foreign = new Endpoint.Inet("192.0.2.1", first.port());

    assertThatThrownBy(() -> server.replaceListeners(List.of(ListenerSettings.of(foreign))))
        .isInstanceOf(BindException.class)
        .hasMessageStartingWith(foreign + ": ");

    assertThat(server.endpoints()).hasSize(1);
    assertThat(answers(server.endpoints().getFirst())).isTrue();
  }

  @Test
  void appliesOtherSettingsOfAnEndpointToThoseWhoConnectFromNowOn() throws Exception {
    try (WireClient old = connect(server)) {
      old.ask("t key");

      server.replaceListeners(
          List.of(
              new ListenerSettings.Tcp(
                  (Endpoint.Inet) TestServer.ANY_PORT, List.of(Network.parse("10.0.0.0/8")))));

      assertThat(server.endpoints()).containsExactly(first);
      assertThat(old.ask("t key")).isEqualTo("OK KEY");
      try (WireClient refused = WireClient.connect(first)) {
        assertThat(refused.isClosedByServer()).isTrue();
      }
      server.replaceListeners(List.of(anyPort()));
      assertThat(answers(first)).isTrue();
    }
  }

  @Test
  void listensOnAnyNumberOfPortsOfTheSystemsChoice() throws Exception {
    server.replaceListeners(List.of(anyPort(), anyPort(), anyPort()));

    assertThat(server.endpoints()).startsWith(first).doesNotHaveDuplicates().hasSize(3);
  }
}
