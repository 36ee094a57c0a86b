package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapClient;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapReply.NotFound;
import org.sockmapd.protocol.SocketmapReply.Ok;
import org.sockmapd.protocol.SocketmapRequest;

@Timeout(120)
class ServeIT {
  private static final String ANSWERS_1 = inline("recipient", "1");
  private static final String ANSWERS_2 = inline("recipient", "2");
  private static final String SLOW = "{\"service\": \"slow\", \"query\": \"SELECT '%s'\"}";

  @TempDir private Path folder;

  @Test
  void saysWhereItListensAndHowPostfixUsesEachMap() throws Exception {
    try (Daemon daemon = Daemon.start(quickstart(), "-p", "0")) {
      String endpoint = daemon.endpoint();

      assertThat(daemon.out())
          .contains("  relay_recipient_maps = socketmap:" + endpoint + ":recipient\n")
          .contains("  virtual_alias_maps = socketmap:" + endpoint + ":alias\n");
    }
  }

  @Test
  void answersFromTheSampleMailData() throws Exception {
    try (Daemon daemon = Daemon.start(quickstart(), "-p", "0")) {
      assertThat(ask(daemon, "recipient", "alice@example.com")).isEqualTo(new Ok("OK"));
      assertThat(ask(daemon, "recipient", "nobody@example.com")).isEqualTo(new NotFound());
      assertThat(ask(daemon, "alias", "sales@example.com"))
          .isEqualTo(new Ok("alice@example.com,bob@example.com"));
      assertThat(ask(daemon, "alias", "anybody@example.org"))
          .isEqualTo(new Ok("carol@example.org"));
      assertThat(ask(daemon, "sender_access", "spammer@example.net"))
          .isEqualTo(new Ok("REJECT no thanks"));
      assertThat(ask(daemon, "sender_access", "x@sub.example.invalid"))
          .isEqualTo(new Ok("550 this domain does not exist"));
      assertThat(ask(daemon, "domain", "example.org")).isEqualTo(new Ok("example.org"));
      assertThat(ask(daemon, "transport", "x@example.com"))
          .isEqualTo(new Ok("smtp:[mailstore.example.com]"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void stopsInOrder(String signal) throws Exception {
    try (Daemon daemon = Daemon.start(configuration("", ANSWERS_1))) {
      daemon.signal(signal);

      assertThat(daemon.awaitEnd()).isZero();
      assertThat(daemon.err()).contains(" info stopped forced=0");
    }
  }

  @Test
  void stopsWithoutAComplaintOfLibrariesRightAfterALookup() throws Exception {
    try (Daemon daemon = Daemon.start(quickstart(), "-p", "0")) {
      ask(daemon, "recipient", "alice@example.com");
      daemon.signal("TERM");

      assertThat(daemon.awaitEnd()).isZero();
      assertThat(daemon.err()).doesNotContain("library from=");
    }
  }

  @Test
  void stopsAtOnceWhenToldTwice() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path configuration = write("\"drain_timeout\": \"10m\"", database(silent), SLOW);
      try (Daemon daemon = Daemon.start(configuration)) {
        CompletableFuture<SocketmapReply> reply = askLater(daemon, "slow", "x");
        try (Socket query = silent.accept()) {
          daemon.signal("TERM");
          await().until(() -> daemon.err().contains("closed on="));
          assertThat(reply).isNotDone();
          daemon.signal("TERM");

          // The lookup could not be called back.
          assertThat(daemon.awaitEnd()).isEqualTo(ExitStatus.TEMPORARY);
          assertThat(query.isConnected()).isTrue();
        }
        assertThat(reply).failsWithin(Duration.ofSeconds(10));
      }
    }
  }

  /** A database that takes connections and never says a word. */
  private static String database(ServerSocket silent) {
    return "\"type\": \"postgresql\", \"host\": [\"127.0.0.1\"], \"username\": \"x\","
        + " \"connect_timeout\": \"9m\", \"lookup_timeout\": \"10m\", \"database\": \"x\","
        + (" \"port\": " + silent.getLocalPort());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "USR1"})
  void answersFromAChangedConfigurationWhenTold(String signal) throws Exception {
    Path configuration = configuration("", ANSWERS_1);
    try (Daemon daemon = Daemon.start(configuration)) {
      assertThat(ask(daemon, "recipient", "x")).isEqualTo(new Ok("1"));

      configuration("", ANSWERS_2);
      daemon.signal(signal);
      await().until(() -> daemon.err().contains(" info reloaded "));

      assertThat(ask(daemon, "recipient", "x")).isEqualTo(new Ok("2"));
      daemon.stop();
    }
  }

  @Test
  void saysThatALimitTakesEffectWithARestart() throws Exception {
    Path configuration = configuration("", ANSWERS_1);
    try (Daemon daemon = Daemon.start(configuration)) {
      daemon.signal("HUP");
      await().until(() -> daemon.err().contains(" info reloaded "));
      assertThat(daemon.err()).doesNotContain("takes effect with a restart");

      configuration("\"max_connections\": 7", ANSWERS_2);
      daemon.signal("HUP");

      await().until(() -> daemon.err().contains(" warn what changed of the limits, "));
      assertThat(ask(daemon, "recipient", "x")).isEqualTo(new Ok("2"));
    }
  }

  @Test
  void goesOnAsBeforeWhenAChangedConfigurationIsWrong() throws Exception {
    Path configuration = configuration("", ANSWERS_1);
    try (Daemon daemon = Daemon.start(configuration)) {
      configuration("\"prot\": 1", ANSWERS_2);
      daemon.signal("HUP");
      await().until(() -> daemon.err().contains(" error not reloaded: "));

      assertThat(daemon.err()).contains("sysconfig.prot: unknown setting");
      assertThat(ask(daemon, "recipient", "x")).isEqualTo(new Ok("1"));
      daemon.stop();
    }
  }

  @Test
  void goesOnAsBeforeWhenANewEndpointIsTaken() throws Exception {
    Path configuration = configuration("", ANSWERS_1);
    try (Daemon daemon = Daemon.start(configuration);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listening("\"inet:127.0.0.1:" + taken.getLocalPort() + "\"", ANSWERS_2);
      daemon.signal("HUP");
      await().until(() -> daemon.err().contains(" error not reloaded: "));

      assertThat(daemon.err()).contains("inet:127.0.0.1:" + taken.getLocalPort());
      assertThat(ask(daemon, "recipient", "x")).isEqualTo(new Ok("1"));
    }
  }

  @Test
  void logsALineForEachLookupAndNoneForTheHealthKey() throws Exception {
    try (Daemon daemon = Daemon.start(configuration("", ANSWERS_1))) {
      ask(daemon, "recipient", "KEEPALIVE");
      ask(daemon, "recipient", "x");
      ask(daemon, "recipient", "a\n\"b");
      await().until(() -> daemon.err().lines().filter(l -> l.contains(" lookup ")).count() == 2);

      assertThat(daemon.err())
          .containsPattern(
              "info lookup client=127\\.0\\.0\\.1:\\d+ map=\"recipient\" key=\"x\" status=OK ms=\\d+\\.\\d{3}\n")
          .contains("key=\"a\\u000a\\\"b\" status=NOTFOUND")
          .doesNotContain("KEEPALIVE");
    }
  }

  @Test
  void goesOnInANewLogFileAfterRotation() throws Exception {
    Path log = folder.resolve("sockmapd.log");
    Path configuration = configuration("\"logfile\": \"" + log + "\"", ANSWERS_1);
    try (Daemon daemon = Daemon.start(configuration)) {
      Files.move(log, folder.resolve("sockmapd.log.1"));
      daemon.signal("HUP");
      await().until(() -> Files.exists(log) && Files.readString(log).contains(" info reloaded "));
      Files.move(log, folder.resolve("sockmapd.log.2"));
      ask(daemon, "recipient", "x");
      await().until(() -> Files.exists(log) && Files.readString(log).contains("key=\"x\""));

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
          .isEqualTo("rw-r-----");
      daemon.stop();
    }
  }

  @Test
  void servesThoughItsLogFileCannotBeOpened() throws Exception {
    Path configuration = configuration("\"logfile\": \"/nowhere/at/all.log\"", ANSWERS_1);
    try (Daemon daemon = Daemon.start(configuration)) {
      assertThat(ask(daemon, "recipient", "x")).isEqualTo(new Ok("1"));
      await().until(() -> daemon.err().contains("key=\"x\""));

      assertThat(daemon.err()).contains("the log goes to standard error: /nowhere/at/all.log: ");
    }
  }

  @Test
  void saysInOneLineThatAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path configuration = listening("\"inet:127.0.0.1:" + taken.getLocalPort() + "\"", ANSWERS_1);
      try (Daemon daemon = Daemon.launch(configuration, Map.of())) {
        assertThat(daemon.awaitEnd()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(daemon.err().lines()).hasSize(1);
        assertThat(daemon.err())
            .startsWith("sockmapd: inet:127.0.0.1:" + taken.getLocalPort())
            .contains("in use");
        assertThat(daemon.out()).isEmpty();
      }
    }
  }

