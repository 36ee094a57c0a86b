package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapClient;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;

/**
 * The daemon as an administrator starts it: the launcher of the distribution in a process of its
 * own. Its output goes to files, so that it never waits for a reader.
 */
public final class Daemon implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern READY = Pattern.compile("(?m)^sockmapd is ready on ([^,\\n]+)");

  private final Process process;
  private final Path out;
  private final Path err;

  private Daemon(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts {@code sockmapd serve} and waits until it is ready.
   *
   * @param configuration the configuration file; it should listen on port 0 or a free one
   * @param options further options of {@code serve}, such as {@code -p 0}
   */
  public static Daemon start(Path configuration, String... options) throws Exception {
    return start(configuration, Map.of(), options);
  }

  /** As {@link #start(Path, String...)}, with variables of the environment. */
  public static Daemon start(Path configuration, Map<String, String> environment, String... options)
      throws Exception {
    Daemon daemon = launch(configuration, environment, options);
    daemon.awaitReady();
    return daemon;
  }

  /** Starts {@code sockmapd serve} with a pipe for standard error that nobody reads. */
  static Daemon startUnread(Path configuration) throws Exception {
    Path out = Files.createTempFile("sockmapd", ".out");
    Process process =
        command(configuration, Map.of())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.PIPE)
            .start();
    Daemon daemon = new Daemon(process, out, Files.createTempFile("sockmapd", ".err"));
    daemon.awaitReady();
    return daemon;
  }

  /** Starts {@code sockmapd serve} without waiting for it. */
  static Daemon launch(Path configuration, Map<String, String> environment, String... options)
      throws IOException {
    Path out = Files.createTempFile("sockmapd", ".out");
    Path err = Files.createTempFile("sockmapd", ".err");
    ProcessBuilder builder =
        command(configuration, environment, options)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    return new Daemon(builder.start(), out, err);
  }

  private static ProcessBuilder command(
      Path configuration, Map<String, String> environment, String... options) throws IOException {
    // A signal that this process ignores, as under nohup(1) or in the background of a script, would
    // be ignored by the daemon too.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP,INT"));
    command.add(Distribution.launcher().toString());
    command.addAll(List.of("serve", "-c", configuration.toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder;
  }

  /** Waits until it is ready to answer. */
  void awaitReady() throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (process.isAlive() && Instant.now().isBefore(deadline)) {
      if (READY.matcher(out()).find()) {
        return;
      }
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("sockmapd did not get ready:\n" + out() + err());
  }

  /** The endpoint that the daemon said it is ready on, the first if there are several. */
  public String endpoint() throws IOException {
    Matcher matcher = READY.matcher(out());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  /** The TCP port of {@link #endpoint}. */
  int port() throws IOException {
    return Integer.parseInt(endpoint().replaceAll(".*:", ""));
  }

  /** Asks the daemon for a key, on a connection of its own. */
  SocketmapReply ask(String map, String key) throws IOException {
    try (SocketmapClient client =
        SocketmapClient.builder(Endpoint.parse(endpoint())).readTimeout(PATIENCE).build()) {
      return client.ask(SocketmapRequest.of(map, key));
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** All that was written to standard output so far. */
  String out() throws IOException {
    return Files.readString(out);
  }

  /** All that was written to standard error so far; the log, where no file is configured. */
  public String err() throws IOException {
    return Files.readString(err);
  }

  /** Sends a signal, such as {@code HUP}. */
  public void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Waits for the process to end, and gives its exit status. */
  int awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
    return process.exitValue();
  }

  /** Stops the daemon in order, and checks that it ended well. */
  public void stop() throws Exception {
    signal("TERM");
    assertThat(awaitEnd()).as("exit status of the daemon\n%s", err()).isZero();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Files.deleteIfExists(out);
    Files.deleteIfExists(err);
  }
}
