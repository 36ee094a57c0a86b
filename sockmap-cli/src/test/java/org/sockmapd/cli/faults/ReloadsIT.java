package org.sockmapd.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.cli.Daemon;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapClient;
import org.sockmapd.protocol.SocketmapReply.Ok;
import org.sockmapd.protocol.SocketmapRequest;
import org.sockmapd.testing.PostgresServer;

/** A configuration that changes all the time, half of the time into one that is wrong. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReloadsIT {
  private static final int RELOADS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CONNECTION = "postgresql";

  @TempDir private Path folder;

  @Test
  void noClientSeesAHundredReloadsOfGoodFilesAndBad() throws Exception {
    Host host = Host.of(PostgresServer.start());
    FaultyDatabase database =
        new FaultyDatabase(CONNECTION, Map.of(), List.of(host), () -> List.of(host), List::of);
    try (database;
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Oracle.fill(host.server());
      String good =
          SiteConfiguration.json(List.of(database), socket(), SiteConfiguration.DEFAULT_TIMES);
      write(generation(good, 0).toString());
      try (Daemon daemon = Daemon.start(file())) {
        Object socketBefore = Files.getAttribute(socket(), "unix:ino");
        reload(daemon, good, "inet:127.0.0.1:" + taken.getLocalPort());

        assertThat(Files.getAttribute(socket(), "unix:ino")).isEqualTo(socketBefore);
        assertThat(daemon.err()).doesNotContain(" closed on=");
        daemon.stop();
      }
    }
  }

  private void reload(Daemon daemon, String good, String taken) throws Exception {
    Endpoint tcp = Endpoint.parse(daemon.endpoint());
    List<Endpoint> endpoints = List.of(tcp, Endpoint.parse("unix:" + socket()));
    Load load = Load.start(endpoints, List.of(CONNECTION), new SplittableRandom(1));
    try (load;
        SocketmapClient client = SocketmapClient.builder(tcp).build()) {
      for (int i = 0; i < RELOADS; i += 2) {
        takesOver(daemon, client, generation(good, i).toString(), i);
        BadFile bad = BadFile.values()[i / 2 % BadFile.values().length];
        leavesAll(daemon, client, bad, generation(good, i + 1), taken, i);
      }
      await().atMost(PATIENCE).until(() -> load.answersAll(CONNECTION));
    }
    assertThat(load.defects()).isEmpty();
    Tally tally = load.score(CONNECTION).take();
    assertThat(tally.requests()).isGreaterThan(RELOADS);
    assertThat(tally.temps() + tally.timeouts()).as("failures of %s", tally).isZero();
  }

  private void takesOver(Daemon daemon, SocketmapClient client, String text, int number)
      throws Exception {
    write(text);
    assertThat(reloadAndTell(daemon, " info reloaded ")).doesNotContain("not reloaded");
    assertThat(client.ask(generationRequest())).isEqualTo(new Ok("" + number));
  }

  private void leavesAll(
      Daemon daemon,
      SocketmapClient client,
      BadFile bad,
      JsonObject changed,
      String taken,
      int before)
      throws Exception {
    write(bad.spoil(changed, taken));
    assertThat(reloadAndTell(daemon, " error not reloaded: ")).contains(bad.reason(taken));
    assertThat(client.ask(generationRequest())).isEqualTo(new Ok("" + before));
  }

  private static SocketmapRequest generationRequest() {
    return SocketmapRequest.of("generation", "x");
  }

  /** Gives what the log says of it. */
  private static String reloadAndTell(Daemon daemon, String end) throws Exception {
    int before = daemon.err().length();
    daemon.signal("HUP");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> daemon.err().substring(before).contains(end));
    return daemon.err().substring(before);
  }

  /** What somebody in a hurry does to a file. */
  private enum BadFile {
    CUT_SHORT(": not JSON: "),
    UNKNOWN_SETTING("sysconfig.prot: unknown setting"),
    UNKNOWN_CONNECTION("no_such"),
    ENDPOINT_IN_USE("");

    private final String reason;

    BadFile(String reason) {
      this.reason = reason;
    }

    String reason(String taken) {
      return this == ENDPOINT_IN_USE ? taken : reason;
    }

    String spoil(JsonObject good, String taken) {
      JsonObject sysconfig = good.getAsJsonObject("sysconfig");
      switch (this) {
        case CUT_SHORT -> {
          return good.toString().substring(0, good.toString().length() / 2);
        }
        case UNKNOWN_SETTING -> sysconfig.addProperty("prot", 1);
        case UNKNOWN_CONNECTION ->
            good.getAsJsonArray("postmaps")
                .get(0)
                .getAsJsonObject()
                .addProperty("connection", "no_such");
        case ENDPOINT_IN_USE -> sysconfig.getAsJsonArray("listen").add(taken);
      }
      return good.toString();
    }
  }

  /** The file with one more map, which tells the number. */
  private static JsonObject generation(String good, int number) {
    JsonObject file = JsonParser.parseString(good).getAsJsonObject();
    file.getAsJsonObject("sysconfig").addProperty("loglevel", "info");
    JsonElement map =
        JsonParser.parseString(
            "{'service': 'generation', 'type': 'inline', 'entries': {'x': '%d'}}"
                .formatted(number)
                .replace('\'', '"'));
    file.getAsJsonArray("postmaps").add(map);
    return file;
  }

  private Path file() {
    return folder.resolve("sockmapd.json");
  }

  private Path socket() {
    return folder.resolve("s");
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text);
  }
}