  @Test
  void refusesAWrongConfigurationWithEveryProblem() throws Exception {
    Path configuration = configuration("\"prot\": 1, \"loglevel\": \"loud\"", ANSWERS_1);
    try (Daemon daemon = Daemon.launch(configuration, Map.of())) {
      assertThat(daemon.awaitEnd()).isEqualTo(ExitStatus.CONFIGURATION);
      assertThat(daemon.err().lines()).hasSize(2);
      assertThat(daemon.err()).contains("sysconfig.prot").contains("sysconfig.loglevel");
    }
  }

  @Test
  void givesUpRootAfterItHasOpenedItsLogAndItsSocket() throws Exception {
    assumeRoot();
    Path home = Files.createTempDirectory("sockmapd");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path log = home.resolve("sockmapd.log");
    Path configuration =
        Files.writeString(
            home.resolve("sockmapd.json"),
            text(
                "\"inet:127.0.0.1:0\"",
                "\"run_as_user\": \"nobody\", \"run_as_group\": \"daemon\", \"logfile\": \""
                    + log
                    + "\"",
                "",
                ANSWERS_1));
    try (Daemon daemon = Daemon.start(configuration)) {
      assertThat(ask(daemon, "recipient", "x")).isEqualTo(new Ok("1"));
      for (String status : threads(daemon)) {
        assertThat(status)
            .containsPattern("Uid:\t(\\d+)\t\\1\t\\1\t\\1\n")
            .doesNotContain("Uid:\t0")
            .doesNotContain("Gid:\t0")
            .contains("CapEff:\t0000000000000000");
      }
      assertThat(Files.getOwner(log).getName()).isEqualTo("nobody");
      daemon.signal("HUP");
      await().until(() -> Files.readString(log).contains(" info reloaded "));
      daemon.stop();
    }
  }

