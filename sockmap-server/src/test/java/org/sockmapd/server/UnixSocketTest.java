package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.protocol.Endpoint;

@Timeout(60)
class UnixSocketTest {
  private final RecordingEvents events = new RecordingEvents();
  private Path path;
  private Endpoint.Unix endpoint;

  @TempDir Path folder;

  @BeforeEach
  void choosePath() {
    path = folder.resolve("s");
    endpoint = new Endpoint.Unix(path);
  }

  private SocketmapServer start(ListenerSettings settings) throws IOException {
    return TestServer.start(
        SocketmapServer.builder()
            .tables(TestServer.tables("t", TestServer.upperCase()))
            .listen(settings)
            .events(events));
  }

  private ListenerSettings.Unix settings(int mode, String group, Set<String> users) {
    return new ListenerSettings.Unix(
        endpoint, mode, Optional.empty(), Optional.of(group).filter(g -> !g.isEmpty()), users);
  }

  private boolean answers() throws IOException {
    try (WireClient client = WireClient.connect(endpoint)) {
      return client.ask("t key").equals("OK KEY");
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void letsOwnerAndGroupInUnlessToldOtherwise() throws IOException {
    try (SocketmapServer server = start(ListenerSettings.of(endpoint))) {
      assertThat(permissions(path)).isEqualTo("rw-rw----");
      assertThat(answers()).isTrue();

      server.replaceListeners(List.of(settings(0606, "", Set.of())));

      assertThat(permissions(path)).isEqualTo("rw----rw-");
      assertThat(answers()).isTrue();
    }
  }

  @Test
  void givesTheFileItsGroup() throws IOException {
    String group = Files.getAttribute(folder, "posix:group").toString();

    try (SocketmapServer server = start(settings(0660, group, Set.of()))) {
      assertThat(server.endpoints()).containsExactly(endpoint);
      assertThat(Files.getAttribute(path, "posix:group")).hasToString(group);
    }
  }

  @Test
  void refusesAGroupThatThereIsNotAndLeavesNoFile() {
    assertThatThrownBy(() -> start(settings(0660, "no-such-group", Set.of())))
        .isInstanceOf(BindException.class)
        .hasMessage(endpoint + ": there is no group 'no-such-group'");
    assertThat(path).doesNotExist();
  }

  @Test
  void removesItsFileAtTheEnd() throws IOException {
    start(ListenerSettings.of(endpoint)).close();

    assertThat(path).doesNotExist();
  }

  @Test
  void leavesAFileThatIsNoLongerItsOwn() throws IOException {
    SocketmapServer server = start(ListenerSettings.of(endpoint));
    Files.move(path, folder.resolve("aside"));
    Files.writeString(path, "somebody else's");

    server.close();

    assertThat(path).hasContent("somebody else's");
  }

  @Test
  void replacesTheSocketOfADeadServer() throws IOException {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(path).exists();

    try (SocketmapServer server = start(ListenerSettings.of(endpoint))) {
      assertThat(server.endpoints()).containsExactly(endpoint);
      assertThat(answers()).isTrue();
    }
  }

  @Test
  void doesNotReplaceTheSocketOfALiveServer() throws IOException {
    try (SocketmapServer live = start(ListenerSettings.of(endpoint))) {
      assertThatThrownBy(() -> start(ListenerSettings.of(endpoint)))
          .isInstanceOf(BindException.class)
          .hasMessage(endpoint + ": another server listens on it");

      assertThat(live.endpoints()).containsExactly(endpoint);
      assertThat(answers()).isTrue();
    }
  }

  @Test
  void takesAServerThatIsTooBusyToAcceptForALiveOne() throws IOException {
    try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      busy.bind(UnixDomainSocketAddress.of(path), 1);
      try (WireClient one = WireClient.connect(endpoint);
          WireClient two = WireClient.connect(endpoint)) {
        assertThatThrownBy(() -> start(ListenerSettings.of(endpoint)))
            .hasMessageStartingWith(endpoint + ": there is a socket already, ");
        assertThat(path).exists();
        assertThat(one).isNotSameAs(two);
      }
    }
  }

  @Test
  void doesNotReplaceAFileThatIsNoSocket() throws IOException {
    Files.writeString(path, "precious");

    assertThatThrownBy(() -> start(ListenerSettings.of(endpoint)))
        .isInstanceOf(BindException.class)
        .hasMessage(endpoint + ": there is a file of that name which is not a socket");
    assertThat(path).hasContent("precious");
  }

  @Test
  void saysThatAFolderIsMissing() {
    Endpoint.Unix nowhere = new Endpoint.Unix(folder.resolve("missing/s"));

    assertThatThrownBy(() -> start(ListenerSettings.of(nowhere)))
        .isInstanceOf(BindException.class)
        .hasMessage(nowhere + ": the folder " + folder.resolve("missing") + " does not exist");
  }

  @Test
  void listensOnThePathOfTheGreatestLength(@TempDir Path root) throws IOException {
    int missing = Endpoint.Unix.MAX_BYTES - root.toString().length() - 1;
    Endpoint.Unix longest = new Endpoint.Unix(root.resolve("x".repeat(missing)));
    try (SocketmapServer server = start(ListenerSettings.of(longest));
        WireClient client = WireClient.connect(longest)) {
      assertThat(client.ask("t key")).isEqualTo("OK KEY");
      assertThat(server.endpoints()).containsExactly(longest);
    }
  }

  @Test
  void putsAFileThatWasRemovedBackWhenListenersAreSetAgain() throws IOException {
    try (SocketmapServer server = start(ListenerSettings.of(endpoint));
        WireClient before = WireClient.connect(endpoint)) {
      Files.delete(path);

      server.replaceListeners(List.of(ListenerSettings.of(endpoint)));

      assertThat(answers()).isTrue();
      assertThat(before.ask("t key")).isEqualTo("OK KEY");
      server.replaceListeners(List.of(ListenerSettings.of(endpoint)));
      assertThat(answers()).isTrue();
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void asksTheSystemWhoIsAtTheOtherEnd() throws IOException {
    String me = System.getProperty("user.name");
    try (SocketmapServer server = start(settings(0660, "", Set.of("nobody-at-all", me)))) {
      assertThat(answers()).isTrue();

      server.replaceListeners(List.of(settings(0660, "", Set.of("nobody-at-all"))));

      try (WireClient refused = WireClient.connect(endpoint)) {
        assertThat(refused.isClosedByServer()).isTrue();
      }
      assertThat(events.lines).contains("refused not allowed x1");
    }
  }

  @Test
  void knowsAUserByNumber() throws IOException {
    String me = Files.getAttribute(folder, "unix:uid").toString();
    try (SocketmapServer server = start(settings(0660, "", Set.of("4294967", "99999999999", me)))) {
      assertThat(answers()).isTrue();

      server.replaceListeners(List.of(settings(0660, "", Set.of("4294967"))));

      try (WireClient refused = WireClient.connect(endpoint)) {
        assertThat(refused.isClosedByServer()).isTrue();
      }
    }
  }

  @Test
  void takesTheGroupAwayThatSettingsNoLongerName() throws IOException {
    assumeThat(System.getProperty("user.name"))
        .as("giving a file away needs root")
        .isEqualTo("root");
    String own = Files.getAttribute(folder, "posix:group").toString();
    try (SocketmapServer server = start(settings(0660, "daemon", Set.of()))) {
      assertThat(Files.getAttribute(path, "posix:group")).hasToString("daemon");

      server.replaceListeners(List.of(settings(0660, "", Set.of())));

      assertThat(Files.getAttribute(path, "posix:group")).hasToString(own);
    }
  }

  @Test
  void refusesAModeThatIsNone() {
    assertThatThrownBy(() -> settings(01777, "", Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the mode of a UNIX socket is 0000 to 0777, got 01777");
  }
}
