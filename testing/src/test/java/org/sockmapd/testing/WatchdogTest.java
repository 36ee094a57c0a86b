package org.sockmapd.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  /** A test run of its own, to be killed. */
  static final class Run {
    public static void main(String[] arguments) throws Exception {
      DatabaseServer server = PostgresServer.start();
      server.pause();
      System.out.println(server.port());
      Thread.currentThread().join();
    }
  }

  @Test
  void endsAFrozenServerAndRemovesItsFilesWhenTheTestRunIsKilled() throws IOException {
    Path temporary = Files.createTempDirectory("sockmapd-watchdog-");
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Run.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(run.getInputStream(), StandardCharsets.UTF_8))) {
      int port = Integer.parseInt(output.readLine());
      assertThat(accepts(port)).isTrue();
      run.destroyForcibly();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !accepts(port) && serverDirectories(temporary) == 0);
    } finally {
      run.destroyForcibly();
      Directories.deleteTree(temporary);
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static long serverDirectories(Path temporary) throws IOException {
    try (var files = Files.list(temporary)) {
      return files.filter(file -> file.getFileName().toString().startsWith("sockmapd-pg-")).count();
    }
  }
}
