package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapClient;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;
import org.sockmapd.testing.Command;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;
import org.sockmapd.testing.PostgresServer;
import org.sockmapd.testing.Postmap;

/** The ready configurations under {@code examples}: each served and asked. */
@Timeout(180)
class ExamplesIT {
  private static final String TABLE = "socketmap:inet:127\\.0\\.0\\.1:2224:(\\w+)";
  private static final Pattern MAIN_CF_LINE = Pattern.compile("(?m)^.* " + TABLE + "$");
  private static final Pattern POSTMAP_COMMAND =
      Pattern.compile("(?m)^postmap -q (\\S+) " + TABLE + "\n```\n\n```\n(.*)$");
  private static final Pattern QUERY_COMMAND =
      Pattern.compile(
          "(?m)^sockmapd query --explain -c (\\S+) (\\S+) (\\S+)\n```\n\n```\n((?:.*\n)+?)```$");

  @TempDir private Path folder;

  static Stream<Example> examples() {
    return Stream.of(
        new Example(
            "postfixadmin", "sockmapd.json", "schema-mysql.sql", List.of(MariaDbServer::shared)),
        new Example(
            "postfixadmin", "sockmapd.json", "schema-mysql.sql", List.of(MySqlServer::shared)),
        new Example(
            "postfixadmin",
            "sockmapd.json",
            "schema-postgresql.sql",
            List.of(PostgresServer::shared)),
        new Example("dbmail", "sockmapd.json", "schema.sql", List.of(MariaDbServer::shared)),
        new Example("mail-in-a-box", "sockmapd.json", "schema.sql", List.of()),
        new Example(
            "network-access",
            "sockmapd.json",
            "schema-postgresql.sql",
            List.of(PostgresServer::shared)),
        new Example("network-access", "sockmapd-sqlite.json", "schema-sqlite.sql", List.of()));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void answersAsItsTableSays(Example example) throws Exception {
    try (Daemon daemon = Daemon.start(example.prepare(folder));
        SocketmapClient client =
            SocketmapClient.builder(Endpoint.parse(daemon.endpoint())).build()) {
      List<ExpectedAnswer> expected = example.expected();
      assertThat(answers(client, expected)).isEqualTo(expected);
      assertThat(expected.stream().map(ExpectedAnswer::map)).containsAll(example.maps());
      askPostmap(daemon, expected);
      daemon.stop();
    }
  }

  private static List<ExpectedAnswer> answers(SocketmapClient client, List<ExpectedAnswer> expected)
      throws IOException {
    List<ExpectedAnswer> answers = new ArrayList<>();
    for (ExpectedAnswer one : expected) {
      SocketmapReply reply = client.ask(SocketmapRequest.of(one.map(), one.key()));
      String text = (reply.status() + " " + reply.text()).stripTrailing();
      answers.add(new ExpectedAnswer(one.map(), one.key(), text));
    }
    return answers;
  }

  private static void askPostmap(Daemon daemon, List<ExpectedAnswer> expected) throws IOException {
    Map<String, List<ExpectedAnswer>> byMap =
        expected.stream()
            .collect(Collectors.groupingBy(ExpectedAnswer::map, TreeMap::new, Collectors.toList()));
    try (Postmap postmap = Postmap.with(Map.of())) {
      for (Map.Entry<String, List<ExpectedAnswer>> map : byMap.entrySet()) {
        String table = "socketmap:inet:127.0.0.1:" + daemon.port() + ":" + map.getKey();
        List<String> keys = map.getValue().stream().map(ExpectedAnswer::key).toList();
        String lines =
            map.getValue().stream()
                .filter(ExpectedAnswer::found)
                .map(one -> one.key() + "\t" + one.value() + "\n")
                .collect(Collectors.joining());
        assertThat(postmap.query(table, keys))
            .isEqualTo(new Command.Outcome(lines.isEmpty() ? 1 : 0, lines, ""));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isConfiguredWithoutAFaultOrAWarning(Example example) throws Exception {
    Path configuration = example.prepare(folder);
    CommandRun run = new CommandRun();
    int status = run.status("check-config", "--connect", "-c", configuration.toString());
    assertThat(status).as(run.out() + run.err()).isEqualTo(ExitStatus.OK);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void givesTheAnswersThatItsManualShows(Example example) throws Exception {
    List<MatchResult> shown = POSTMAP_COMMAND.matcher(example.readme()).results().toList();
    assertThat(shown).isNotEmpty();
    for (MatchResult command : shown) {
      assertThat(example.expected())
          .contains(
              new ExpectedAnswer(command.group(2), command.group(1), "OK " + command.group(3)));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void namesEachMapInTheLinesForMainCf(Example example) throws Exception {
    List<String> named =
        MAIN_CF_LINE
            .matcher(example.readme())
            .results()
            .filter(line -> !line.group().startsWith("postmap"))
            .map(line -> line.group(1))
            .toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(example.maps());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void explainsAnAnswerAsItsManualShows(Example example) throws Exception {
    List<MatchResult> shown = QUERY_COMMAND.matcher(example.readme()).results().toList();
    assertThat(shown).isNotEmpty();
    Path configuration = example.prepare(folder);
    for (MatchResult command : shown) {
      CommandRun run = new CommandRun();
      run.status(
          "query", "--explain", "-c", configuration.toString(), command.group(2), command.group(3));
      assertThat((run.err() + run.out()).lines())
          .containsSubsequence(command.group(4).lines().toList());
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void explainsWhichKeyMatched(Example example) throws Exception {
    Path configuration = example.prepare(folder);
    for (ExpectedAnswer one : example.expected()) {
      CommandRun run = new CommandRun();
      run.status("query", "--explain", "-c", configuration.toString(), one.map(), one.key());
      List<String> tried = run.err().lines().filter(line -> line.startsWith("  tried ")).toList();
      List<String> matched =
          run.err().lines().filter(line -> line.startsWith("  matched ")).toList();
      assertThat(tried).as("%s", one).hasSameSizeAs(matched);
      if (!tried.isEmpty()) {
        assertThat(tried.getFirst()).contains("'" + one.key() + "'");
        assertThat(matched.getFirst().equals("  matched none"))
            .as("%s", one)
            .isNotEqualTo(one.found());
      }
    }
  }

  @Test
  void noticesAnAnswerThatIsNotTheOneExpected() throws Exception {
    Example example = new Example("mail-in-a-box", "sockmapd.json", "schema.sql", List.of());
    try (Daemon daemon = Daemon.start(example.prepare(folder));
        SocketmapClient client =
            SocketmapClient.builder(Endpoint.parse(daemon.endpoint())).build()) {
      for (ExpectedAnswer one : example.expected()) {
        ExpectedAnswer wrong =
            new ExpectedAnswer(one.map(), one.key(), one.found() ? "NOTFOUND" : "OK 1");
        assertThat(answers(client, List.of(wrong))).isEqualTo(List.of(one)).doesNotContain(wrong);
      }
    }
  }

  @Test
  void testsEveryExampleThatHasAConfiguration() throws IOException {
    TreeSet<String> there = new TreeSet<>();
    Path examples = Distribution.repository().resolve("examples");
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(examples)) {
      for (Path each : folders) {
        if (Files.exists(each.resolve("expected.tsv"))) {
          there.add(each.getFileName().toString());
        }
      }
    }
    assertThat(examples().map(Example::folder).distinct())
        .containsExactlyInAnyOrderElementsOf(there);
  }
}
