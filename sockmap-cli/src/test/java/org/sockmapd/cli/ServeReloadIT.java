package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.protocol.SocketmapReply.Ok;

/** What a running daemon makes of a signal to read its configuration anew. */
@Timeout(120)
class ServeReloadIT {
  private static final String ANSWERS_1 = ConfigurationFile.inline("recipient", "1");
  private static final String ANSWERS_2 = ConfigurationFile.inline("recipient", "2");

  @TempDir private Path folder;

  private ConfigurationFile file;

  @BeforeEach
  void name() {
    file = new ConfigurationFile(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "USR1"})
  void answersFromAChangedConfigurationWhenTold(String signal) throws Exception {
    Path configuration = file.write("", ANSWERS_1);
    try (Daemon daemon = Daemon.start(configuration)) {
      assertThat(daemon.ask("recipient", "x")).isEqualTo(new Ok("1"));

      file.write("", ANSWERS_2);
      daemon.signal(signal);
      await().until(() -> daemon.err().contains(" info reloaded "));

      assertThat(daemon.ask("recipient", "x")).isEqualTo(new Ok("2"));
      daemon.stop();
    }
  }

  @Test
  void saysThatALimitTakesEffectWithARestart() throws Exception {
    Path configuration = file.write("", ANSWERS_1);
    try (Daemon daemon = Daemon.start(configuration)) {
      daemon.signal("HUP");
      await().until(() -> daemon.err().contains(" info reloaded "));
      assertThat(daemon.err()).doesNotContain("takes effect with a restart");

      file.write("\"max_connections\": 7", ANSWERS_2);
      daemon.signal("HUP");

      await().until(() -> daemon.err().contains(" warn what changed of the limits, "));
      assertThat(daemon.ask("recipient", "x")).isEqualTo(new Ok("2"));
    }
  }

  @Test
  void goesOnAsBeforeWhenAChangedConfigurationIsWrong() throws Exception {
    Path configuration = file.write("", ANSWERS_1);
    try (Daemon daemon = Daemon.start(configuration)) {
      file.write("\"prot\": 1", ANSWERS_2);
      daemon.signal("HUP");
      await().until(() -> daemon.err().contains(" error not reloaded: "));

      assertThat(daemon.err()).contains("sysconfig.prot: unknown setting");
      assertThat(daemon.ask("recipient", "x")).isEqualTo(new Ok("1"));
      daemon.stop();
    }
  }

  @Test
  void goesOnAsBeforeWhenANewEndpointIsTaken() throws Exception {
    Path configuration = file.write("", ANSWERS_1);
    try (Daemon daemon = Daemon.start(configuration);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      file.listening("\"inet:127.0.0.1:" + taken.getLocalPort() + "\"", ANSWERS_2);
      daemon.signal("HUP");
      await().until(() -> daemon.err().contains(" error not reloaded: "));

      assertThat(daemon.err()).contains("inet:127.0.0.1:" + taken.getLocalPort());
      assertThat(daemon.ask("recipient", "x")).isEqualTo(new Ok("1"));
    }
  }

  @Test
  void goesOnInANewLogFileAfterRotation() throws Exception {
    Path log = folder.resolve("sockmapd.log");
    Path configuration = file.write("\"logfile\": \"" + log + "\"", ANSWERS_1);
    try (Daemon daemon = Daemon.start(configuration)) {
      Files.move(log, folder.resolve("sockmapd.log.1"));
      daemon.signal("HUP");
      await().until(() -> Files.exists(log) && Files.readString(log).contains(" info reloaded "));
      Files.move(log, folder.resolve("sockmapd.log.2"));
      daemon.ask("recipient", "x");
      await().until(() -> Files.exists(log) && Files.readString(log).contains("key=\"x\""));

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
          .isEqualTo("rw-r-----");
      daemon.stop();
    }
  }
}
