package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.protocol.SocketmapReply.Ok;

/** A daemon that is started as root, and told to serve as another user. */
@Timeout(120)
class ServeAsUserIT {
  private static final String ANSWERS = ConfigurationFile.inline("recipient", "1");

  @TempDir private Path folder;

  @BeforeEach
  void assumeRoot() {
    assumeThat(System.getProperty("user.name")).as("giving up root needs root").isEqualTo("root");
  }

  @Test
  void givesUpRootAfterItHasOpenedItsLogAndItsSocket() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path log = folder.resolve("sockmapd.log");
    Path configuration =
        write(
            "\"run_as_user\": \"nobody\", \"run_as_group\": \"daemon\", \"logfile\": \"%s\""
                .formatted(log));
    try (Daemon daemon = Daemon.start(configuration)) {
      assertThat(daemon.ask("recipient", "x")).isEqualTo(new Ok("1"));
      for (String status : threads(daemon)) {
        assertThat(status)
            .containsPattern("Uid:\t(\\d+)\t\\1\t\\1\t\\1\n")
            .doesNotContain("Uid:\t0")
            .doesNotContain("Gid:\t0")
            .contains("CapEff:\t0000000000000000");
      }
      assertThat(Files.getOwner(log).getName()).isEqualTo("nobody");
      daemon.signal("HUP");
      await().until(() -> Files.readString(log).contains(" info reloaded "));
      daemon.stop();
    }
  }

  @Test
  void reloadsTheUsersOfASocketThatRootHasMade() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    String before = ", \"peers\": [\"root\"]";
    Path configuration =
        new ConfigurationFile(folder)
            .listening(
                "{\"endpoint\": \"unix:%s\", \"group\": \"daemon\"%s}"
                    .formatted(folder.resolve("map"), before),
                "\"run_as_user\": \"nobody\"",
                ANSWERS);
    try (Daemon daemon = Daemon.start(configuration)) {
      assertThat(daemon.ask("recipient", "x")).isEqualTo(new Ok("1"));
      Files.writeString(configuration, Files.readString(configuration).replace(before, ""));

      daemon.signal("HUP");

      await().until(() -> daemon.err().contains(" info reloaded "));
      daemon.stop();
    }
  }

  @Test
  void logsToAFolderThatItCannotEnterAnyMore() throws Exception {
    Path log = folder.resolve("sockmapd.log");
    Path configuration = write("\"run_as_user\": \"nobody\", \"logfile\": \"%s\"".formatted(log));
    try (Daemon daemon = Daemon.start(configuration)) {
      daemon.ask("recipient", "x");

      await().until(() -> Files.readString(log).contains("key=\"x\""));
      assertThat(daemon.err())
          .contains("the user nobody cannot write " + log + ": its rotation will fail");
    }
  }

  @Test
  void makesNoLogBehindALinkOfTheUserWhomItBecomes() throws Exception {
    Path place = Files.createDirectory(folder.resolve("of-nobody"));
    Files.setOwner(place, user("nobody"));

    assertThat(startWithLinkFor(place, "link")).contains("the log goes to standard error: ");
  }

  @Test
  void makesNoLogBehindALinkInAFolderThatAGroupMayWrite() throws Exception {
    Path place = Files.createDirectory(folder.resolve("of-mail"));
    Files.setAttribute(place, "unix:gid", 8);
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxr-x"));

    assertThat(startWithLinkFor(place, "link")).contains("the log goes to standard error: ");
  }

  /** Starts with a link in place of the log, which leads to a file of root's that is not there. */
  private String startWithLinkFor(Path place, String name) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path target = folder.resolve("target");
    Path log = Files.createSymbolicLink(place.resolve(name), target);
    Path configuration = write("\"run_as_user\": \"nobody\", \"logfile\": \"%s\"".formatted(log));
    try (Daemon daemon = Daemon.start(configuration)) {
      assertThat(daemon.ask("recipient", "x")).isEqualTo(new Ok("1"));
      assertThat(target).doesNotExist();
      await().until(() -> daemon.err().contains("the log goes to"));
      return daemon.err();
    }
  }

  @Test
  void logsInAFolderOfTheUserWhomItBecomes() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path place = Files.createDirectory(folder.resolve("of-nobody"));
    Files.setOwner(place, user("nobody"));
    Path log = place.resolve("sockmapd.log");
    Path configuration = write("\"run_as_user\": \"nobody\", \"logfile\": \"%s\"".formatted(log));
    try (Daemon daemon = Daemon.start(configuration)) {
      daemon.ask("recipient", "x");

      await().until(() -> Files.readString(log).contains("key=\"x\""));
      assertThat(Files.getOwner(log)).isEqualTo(user("nobody"));
    }
  }

  private UserPrincipal user(String name) throws IOException {
    return folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
  }

  @Test
  void warnsOfFilesThatItCannotReadAnyMore() throws Exception {
    for (String name : List.of("password", "ca.pem", "mail.db")) {
      Files.writeString(folder.resolve(name), name.endsWith(".db") ? "" : "x");
    }
    Path configuration =
        Files.writeString(
            folder.resolve("sockmapd.json"),
            """
            {"sysconfig": {"listen": ["inet:127.0.0.1:0"], "run_as_user": "nobody"},
             "databases": {
               "lite": {"type": "sqlite", "database": "mail.db"},
               "pg": {"type": "postgresql", "host": "127.0.0.1:1", "username": "x", "database": "x",
                 "password_file": "password", "tls": "verify-ca", "tls_ca": "ca.pem"}},
             "postmaps": [
               {"service": "lite", "connection": "lite", "table": "t", "key": "k"},
               {"service": "pg", "connection": "pg", "table": "t", "key": "k"}]}
            """);
    try (Daemon daemon = Daemon.start(configuration)) {
      await().until(() -> daemon.err().contains("mail.db"));

      String nobody = "the user nobody cannot read " + folder;
      assertThat(daemon.err())
          .contains(nobody + "/sockmapd.json: reloading will fail")
          .contains(nobody + "/password: reloading will fail")
          .contains(nobody + "/ca.pem: reloading and new connections to the database will fail")
          .contains(nobody + "/mail.db: lookups in it will fail");
    }
  }

  @Test
  void keepsAPortThatItCouldNotHaveBack() throws Exception {
    folder.toFile().setExecutable(true, false);
    int port = freeLowPort();
    Path configuration = listening("inet:0.0.0.0:" + port);
    configuration.toFile().setReadable(true, false);
    try (Daemon daemon = Daemon.start(configuration)) {
      listening("inet:127.0.0.1:" + port);
      daemon.signal("HUP");
      await().until(() -> daemon.err().contains(" error not reloaded: "));

      assertThat(daemon.err())
          .contains("not reloaded: inet:127.0.0.1:" + port + ": only root may listen on this port");
      assertThat(daemon.ask("recipient", "x")).isEqualTo(new Ok("1"));
    }
  }

  private Path listening(String endpoint) throws IOException {
    return new ConfigurationFile(folder)
        .listening("\"" + endpoint + "\"", "\"run_as_user\": \"nobody\"", ANSWERS);
  }

  private static int freeLowPort() throws IOException {
    assumeThat(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start"))
        .as("the first port that everybody may have")
        .hasContent("1024");
    for (int port = 1023; ; port--) {
      try (ServerSocket free = new ServerSocket(port)) {
        return free.getLocalPort();
      } catch (BindException e) {
        assumeThat(port).as("some low port is free").isGreaterThan(600);
      }
    }
  }

  @Test
  void refusesToServeAsAUserThatThereIsNot() throws Exception {
    Path configuration = write("\"run_as_user\": \"no-such-user\"");
    try (Daemon daemon = Daemon.launch(configuration, Map.of())) {
      assertThat(daemon.awaitEnd()).isEqualTo(ExitStatus.CONFIGURATION);
      assertThat(daemon.err()).contains("sysconfig.run_as_user: there is no user no-such-user");
    }
  }

  private Path write(String sysconfig) throws IOException {
    return new ConfigurationFile(folder).write(sysconfig, ANSWERS);
  }

  private static List<String> threads(Daemon daemon) throws IOException {
    List<String> all = new ArrayList<>();
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + daemon.pid() + "/task"))) {
      for (Path thread : threads) {
        addStatus(thread, all);
      }
    }
    return all;
  }

  private static void addStatus(Path thread, List<String> all) throws IOException {
    try {
      all.add(Files.readString(thread.resolve("status")));
    } catch (IOException e) {
      if (Files.exists(thread)) {
        throw e;
      }
      // It has ended, as a thread of the compiler does.
    }
  }
}
