package org.sockmapd.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sockmapd.cli.Plugins;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.log.Log;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapClient;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapReply.Ok;
import org.sockmapd.protocol.SocketmapRequest;
import org.sockmapd.server.ListenerSettings;
import org.sockmapd.server.SocketmapServer;

/** What a reload leaves behind that fails in a way nobody has foreseen. */
@Timeout(60)
class ReloadTest {
  private static final String ANSWERS =
      "{\"service\": \"a\", \"type\": \"inline\", \"entries\": {\"x\": \"%s\"}}";

  private final ByteArrayOutputStream standardError = new ByteArrayOutputStream();
  private final Log log = new Log(Channels.newChannel(standardError), false, Clock.systemUTC());
  @TempDir private Path folder;
  @TempDir private Path plugins;
  private SocketmapServer server;
  private Reload reload;

  @BeforeEach
  void start() throws Exception {
    ConfigurationSource source = new ConfigurationSource(file(), OptionalInt.empty(), Map.of());
    write(ANSWERS.formatted("1"));
    Configuration configuration = source.read();
    LookupTables tables = configuration.open(LookupEvents.NONE);
    server =
        SocketmapServer.builder()
            .tables(tables)
            .listen(configuration.sysconfig().listen().toArray(ListenerSettings[]::new))
            .build();
    server.start();
    reload =
        new Reload(source, server, new AtomicReference<>(tables), configuration.sysconfig(), log);
  }

  @AfterEach
  void stop() {
    server.close();
    log.close();
  }

  @ParameterizedTest
  @CsvSource({
    "exception, cause=\"IllegalStateException: no idea\"",
    "error, cause=\"NoClassDefFoundError: org/example/Missing\"",
    "assertion, cause=\"AssertionError: never\""
  })
  void goesOnAsBeforeWhenATableTypeThrows(String thrown, String cause) throws Exception {
    write(
        ANSWERS.formatted("2"),
        "{\"service\": \"b\", \"type\": \"throwing\"}",
        "{\"service\": \"c\", \"type\": \"throwing\", \"throws\": \"" + thrown + "\"}");

    new Plugins(plugins).with(ThrowingProvider.class.getName(), reload::run);

    assertThat(logged()).contains(" error not reloaded ").contains(cause);
    assertThat(ask()).isEqualTo(new Ok("1"));
    assertThat(ThrowingProvider.OPEN).hasValue(0);
  }

  @Test
  void goesOnAsBeforeWhenAJarAmongThePluginsIsBroken() throws Exception {
    write(ANSWERS.formatted("2"));

    new Plugins(plugins).with("org.example.Missing", reload::run);

    assertThat(logged())
        .contains(" error not reloaded cause=\"ServiceConfigurationError: ")
        .contains("org.example.Missing");
    assertThat(ask()).isEqualTo(new Ok("1"));

    reload.run();
    assertThat(ask()).isEqualTo(new Ok("2"));
  }

  private SocketmapReply ask() throws IOException {
    try (SocketmapClient client =
        SocketmapClient.builder(Endpoint.parse("unix:" + folder.resolve("socket"))).build()) {
      return client.ask(SocketmapRequest.of("a", "x"));
    }
  }

  private String logged() {
    log.flush();
    return standardError.toString(UTF_8);
  }

  private Path file() {
    return folder.resolve("sockmapd.json");
  }

  private void write(String... postmaps) throws IOException {
    Files.writeString(
        file(),
        "{\"sysconfig\": {\"listen\": [\"unix:%s\"]}, \"postmaps\": [%s]}"
            .formatted(folder.resolve("socket"), String.join(", ", postmaps)));
  }
}
