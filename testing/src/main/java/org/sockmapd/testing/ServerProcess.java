package org.sockmapd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One life of a server that runs as a child of this JVM in the foreground, with all processes that
 * it forks. Thread-safe, as processes are.
 */
final class ServerProcess {

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;
  private final String stopSignal;
  private final Watchdog watchdog;

  private ServerProcess(Process process, Path log, String stopSignal, Watchdog watchdog) {
    this.process = process;
    this.log = log;
    this.stopSignal = stopSignal;
    this.watchdog = watchdog;
  }

  /**
   * Starts a server.
   *
   * @param environment beside the inherited one
   * @param directory where its log is written; removed should this JVM end before the server
   * @param stopSignal what makes it stop in order, as {@code kill} names it
   */
  static ServerProcess start(
      List<String> command, Map<String, String> environment, Path directory, String stopSignal) {
    Path log = directory.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Watchdog watchdog = Watchdog.over(process.toHandle(), stopSignal, directory);
      return new ServerProcess(process, log, stopSignal, watchdog);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.getFirst(), e);
    }
  }

  /** Stops in order; a server that does not is killed. */
  void stop() {
    resume();
    signal(stopSignal, process.toHandle());
    if (!endsWithin(STOP_PATIENCE)) {
      kill();
      throw new IllegalStateException(
          "the server did not stop within " + STOP_PATIENCE + ":\n" + log());
    }
    dismissWatchdog();
  }

  /** SIGKILL to every process of it. Returns when all are gone. */
  void kill() {
    List<ProcessHandle> all = family().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    dismissWatchdog();
  }

  /** SIGSTOP to every process of it: its connections stay open and nothing answers on them. */
  void pause() {
    // The parent first: afterwards no child can be forked that would be missed.
    signal("STOP", process.toHandle());
    signal("STOP", process.descendants().toArray(ProcessHandle[]::new));
  }

  /** SIGCONT to every process of it. */
  void resume() {
    signal("CONT", family().toArray(ProcessHandle[]::new));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** All that it wrote, in this life and in those before. */
  String log() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<ProcessHandle> family() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private boolean endsWithin(Duration patience) {
    try {
      return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a server", e);
    }
  }

  private void dismissWatchdog() {
    try {
      watchdog.dismiss();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // A process may end meanwhile: then kill complains, and nothing is wrong.
  private static void signal(String name, ProcessHandle... processes) {
    Stream<String> pids = Stream.of(processes).map(one -> Long.toString(one.pid()));
    Stream<String> kill = Stream.of("bash", "-c", "kill -\"$@\"", "kill", name);
    Command.of(Stream.concat(kill, pids).toList()).run();
  }
}
