package org.sockmapd.cli.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import java.util.function.LongSupplier;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.bench.BenchOutcome;
import org.sockmapd.bench.BenchOutput;
import org.sockmapd.bench.BenchRun;
import org.sockmapd.bench.BenchSettings;
import org.sockmapd.bench.Keys;
import org.sockmapd.cli.Main;
import org.sockmapd.cli.Surroundings;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.server.ListenerSettings;
import org.sockmapd.server.SocketmapServer;

/** Runs the command, and reads what it printed. */
abstract class BenchCase {
  private static final Map<String, String> ALIASES =
      Map.of("a@example.com", "one", "b@example.com", "two", "c@example.com", "three");

  @TempDir Path folder;
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  static LookupResult alias(String key) {
    String value = ALIASES.get(key);
    return value == null ? new LookupResult.NotFound() : new LookupResult.Found(value);
  }

  static SocketmapServer serve(LookupTable table) throws IOException {
    return serve(table, Endpoint.parse("inet:127.0.0.1:0"));
  }

  static SocketmapServer serve(LookupTable table, Endpoint endpoint) throws IOException {
    SocketmapServer server =
        SocketmapServer.builder()
            .tables(LookupTables.builder().add("m", table).build())
            .listen(ListenerSettings.of(endpoint))
            .build();
    server.start();
    return server;
  }

  int bench(SocketmapServer server, String keys, String... options) throws IOException {
    return bench(server.endpoints().getFirst().toString(), keys, options);
  }

  int bench(String endpoint, String keys, String... options) throws IOException {
    List<String> line = new ArrayList<>(text(endpoint, keys));
    line.add("--json");
    line.addAll(List.of(options));
    if (!line.contains("-d")) {
      line.addAll(List.of("-d", "500ms"));
    }
    return run(line);
  }

  List<String> text(Endpoint endpoint, String keys, String... options) throws IOException {
    List<String> line = new ArrayList<>(text(endpoint.toString(), keys));
    line.addAll(List.of(options));
    return line;
  }

  List<String> text(String endpoint, String keys) throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(file, keys);
    return List.of(endpoint, "m", file.toString(), "--warm-up", "0s");
  }

  int run(List<String> arguments) {
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

  static BenchSettings settings(String endpoint, OptionalInt rate, Duration duration) {
    Duration patience = Duration.ofMinutes(1);
    return new BenchSettings(
        Endpoint.parse(endpoint), "m", 1, 1, rate, Duration.ZERO, duration, patience, patience, 1);
  }

  BenchRun run(BenchSettings settings, Optional<Path> log, LongSupplier clock) throws Exception {
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

  static CompletableFuture<BenchOutcome> started(BenchRun run) {
    CompletableFuture<BenchOutcome> status = new CompletableFuture<>();
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

  static Histogram readLog(Path log) throws IOException {
    Histogram all = new Histogram(3);
    try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
      while (reader.nextIntervalHistogram() instanceof AbstractHistogram interval) {
        all.add(interval);
      }
    }
    return all;
  }

  JsonObject json() {
    return JsonParser.parseString(out.toString()).getAsJsonObject();
  }

  long replies(String status) {
    return json().getAsJsonObject("replies").get(status).getAsLong();
  }
}