  @Test
  void refusesToServeAsAUserThatThereIsNot() throws Exception {
    assumeRoot();
    Path configuration = configuration("\"run_as_user\": \"no-such-user\"", ANSWERS_1);
    try (Daemon daemon = Daemon.launch(configuration, Map.of())) {
      assertThat(daemon.awaitEnd()).isEqualTo(ExitStatus.CONFIGURATION);
      assertThat(daemon.err()).contains("sysconfig.run_as_user: there is no user no-such-user");
    }
  }

  @Test
  void listensOnAUnixSocketAndRemovesItAtTheEnd() throws Exception {
    Path socket = folder.resolve("map");
    Path configuration =
        listening("{\"endpoint\": \"unix:" + socket + "\", \"mode\": \"0666\"}", ANSWERS_1);
    try (Daemon daemon = Daemon.start(configuration)) {
      assertThat(daemon.out())
          .contains("relay_recipient_maps = socketmap:unix:" + socket + ":recipient");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-rw-rw-");
      assertThat(ask(daemon, "recipient", "x")).isEqualTo(new Ok("1"));
      daemon.stop();
    }
    assertThat(socket).doesNotExist();
  }

  private static void assumeRoot() {
    assumeThat(System.getProperty("user.name")).as("giving up root needs root").isEqualTo("root");
  }

  private static List<String> threads(Daemon daemon) throws IOException {
    List<String> all = new ArrayList<>();
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + daemon.pid() + "/task"))) {
      for (Path thread : threads) {
        addStatus(thread, all);
      }
    }
    return all;
  }

  private static void addStatus(Path thread, List<String> all) throws IOException {
    try {
      all.add(Files.readString(thread.resolve("status")));
    } catch (IOException e) {
      if (Files.exists(thread)) {
        throw e;
      }
      // It has ended, as a thread of the compiler does.
    }
  }

  private static SocketmapReply ask(Daemon daemon, String map, String key) throws IOException {
    try (SocketmapClient client =
        SocketmapClient.builder(Endpoint.parse(daemon.endpoint()))
            .readTimeout(Duration.ofSeconds(60))
            .build()) {
      return client.ask(SocketmapRequest.of(map, key));
    }
  }

  private static CompletableFuture<SocketmapReply> askLater(Daemon daemon, String map, String key) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return ask(daemon, map, key);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private static Path quickstart() {
    return Distribution.repository().resolve("examples/quickstart/sockmapd.json");
  }

  private Path configuration(String sysconfig, String postmaps) throws IOException {
    return write(sysconfig, "", postmaps);
  }

  private Path listening(String endpoint, String postmaps) throws IOException {
    return Files.writeString(folder.resolve("sockmapd.json"), text(endpoint, "", "", postmaps));
  }

  private Path write(String sysconfig, String database, String postmaps) throws IOException {
    return Files.writeString(
        folder.resolve("sockmapd.json"),
        text("\"inet:127.0.0.1:0\"", sysconfig, database, postmaps));
  }

  private static String text(String endpoint, String sysconfig, String database, String postmaps) {
    return "{\"sysconfig\": {\"listen\": ["
        + endpoint
        + "]"
        + (sysconfig.isEmpty() ? "" : ", " + sysconfig)
        + "}, "
        + (database.isEmpty() ? "" : "\"database\": {" + database + "}, ")
        + "\"postmaps\": ["
        + postmaps
        + "]}";
  }

  private static String inline(String map, String value) {
    return "{\"service\": \"%s\", \"type\": \"inline\", \"entries\": {\"x\": \"%s\"}}"
        .formatted(map, value);
  }
}
