package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sockmapd.cli.log.LogLevel;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapLimits;
import org.sockmapd.server.ConnectionThreads;
import org.sockmapd.server.ListenerSettings;
import org.sockmapd.server.Network;
import org.sockmapd.server.ServerLimits;

class SysconfigReaderTest {
  private static final ListenerSettings EVERYWHERE =
      ListenerSettings.of(new Endpoint.Inet("::", 2224));

  @TempDir private Path directory;
  private ConfigurationFiles files;

  @BeforeEach
  void useDirectory() {
    files = new ConfigurationFiles(directory);
  }

  @Test
  void listensOnEveryAddressWhereNothingIsSaid() {
    Sysconfig sysconfig = sysconfig("{}");

    assertThat(sysconfig.listen()).containsExactly(EVERYWHERE);
    assertThat(sysconfig.loglevel()).isEqualTo(LogLevel.INFO);
    assertThat(sysconfig.logfile()).isEmpty();
    assertThat(sysconfig.threads()).isEqualTo(ConnectionThreads.recommended());
    assertThat(sysconfig.limits().maxConnections())
        .isEqualTo(ServerLimits.defaults().maxConnections());
    assertThat(sysconfig.drainTimeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void readsEndpointsAsTextAndAsObject() {
    Sysconfig sysconfig =
        sysconfig(
            """
            {"listen": [
              "inet:127.0.0.1:2224",
              "unix:/run/a.sock",
              {"endpoint": "inet:[::1]:2225", "allow": ["10.0.0.0/8", "::1"]},
              {"endpoint": "unix:/run/b.sock", "mode": "0666", "owner": "mail", "group": "postfix",
               "peers": ["postfix", 1000]}
            ]}
            """);

    assertThat(sysconfig.listen())
        .containsExactly(
            ListenerSettings.of(Endpoint.parse("inet:127.0.0.1:2224")),
            ListenerSettings.of(Endpoint.parse("unix:/run/a.sock")),
            new ListenerSettings.Tcp(
                new Endpoint.Inet("::1", 2225),
                List.of(Network.parse("10.0.0.0/8"), Network.parse("::1"))),
            new ListenerSettings.Unix(
                new Endpoint.Unix(Path.of("/run/b.sock")),
                0666,
                Optional.of("mail"),
                Optional.of("postfix"),
                Set.of("postfix", "1000")));
  }

  @Test
  void readsEveryLimit() {
    Sysconfig sysconfig =
        sysconfig(
            """
            {"max_connections": 1, "max_connections_per_client": 2, "max_in_flight_per_map": 3,
             "max_pipelined": 4, "max_request_bytes": 500, "max_reply_bytes": 600,
             "idle_timeout": "5s", "write_timeout": "6s", "drain_timeout": "7s",
             "threads": "platform", "loglevel": "DEBUG"}
            """);

    ServerLimits limits = sysconfig.limits();
    assertThat(limits.maxConnections()).isEqualTo(1);
    assertThat(limits.maxConnectionsPerClient()).isEqualTo(2);
    assertThat(limits.maxInFlightPerMap()).isEqualTo(3);
    assertThat(limits.maxPipelined()).isEqualTo(4);
    assertThat(limits.messages()).isEqualTo(new SocketmapLimits(500, 600));
    assertThat(limits.idleTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(limits.writeTimeout()).isEqualTo(Duration.ofSeconds(6));
    assertThat(sysconfig.drainTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(sysconfig.threads()).isEqualTo(ConnectionThreads.PLATFORM);
    assertThat(sysconfig.loglevel()).isEqualTo(LogLevel.DEBUG);
  }

  @Test
  void warnsWhileEverybodyMayAsk() {
    String message =
        "listens on every address and answers everybody who reaches it; name the mail servers in"
            + " \"allow\", or listen on one address";
    assertThat(warnings("{\"port\": 2224}"))
        .containsExactly("f.json:1: sysconfig.port: " + message);
    assertThat(warnings("{\"listen\": [\"inet:0.0.0.0:2224\"]}"))
        .containsExactly("f.json:1: sysconfig.listen[0].endpoint: " + message);
    assertThat(warnings("{\"port\": 2224, \"allow\": \"10.1.0.0/16\"}")).isEmpty();
    assertThat(warnings("{\"listen\": [\"inet:127.0.0.1:2224\"]}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "off, OFF",
    "Error, ERROR",
    "fatal, ERROR",
    "CRITICAL, ERROR",
    "err, ERROR",
    "warn, WARN",
    "warning, WARN",
    "WARNING, WARN",
    "notice, INFO",
    "debug, DEBUG",
    "trace, TRACE"
  })
  void takesTheNamesOfLevelsThatAreUsual(String name, LogLevel level) {
    String json = "{\"loglevel\": \"" + name + "\", \"listen\": [\"unix:/a\"]}";

    assertThat(sysconfig(json).loglevel()).isEqualTo(level);
    assertThat(warnings(json)).isEmpty();
  }

  @Test
  void warnsOfALevelThatThereIsNotAndGoesOnWithInfo() {
    String json = "{\"loglevel\": \"loud\", \"listen\": [\"unix:/a\"]}";

    assertThat(sysconfig(json).loglevel()).isEqualTo(LogLevel.INFO);
    assertThat(warnings(json))
        .containsExactly(
            "f.json:1: sysconfig.loglevel: expected one of off, error, warn, info, debug, trace, got"
                + " \"loud\"; going on with info");
  }

  @Test
  void allowsTheSameNetworksOnEveryEndpointThatSaysNothingElse() {
    assertThat(
            sysconfig(
                    """
                    {"allow": "10.1.0.0/16",
                     "listen": ["inet:[::]:1", {"endpoint": "inet:[::]:2", "allow": "::1"}]}
                    """)
                .listen())
        .extracting(listener -> ((ListenerSettings.Tcp) listener).allow().toString())
        .containsExactly("[10.1.0.0/16]", "[::1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"port": 0}                 | port: expected a whole number from 1 to 65535, got 0
          {"port": 22.5}              | port: expected a whole number from 1 to 65535, got 22.5
          {"listen": []}              | listen: names no endpoint
          {"listen": [2224]}          | listen[0]: expected an object, got 2224
          {"listen": [{"mode": "0600"}]} | listen[0].endpoint: missing
          {"allow": []}               | allow: names no network; leave it out to let everybody ask
          {"threads": "many"}         | threads: expected one of auto, platform, virtual, got "many"
          {"idle_timeout": 5}         | idle_timeout: expected a time from 100ms to 86400s, such as "5s" or "250ms", got 5
          {"max_connections": 0}      | max_connections: expected a whole number from 1 to 1000000, got 0
          {"listen": [{"endpoint": "inet:[::1]:1", "mode": "0600"}]} | listen[0].mode: is for UNIX sockets; a TCP endpoint has none
          {"listen": [{"endpoint": "unix:/a", "allow": "::1"}]} | listen[0].allow: is for TCP endpoints; a UNIX socket has "mode" and "peers"
          {"listen": [{"endpoint": "unix:/a", "mode": "rw"}]} | listen[0].mode: expected three octal digits, such as "0660"
          """)
  void saysWhatIsWrong(String sysconfig, String expected) {
    assertThat(files.problems(file(sysconfig))).contains("f.json:1: sysconfig." + expected);
  }

  @Test
  void refusesPortBesideListen() {
    assertThat(files.problems(file("{\"port\": 2225, \"listen\": [\"unix:/a\"]}")))
        .containsExactly(
            "f.json:1: sysconfig.port: stands beside \"listen\"; add \"inet:[::]:2225\" to it, or"
                + " leave one out");
  }

  @Test
  void movesEveryTcpEndpointToAnotherPort() {
    Sysconfig sysconfig =
        sysconfig(
            """
            {"listen": ["inet:127.0.0.1:1", "inet:127.0.0.1:2", "inet:[::1]:1", "unix:/a"]}
            """);

    assertThat(sysconfig.withPort(9).orElseThrow().listen())
        .extracting(ListenerSettings::endpoint)
        .extracting(Endpoint::toString)
        .containsExactly("inet:127.0.0.1:9", "inet:[::1]:9", "unix:/a");
    assertThat(sysconfig("{\"listen\": [\"unix:/a\"]}").withPort(9)).isEmpty();
  }

  private Sysconfig sysconfig(String sysconfig) {
    return files.read(file(sysconfig)).sysconfig();
  }

  private List<String> warnings(String sysconfig) {
    return files.shown(files.read(file(sysconfig)).warnings());
  }

  private static String file(String sysconfig) {
    return "{\"sysconfig\": "
        + sysconfig.strip()
        + ", \"postmaps\": [{\"service\": \"a\", \"type\": \"inline\", \"entries\": {\"k\": \"v\"}}]}";
  }
}
