package org.sockmapd.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.cli.ExitStatus;
import org.sockmapd.cli.Main;
import org.sockmapd.cli.Surroundings;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.server.ListenerSettings;
import org.sockmapd.server.SocketmapServer;

class QueryCommandTest {
  private static final String CONFIGURATION =
      """
      {"postmaps": [
        {"service": "alias", "type": "inline", "search": "address",
         "entries": {"a@example.com": "b@example.com", "@example.org": "carol"}},
        {"service": "broken", "type": "fail"}
      ]}
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String in = "";
  private String configuration = "";
  private @Nullable SocketmapServer server;
  private String endpoint = "";

  @BeforeEach
  void serve() throws Exception {
    Path file = folder.resolve("sockmapd.json");
    Files.writeString(file, CONFIGURATION);
    configuration = file.toString();
    server =
        SocketmapServer.builder()
            .tables(Configuration.read(file, Map.of()).open(LookupEvents.NONE))
            .listen(ListenerSettings.of(Endpoint.parse("inet:127.0.0.1:0")))
            .build();
    server.start();
    endpoint = server.endpoints().getFirst().toString();
  }

  @AfterEach
  void stop() {
    Objects.requireNonNull(server).close();
  }

  @Test
  void printsTheValueAloneForOneKey() {
    assertThat(configured("alias", "a@example.com")).isEqualTo(ExitStatus.OK);
    assertThat(served("alias", "a@example.com")).isEqualTo(ExitStatus.OK);
    assertThat(out).hasToString("b@example.com\nb@example.com\n");
    assertThat(err).asString().isEmpty();
  }

  @Test
  void printsKeyTabValueForSeveralKeysAndNothingForOneNotFound() {
    assertThat(served("alias", "x@example.org", "none@example.net", "a@example.com"))
        .isEqualTo(ExitStatus.OK);
    assertThat(out).hasToString("x@example.org\tcarol\na@example.com\tb@example.com\n");
  }

  @Test
  void readsKeysFromStandardInput() {
    in = "a@example.com\nnone@example.net\nx@example.org";

    assertThat(configured("alias", "-")).isEqualTo(ExitStatus.OK);
    assertThat(out).hasToString("a@example.com\tb@example.com\nx@example.org\tcarol\n");
  }

  @Test
  void endsWithOneWhenNothingIsFound() {
    assertThat(configured("alias", "none@example.net")).isEqualTo(ExitStatus.NOT_FOUND);
    assertThat(served("alias", "none@example.net")).isEqualTo(ExitStatus.NOT_FOUND);
    assertThat(out).asString().isEmpty();
  }

  @Test
  void endsWithTemporaryFailureThoughAnotherKeyWasFound() {
    assertThat(configured("broken", "a@example.com")).isEqualTo(ExitStatus.TEMPORARY);
    assertThat(served("broken", "a@example.com")).isEqualTo(ExitStatus.TEMPORARY);
    assertThat(out).asString().isEmpty();
    assertThat(err).asString().startsWith("sockmapd: broken: 'a@example.com': temporary error: ");
  }

  @Test
  void takesAServerThatDoesNotListenForATemporaryFailure() {
    stop();

    assertThat(served("alias", "a@example.com")).isEqualTo(ExitStatus.TEMPORARY);
    assertThat(err).asString().contains(endpoint);
  }

  @Test
  void namesTheMapsThereAreForOneThatThereIsNot() {
    assertThat(configured("alais", "a@example.com")).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(err).asString().contains("no map alais; there is alias, broken");
  }

  @Test
  void explainsTheKeysTriedAndTheOneThatMatched() {
    assertThat(configured("--explain", "alias", "X@Example.org")).isEqualTo(ExitStatus.OK);
    assertThat(err)
        .asString()
        .contains("tried   'X@Example.org', '@Example.org'", "matched '@Example.org'");
    assertThat(out).hasToString("carol\n");
  }

  @Test
  void takesEitherAConfigurationOrAServer() {
    assertThat(run("query", "-c", configuration, "-s", endpoint, "alias", "k"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(run("query", "-s", "tcp:somewhere", "alias", "k")).isEqualTo(ExitStatus.USAGE);
  }

  private int configured(String... arguments) {
    return runWith("-c", configuration, arguments);
  }

  private int served(String... arguments) {
    return runWith("-s", endpoint, arguments);
  }

  private int runWith(String option, String value, String... arguments) {
    List<String> line = new ArrayList<>(List.of("query", option, value));
    line.addAll(List.of(arguments));
    return run(line.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Main.run(
        arguments,
        new Surroundings(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            Map.of()));
  }
}
