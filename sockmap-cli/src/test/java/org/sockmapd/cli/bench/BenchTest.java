package org.sockmapd.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.cli.ExitStatus;
import org.sockmapd.cli.Main;
import org.sockmapd.cli.Surroundings;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.NetstringWriter;
import org.sockmapd.protocol.SocketmapLimits;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;
import org.sockmapd.protocol.SocketmapRequestReader;
import org.sockmapd.server.ListenerSettings;
import org.sockmapd.server.SocketmapServer;

@Timeout(60)
class BenchTest {
  private static final Map<String, String> ALIASES =
      Map.of("a@example.com", "one", "b@example.com", "two", "c@example.com", "three");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void findsEveryReplyAsExpected() throws Exception {
    String keys =
        """
        a@example.com\tOK one
        b@example.com\tOK two
        none@example.com\tNOTFOUND
        c@example.com
        """;
    try (SocketmapServer server = serve(BenchTest::alias)) {
      assertThat(bench(server, keys, "-c", "3", "--pipeline", "4")).isEqualTo(ExitStatus.OK);
    }
    JsonObject result = json();
    assertThat(result.get("wrong").getAsLong()).isZero();
    assertThat(result.get("lost").getAsLong()).isZero();
    assertThat(replies("OK")).isPositive();
    assertThat(replies("NOTFOUND")).isPositive();
    assertThat(result.get("replies_per_second").getAsDouble()).isPositive();
  }

  @Test
  void namesTheKeyAndBothRepliesOfAWrongAnswer() throws Exception {
    String keys = "a@example.com\tOK uno\nb@example.com\tNOTFOUND\nnone@example.com\tOK x\n";
    try (SocketmapServer server = serve(BenchTest::alias)) {
      assertThat(run(text(server.endpoints().getFirst(), keys, "-d", "500ms")))
          .isEqualTo(ExitStatus.WRONG_REPLY);
    }
    assertThat(out)
        .asString()
        .contains(
            "'a@example.com': expected 'OK uno', got 'OK one'",
            "'b@example.com': expected 'NOTFOUND', got 'OK two'",
            "'none@example.com': expected 'OK x', got 'NOTFOUND'");
  }

  @Test
  void takesAFailureForAFailureAndNotForAWrongAnswer() throws Exception {
    LookupTable failing = key -> new LookupResult.TemporaryFailure("down");
    try (SocketmapServer server = serve(failing)) {
      assertThat(bench(server, "a\tOK one\n")).isEqualTo(ExitStatus.TEMPORARY);
    }
    assertThat(json().get("wrong").getAsLong()).isZero();
    assertThat(replies("TEMP")).isPositive();
  }

  @Test
  void asksThroughAUnixSocket() throws Exception {
    Endpoint socket = new Endpoint.Unix(folder.resolve("s"));
    try (SocketmapServer server = serve(BenchTest::alias, socket)) {
      assertThat(bench(server, "a@example.com\tOK one\n", "--rate", "500"))
          .isEqualTo(ExitStatus.OK);
    }
    assertThat(replies("OK")).isPositive();
  }

  @Test
  void sendsAsManyRequestsAheadAsThePipelineHoldsAndTakesRepliesInOrder() throws Exception {
    ScriptedServer.Script answersTheFirstAfterTheEighth =
        (connection, number) -> {
          var first = new ArrayList<SocketmapRequest>();
          while (first.size() < 8) {
            first.add(connection.next());
          }
          for (var request : first) {
            connection.answer(request);
          }
          connection.echo();
        };
    try (ScriptedServer server = new ScriptedServer(answersTheFirstAfterTheEighth)) {
      String keys = "k1\tOK k1\nk2\tOK k2\nk3\tOK k3\n";
      assertThat(bench(server.endpoint(), keys, "--pipeline", "8", "--read-timeout", "20s"))
          .isEqualTo(ExitStatus.OK);
    }
    assertThat(json().get("wrong").getAsLong()).isZero();
    assertThat(json().get("lost").getAsLong()).isZero();
    assertThat(replies("OK")).isGreaterThanOrEqualTo(8);
  }

