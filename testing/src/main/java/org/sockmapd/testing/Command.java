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

/**
 * One run of a program that ends by itself: its arguments, its standard input, the environment
 * beside the inherited one, and how long it may take.
 */
public record Command(
    List<String> words, String input, Map<String, String> environment, Duration patience) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How a program ended. Its output is read as UTF-8. */
  public record Outcome(int status, String stdout, String stderr) {}

  /** A command without input, given a minute. */
  public static Command of(String... words) {
    return of(List.of(words));
  }

  /** A command without input, given a minute. */
  public static Command of(List<String> words) {
    return new Command(words, "", Map.of(), PATIENCE);
  }

  /** The same command with this on its standard input. */
  public Command withInput(String text) {
    return new Command(words, text, environment, patience);
  }

  /** The same command with these variables in its environment. */
  public Command withEnvironment(Map<String, String> variables) {
    return new Command(words, input, variables, patience);
  }

  /** The same command with this much time to end. */
  public Command within(Duration duration) {
    return new Command(words, input, environment, duration);
  }

  /** Runs it and waits for its end, whatever its exit status. */
  public Outcome run() {
    try {
      return runInFiles();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + words, e);
    }
  }

  /** Runs it and fails, with its output, unless it exits with status 0. */
  public Outcome runOrFail() {
    Outcome outcome = run();
    if (outcome.status() != 0) {
      throw new IllegalStateException(
          "%s: exit status %d%n%s%s"
              .formatted(words, outcome.status(), outcome.stdout(), outcome.stderr()));
    }
    return outcome;
  }

  // Files rather than pipes: nobody has to drain them, and a daemon that the program leaves behind
  // cannot hold them.
  private Outcome runInFiles() throws IOException {
    Path directory = Files.createTempDirectory("sockmapd-command-");
    try {
      Path stdin = Files.writeString(directory.resolve("stdin"), input);
      Path stdout = directory.resolve("stdout");
      Path stderr = directory.resolve("stderr");
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .redirectInput(stdin.toFile())
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile());
      builder.environment().putAll(environment);
      int status = await(builder.start());
      return new Outcome(status, text(stdout), text(stderr));
    } finally {
      Directories.deleteTree(directory);
    }
  }

  private int await(Process process) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("%s did not end within %s".formatted(words, patience));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + words, e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
