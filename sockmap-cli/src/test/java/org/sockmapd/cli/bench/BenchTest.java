package org.sockmapd.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sockmapd.bench.BenchOutcome;
import org.sockmapd.bench.BenchRun;
import org.sockmapd.bench.BenchSettings;
import org.sockmapd.cli.ExitStatus;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.server.SocketmapServer;

@Timeout(60)
class BenchTest extends BenchCase {
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
      CompletableFuture<BenchOutcome> outcome = started(run);
      asked.await();
      run.stop();
      assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(BenchOutcome.GOOD);
    }
    assertThat(replies("OK")).isGreaterThanOrEqualTo(99);
    assertThat(json().get("seconds").getAsDouble()).isLessThan(3600);
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
}