  @Test
  void countsTheRequestsThatAClosedConnectionLeavesWithoutReply() throws Exception {
    ScriptedServer.Script closesTheFirst =
        (connection, number) -> {
          if (number == 0) {
            connection.next();
            connection.next();
            connection.next();
            return;
          }
          connection.echo();
        };
    try (ScriptedServer server = new ScriptedServer(closesTheFirst)) {
      assertThat(bench(server.endpoint(), "k\n", "--pipeline", "3"))
          .isEqualTo(ExitStatus.TEMPORARY);
    }
    assertThat(json().get("lost").getAsLong()).isEqualTo(3);
    assertThat(json().getAsJsonArray("failures").get(0).getAsString()).contains("closed");
    assertThat(replies("OK")).as("replies on the connection after it").isPositive();
  }

  @Test
  void losesNothingToAServerThatClosesBetweenRequests() throws Exception {
    CountDownLatch again = new CountDownLatch(1);
    ScriptedServer.Script closesAfterOne =
        (connection, number) -> {
          connection.answer(connection.next());
          if (number > 0) {
            again.countDown();
            connection.echo();
          }
        };
    try (ScriptedServer server = new ScriptedServer(closesAfterOne)) {
      assertThat(bench(server.endpoint(), "k\tOK k\n", "--rate", "4", "-d", "1s"))
          .isEqualTo(ExitStatus.OK);
    }
    assertThat(again.getCount()).isZero();
    assertThat(replies("OK")).isEqualTo(4);
  }

  @Test
  void sharesTheRateAmongConnectionsAndThreads() throws Exception {
    try (SocketmapServer server = serve(BenchTest::alias)) {
      assertThat(bench(server, "a@example.com\tOK one\n", "-c", "5", "-R", "303", "-d", "1s"))
          .isEqualTo(ExitStatus.OK);
    }
    assertThat(replies("OK")).isEqualTo(303);
    assertThat(json().get("unsent").getAsLong()).isZero();
  }

  @Test
  void readsRepliesWhateverTheRate() throws Exception {
    try (SocketmapServer server = serve(BenchTest::alias)) {
      bench(server, "a@example.com\tOK one\n", "-c", "2", "-R", "10000000", "-d", "200ms");
    }
    assertThat(replies("OK")).isPositive();
    assertThat(json().get("unsent").getAsLong()).isEqualTo(2_000_000 - replies("OK"));
    assertThat(json().get("lost").getAsLong()).isZero();
  }

