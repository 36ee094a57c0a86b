package org.sockmapd.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
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
  private static final String ANSWERS = ConfigurationFile.inline("recipient", "1");
  private static final Map<String, String> WITHOUT_IPV6 =
      Map.of("SOCKMAPD_OPTS", "-Djava.net.preferIPv4Stack=true");
  private static final String SLOW = "{\"service\": \"slow\", \"query\": \"SELECT '%s'\"}";

  @TempDir private Path folder;

  private ConfigurationFile file;

  @BeforeEach
  void name() {
    file = new ConfigurationFile(folder);
  }

  @Test
  void saysWhereItListensAndGuessesNothingOfPostfix() throws Exception {
    try (Daemon daemon = Daemon.start(quickstart(), "-p", "0")) {
      assertThat(daemon.out()).isEqualTo("sockmapd is ready on " + daemon.endpoint() + "\n");
    }
  }

  @Test
  void answersFromTheSampleMailData() throws Exception {
    try (Daemon daemon = Daemon.start(quickstart(), "-p", "0")) {
      assertThat(daemon.ask("recipient", "alice@example.com")).isEqualTo(new Ok("OK"));
      assertThat(daemon.ask("recipient", "nobody@example.com")).isEqualTo(new NotFound());
      assertThat(daemon.ask("alias", "sales@example.com"))
          .isEqualTo(new Ok("alice@example.com,bob@example.com"));
      assertThat(daemon.ask("alias", "anybody@example.org")).isEqualTo(new Ok("carol@example.org"));
      assertThat(daemon.ask("sender_access", "spammer@example.net"))
          .isEqualTo(new Ok("REJECT no thanks"));
      assertThat(daemon.ask("sender_access", "x@sub.example.invalid"))
          .isEqualTo(new Ok("550 this domain does not exist"));
      assertThat(daemon.ask("domain", "example.org")).isEqualTo(new Ok("example.org"));
      assertThat(daemon.ask("transport", "x@example.com"))
          .isEqualTo(new Ok("smtp:[mailstore.example.com]"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void stopsInOrder(String signal) throws Exception {
    try (Daemon daemon = Daemon.start(file.write("", ANSWERS))) {
      daemon.signal(signal);

      assertThat(daemon.awaitEnd()).isZero();
      assertThat(daemon.err()).contains(" info stopped forced=0");
    }
  }

  @Test
  void stopsWithoutAComplaintOfLibrariesRightAfterALookup() throws Exception {
    try (Daemon daemon = Daemon.start(quickstart(), "-p", "0")) {
      daemon.ask("recipient", "alice@example.com");
      daemon.signal("TERM");

      assertThat(daemon.awaitEnd()).isZero();
      assertThat(daemon.err()).doesNotContain("library from=");
    }
  }

  @Test
  void servesReloadsAndStopsThoughNobodyReadsItsMessages() throws Exception {
    Path configuration = file.write("\"loglevel\": \"debug\"", ANSWERS);
    try (Daemon daemon = Daemon.startUnread(configuration)) {
      try (SocketmapClient client =
          SocketmapClient.builder(Endpoint.parse(daemon.endpoint())).build()) {
        // More lines than a pipe holds.
        for (int i = 0; i < 2_000; i++) {
          SocketmapRequest request = SocketmapRequest.of("recipient", i + "x".repeat(500));
          assertThat(client.ask(request)).isEqualTo(new NotFound());
        }
      }
      file.write("\"loglevel\": \"debug\"", ConfigurationFile.inline("alias", "2"));
      daemon.signal("HUP");
      await().until(() -> daemon.ask("alias", "x").equals(new Ok("2")));
      daemon.signal("TERM");

      assertThat(daemon.awaitEnd()).isZero();
    }
  }

  @Test
  void stopsAtOnceWhenToldTwice() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path configuration = file.write("\"drain_timeout\": \"10m\"", database(silent), SLOW);
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

  @Test
  void tellsByItsStatusThatRequestsWereCutOff() throws Exception {
    String answers = ConfigurationFile.inline("long", "x".repeat(90_000));
    try (Daemon daemon = Daemon.start(file.write("\"drain_timeout\": \"1s\"", answers));
        Socket client = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
      // More than the system holds of replies that nobody reads.
      client.getOutputStream().write("6:long x,".repeat(100).getBytes(US_ASCII));
      await().until(() -> daemon.err().lines().filter(l -> l.contains(" lookup ")).count() > 10);
      daemon.signal("TERM");

      assertThat(daemon.awaitEnd()).isEqualTo(ExitStatus.TEMPORARY);
      assertThat(daemon.err()).contains(" info stopped forced=1");
    }
  }

  /** A database that takes connections and never says a word. */
  private static String database(ServerSocket silent) {
    return "\"type\": \"postgresql\", \"host\": [\"127.0.0.1\"], \"username\": \"x\","
        + " \"connect_timeout\": \"9m\", \"lookup_timeout\": \"10m\", \"database\": \"x\","
        + (" \"port\": " + silent.getLocalPort());
  }

  @Test
  void logsALineForEachLookupAndNoneForTheHealthKey() throws Exception {
    try (Daemon daemon = Daemon.start(file.write("", ANSWERS))) {
      daemon.ask("recipient", "KEEPALIVE");
      daemon.ask("recipient", "x");
      daemon.ask("recipient", "a\n\"b");
      await().until(() -> daemon.err().lines().filter(l -> l.contains(" lookup ")).count() == 2);

      assertThat(daemon.err())
          .containsPattern(
              "info lookup client=127\\.0\\.0\\.1:\\d+ map=\"recipient\" key=\"x\" status=OK ms=\\d+\\.\\d{3}\n")
          .contains("key=\"a\\u000a\\\"b\" status=NOTFOUND")
          .doesNotContain("KEEPALIVE");
    }
  }

  @Test
  void servesThoughItsLogFileCannotBeOpened() throws Exception {
    Path configuration = file.write("\"logfile\": \"/nowhere/at/all.log\"", ANSWERS);
    try (Daemon daemon = Daemon.start(configuration)) {
      assertThat(daemon.ask("recipient", "x")).isEqualTo(new Ok("1"));
      await().until(() -> daemon.err().contains("key=\"x\""));

      assertThat(daemon.err()).contains("the log goes to standard error: /nowhere/at/all.log: ");
    }
  }

  @Test
  void logsNoLookupAtALowLevelThoughItsLogFileCannotBeOpened() throws Exception {
    String log = "\"logfile\": \"/nowhere/at/all.log\", \"loglevel\": \"error\"";
    try (Daemon daemon = Daemon.start(file.write(log, ANSWERS))) {
      daemon.ask("recipient", "x");
      daemon.stop();

      assertThat(daemon.err())
          .contains("sockmapd: warning: the log goes to standard error: /nowhere/at/all.log: ")
          .doesNotContain("key=\"x\"");
    }
  }

  @Test
  void saysInOneLineThatAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path configuration =
          file.listening("\"inet:127.0.0.1:" + taken.getLocalPort() + "\"", ANSWERS);
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
    Path configuration = file.write("\"prot\": 1, \"threads\": \"many\"", ANSWERS);
    try (Daemon daemon = Daemon.launch(configuration, Map.of())) {
      assertThat(daemon.awaitEnd()).isEqualTo(ExitStatus.CONFIGURATION);
      assertThat(daemon.err().lines()).hasSize(2);
      assertThat(daemon.err()).contains("sysconfig.prot").contains("sysconfig.threads");
    }
  }

  @Test
  void listensEverywhereOnAMachineWithoutIpv6() throws Exception {
    try (Daemon daemon = Daemon.launch(file.listening("\"inet:[::]:0\"", ANSWERS), WITHOUT_IPV6)) {
      daemon.awaitReady();
      try (SocketmapClient client =
          SocketmapClient.builder(new Endpoint.Inet("127.0.0.1", daemon.port())).build()) {
        assertThat(client.ask(SocketmapRequest.of("recipient", "x"))).isEqualTo(new Ok("1"));
      }
      daemon.stop();
    }
  }

  @Test
  void saysThatAMachineHasNoIpv6() throws Exception {
    try (Daemon daemon = Daemon.launch(file.listening("\"inet:[::1]:0\"", ANSWERS), WITHOUT_IPV6)) {
      assertThat(daemon.awaitEnd()).isEqualTo(ExitStatus.UNAVAILABLE);
      assertThat(daemon.err()).isEqualTo("sockmapd: inet:[::1]:0: this machine has no IPv6\n");
    }
  }

  @Test
  void listensOnAUnixSocketAndRemovesItAtTheEnd() throws Exception {
    Path socket = folder.resolve("map");
    Path configuration =
        file.listening("{\"endpoint\": \"unix:" + socket + "\", \"mode\": \"0666\"}", ANSWERS);
    try (Daemon daemon = Daemon.start(configuration)) {
      assertThat(daemon.out()).isEqualTo("sockmapd is ready on unix:" + socket + "\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-rw-rw-");
      assertThat(daemon.ask("recipient", "x")).isEqualTo(new Ok("1"));
      daemon.stop();
    }
    assertThat(socket).doesNotExist();
  }

  private static CompletableFuture<SocketmapReply> askLater(Daemon daemon, String map, String key) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return daemon.ask(map, key);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private static Path quickstart() {
    return Distribution.repository().resolve("examples/quickstart/sockmapd.json");
  }
}