  @Test
  void waitsForAPlaceInTheQueueOfAUnixSocket() throws Exception {
    Path path = folder.resolve("full");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path), 1);
      Thread.ofPlatform().daemon().start(() -> acceptLate(listener));
      assertThat(bench("unix:" + path, "k\tOK k\n", "-c", "8")).isEqualTo(ExitStatus.OK);
    }
    assertThat(json().getAsJsonArray("failures")).isEmpty();
    assertThat(replies("OK")).isPositive();
  }

  private static void acceptLate(ServerSocketChannel listener) {
    try {
      Thread.sleep(300); // Until the queue has been found to be full.
      while (true) {
        SocketChannel client = listener.accept();
        Thread.ofPlatform().daemon().start(() -> echo(client));
      }
    } catch (IOException | InterruptedException closed) {
      return;
    }
  }

  private static void echo(SocketChannel client) {
    try (client) {
      var requests =
          new SocketmapRequestReader(Channels.newInputStream(client), SocketmapLimits.postfix());
      NetstringWriter replies = new NetstringWriter(Channels.newOutputStream(client));
      for (SocketmapRequest next = requests.read(); next != null; next = requests.read()) {
        replies.write(new SocketmapReply.Ok(next.key().orElseThrow()));
        replies.flush();
      }
    } catch (IOException closed) {
      return;
    }
  }

  @Test
  void sendsWhatFindsNoRoomWhenTheServerReadsOn() throws Exception {
    ScriptedServer.Script readsLate =
        (connection, number) -> {
          Thread.sleep(300); // Until the client has filled what the kernel holds.
          connection.echo();
        };
    String longKey = "k".repeat(10_000);
    try (ScriptedServer server = new ScriptedServer(readsLate)) {
      String keys = longKey + "\tOK " + longKey + "\n";
      assertThat(bench(server.endpoint(), keys, "--pipeline", "1024")).isEqualTo(ExitStatus.OK);
    }
    assertThat(replies("OK")).isGreaterThanOrEqualTo(1024);
    assertThat(json().get("lost").getAsLong()).isZero();
  }

  @Test
  void takesBytesThatAreNoNetstringForAWrongReply() throws Exception {
    ScriptedServer.Script talksNonsense =
        (connection, number) -> {
          connection.next();
          connection.socket().getOutputStream().write("OK k\n".getBytes(StandardCharsets.UTF_8));
          connection.waitUntilClosed();
        };
    try (ScriptedServer server = new ScriptedServer(talksNonsense)) {
      assertThat(bench(server.endpoint(), "k\tOK k\n")).isEqualTo(ExitStatus.WRONG_REPLY);
    }
    assertThat(json().get("lost").getAsLong()).isZero();
  }

  @Test
  void countsEveryRequestThatWasDueWhileTheServerStalled() throws Exception {
    AtomicLong firstAsked = new AtomicLong(Long.MAX_VALUE);
    CountDownLatch goOn = new CountDownLatch(1);
    long stall = Duration.ofMillis(400).toNanos();
    ScriptedServer.Script stallsOnce =
        (connection, number) -> {
          var first = connection.next();
          firstAsked.set(System.nanoTime());
          goOn.await();
          connection.answer(first);
          connection.echo();
        };
    LongSupplier clock =
        () -> {
          long now = System.nanoTime();
          if (firstAsked.get() != Long.MAX_VALUE && now - firstAsked.get() >= stall) {
            goOn.countDown();
          }
          return now;
        };
    Path log = folder.resolve("stall.hlog");
    try (ScriptedServer server = new ScriptedServer(stallsOnce)) {
      BenchSettings settings =
          settings(server.endpoint(), OptionalInt.of(1000), Duration.ofSeconds(1));
      run(settings, Optional.of(log), clock).run();
    }
    Histogram latencies = readLog(log);
    assertThat(latencies.getTotalCount()).isEqualTo(1000);
    assertThat(latencies.getMaxValue()).isGreaterThanOrEqualTo(stall);
    // One was sent in the first 200 ms, and 199 more were due.
    assertThat(latencies.getCountBetweenValues(stall / 2, Long.MAX_VALUE / 4))
        .isGreaterThanOrEqualTo(199);
  }

  @Test
  void countsWhatWasDueAndNeverSentWithTheTimeItHadWaited() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((connection, number) -> connection.waitUntilClosed())) {
      assertThat(
              bench(
                  server.endpoint(), "k\n", "-R", "1000", "-d", "200ms", "--read-timeout", "300ms"))
          .isEqualTo(ExitStatus.TEMPORARY);
    }
    assertThat(json().get("unsent").getAsLong()).isEqualTo(199);
    assertThat(json().get("lost").getAsLong()).isEqualTo(1);
    JsonObject latencies = json().getAsJsonObject("latency_ms");
    assertThat(latencies.get("p50").getAsDouble()).isBetween(99.0, 101.5);
    assertThat(latencies.get("max").getAsDouble()).isGreaterThanOrEqualTo(300);
  }

  @Test
  void printsWhatWasMeasuredWhenItIsStopped() throws Exception {
    CountDownLatch asked = new CountDownLatch(100);
    LookupTable counting =
        key -> {
          asked.countDown();
          return new LookupResult.Found(key);
        };
    try (SocketmapServer server = serve(counting)) {
      String endpoint = server.endpoints().getFirst().toString();
      BenchSettings settings = settings(endpoint, OptionalInt.empty(), Duration.ofHours(1));
      BenchRun run = run(settings, Optional.empty(), System::nanoTime);
      CompletableFuture<Integer> status = started(run);
      asked.await();
      run.stop();
      assertThat(status.get(30, TimeUnit.SECONDS)).isEqualTo(ExitStatus.OK);
    }
    assertThat(replies("OK")).isGreaterThanOrEqualTo(99);
    assertThat(json().get("seconds").getAsDouble()).isLessThan(3600);
  }

  @Test
  void doesNotAwaitRepliesWhenItIsStoppedTwice() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    ScriptedServer.Script neverAnswers =
        (connection, number) -> {
          connection.next();
          asked.countDown();
          connection.waitUntilClosed();
        };
    try (ScriptedServer server = new ScriptedServer(neverAnswers)) {
      BenchSettings settings =
          settings(server.endpoint(), OptionalInt.empty(), Duration.ofHours(1));
      BenchRun run = run(settings, Optional.empty(), System::nanoTime);
      CompletableFuture<Integer> status = started(run);
      asked.await();
      run.stop();
      run.stop();
      assertThat(status.get(30, TimeUnit.SECONDS)).isEqualTo(ExitStatus.TEMPORARY);
    }
    assertThat(json().get("lost").getAsLong()).isZero();
  }

  @Test
  void writesALogThatHdrHistogramReadsBack() throws Exception {
    Path log = folder.resolve("latency.hlog");
    try (SocketmapServer server = serve(BenchTest::alias)) {
      bench(server, "a@example.com\n", "--hdr", log.toString());
    }
    JsonObject latencies = json().getAsJsonObject("latency_ms");
    Histogram read = readLog(log);
    assertThat(read.getTotalCount()).isEqualTo(replies("OK"));
    assertThat(read.getValueAtPercentile(99) / 1e6).isEqualTo(latencies.get("p99").getAsDouble());
  }

  @Test
  void writesThePercentilesAsThePlotterOfHdrHistogramReadsThem() throws Exception {
    Path file = folder.resolve("latency.hgrm");
    try (SocketmapServer server = serve(BenchTest::alias)) {
      bench(server, "a@example.com\n", "--hdr", file.toString());
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.getFirst()).matches(" *Value +Percentile +TotalCount +1/\\(1-Percentile\\)");
    assertThat(lines).anyMatch(line -> line.matches(" *\\d+\\.\\d+ +0\\.5\\d+ +\\d+ +\\d\\.\\d+"));
    assertThat(lines.getLast()).startsWith("#[Buckets");
  }

  @Test
  void drawsTheLatencyOverTime() throws Exception {
    Path file = folder.resolve("latency.svg");
    try (SocketmapServer server = serve(BenchTest::alias)) {
      bench(server, "a@example.com\n", "--svg", file.toString());
    }
    var svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(3);
  }

  @Test
  void saysWhatLatencyCountsFrom() throws Exception {
    try (SocketmapServer server = serve(BenchTest::alias)) {
      Endpoint endpoint = server.endpoints().getFirst();
      run(text(endpoint, "a@example.com\n", "-d", "500ms"));
      assertThat(out)
          .asString()
          .contains("closed loop", "latency, from the sending of a request", "p99.9");
      run(text(endpoint, "a@example.com\n", "-d", "500ms", "--rate", "200", "--progress"));
      assertThat(out)
          .asString()
          .contains("open loop at 200/s", "(corrected for coordinated omission)");
    }
  }

  @Test
  void measuresNothingWithoutAServer() throws Exception {
    SocketmapServer gone = serve(BenchTest::alias);
    String endpoint = gone.endpoints().getFirst().toString();
    gone.close();

    assertThat(bench(endpoint, "k\n")).isEqualTo(ExitStatus.TEMPORARY);
    assertThat(out).asString().isEmpty();
    assertThat(err).asString().contains(endpoint + ": cannot connect: ");
  }

  @Test
  void refusesAKeyFileWithAnErrorByItsLine() throws Exception {
    assertThat(bench("inet:127.0.0.1:1", "a\tOK x\nb\tx\n")).isEqualTo(ExitStatus.REFUSED);
    assertThat(err).asString().contains("keys: line 2: ", "got 'x'");
    assertThat(bench("inet:127.0.0.1:1", "")).isEqualTo(ExitStatus.REFUSED);
    assertThat(run(List.of("inet:127.0.0.1:1", "m", folder.resolve("none").toString())))
        .isEqualTo(ExitStatus.NO_INPUT);
  }

  @Test
  void refusesOptionsThatAreOutOfTheirRange() {
    for (List<String> wrong :
        List.of(
            List.of("-c", "0"),
            List.of("--pipeline", "5000"),
            List.of("--rate", "0"),
            List.of("--rate", "10000001"),
            List.of("-d", "0s"),
            List.of("-d", "ten"))) {
      List<String> line = new ArrayList<>(List.of("inet:127.0.0.1:1", "m", "-"));
      line.addAll(wrong);
      assertThat(run(line)).as("%s", wrong).isEqualTo(ExitStatus.USAGE);
    }
    assertThat(run(List.of("inet:127.0.0.1:0", "m", "-"))).isEqualTo(ExitStatus.USAGE);
    assertThat(run(List.of("tcp:somewhere", "m", "-"))).isEqualTo(ExitStatus.USAGE);
    assertThat(run(List.of("inet:127.0.0.1:1", "two words", "-"))).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void findsAFileThatCannotBeWrittenBeforeItMeasures() throws Exception {
    String nowhere = folder.resolve("none/file").toString();
    for (String option : List.of("--hdr", "--svg")) {
      assertThat(bench("inet:127.0.0.1:1", "k\n", option, nowhere))
          .isEqualTo(ExitStatus.CANNOT_CREATE);
    }
    assertThat(err).asString().contains(nowhere);
  }

  @Test
  void helpTellsTheFormOfTheKeyFileAndTheStatuses() {
    assertThat(run(List.of("--help"))).isEqualTo(ExitStatus.OK);
    assertThat(out)
        .asString()
        .contains("<TAB>NOTFOUND", "--rate", "  76  a reply was wrong", "default: 10s");
  }

  private static LookupResult alias(String key) {
    String value = ALIASES.get(key);
    return value == null ? new LookupResult.NotFound() : new LookupResult.Found(value);
  }

  private static SocketmapServer serve(LookupTable table) throws IOException {
    return serve(table, Endpoint.parse("inet:127.0.0.1:0"));
  }

  private static SocketmapServer serve(LookupTable table, Endpoint endpoint) throws IOException {
    SocketmapServer server =
        SocketmapServer.builder()
            .tables(LookupTables.builder().add("m", table).build())
            .listen(ListenerSettings.of(endpoint))
            .build();
    server.start();
    return server;
  }

  private int bench(SocketmapServer server, String keys, String... options) throws IOException {
    return bench(server.endpoints().getFirst().toString(), keys, options);
  }

  private int bench(String endpoint, String keys, String... options) throws IOException {
    List<String> line = new ArrayList<>(text(endpoint, keys));
    line.add("--json");
    line.addAll(List.of(options));
    if (!line.contains("-d")) {
      line.addAll(List.of("-d", "500ms"));
    }
    return run(line);
  }

  private List<String> text(Endpoint endpoint, String keys, String... options) throws IOException {
    List<String> line = new ArrayList<>(text(endpoint.toString(), keys));
    line.addAll(List.of(options));
    return line;
  }

  private List<String> text(String endpoint, String keys) throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(file, keys);
    return List.of(endpoint, "m", file.toString(), "--warm-up", "0s");
  }

  private int run(List<String> arguments) {
    List<String> line = new ArrayList<>(List.of("bench"));
    line.addAll(arguments);
    return Main.run(
        line.toArray(String[]::new),
        new Surroundings(
            new ByteArrayInputStream(new byte[0]),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            Map.of()));
  }

  private static BenchSettings settings(String endpoint, OptionalInt rate, Duration duration) {
    Duration patience = Duration.ofMinutes(1);
    return new BenchSettings(
        Endpoint.parse(endpoint), "m", 1, 1, rate, Duration.ZERO, duration, patience, patience, 1);
  }

  private BenchRun run(BenchSettings settings, Optional<Path> log, LongSupplier clock)
      throws Exception {
    Keys keys = Keys.read(new ByteArrayInputStream("k\n".getBytes(StandardCharsets.UTF_8)));
    BenchOutput output =
        new BenchOutput(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false,
            false,
            true,
            log,
            Optional.empty());
    return new BenchRun(settings, keys, output, clock);
  }

  private static CompletableFuture<Integer> started(BenchRun run) {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                status.complete(run.run());
              } catch (InterruptedException | RuntimeException e) {
                status.completeExceptionally(e);
              }
            });
    return status;
  }

  private static Histogram readLog(Path log) throws IOException {
    Histogram all = new Histogram(3);
    try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
      while (reader.nextIntervalHistogram() instanceof AbstractHistogram interval) {
        all.add(interval);
      }
    }
    return all;
  }

  private JsonObject json() {
    return JsonParser.parseString(out.toString()).getAsJsonObject();
  }

  private long replies(String status) {
    return json().getAsJsonObject("replies").get(status).getAsLong();
  }
}
