package org.sockmapd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A private Postfix on loopback, apart from one that the machine may have: real smtpd, cleanup,
 * trivial-rewrite and so on with the main.cf that a test gives it. Accepted mail is discarded
 * unless the parameters say otherwise. It ends with the JVM in any case.
 *
 * <p>The calling test is skipped where Postfix is not installed or the user is not root (see {@link
 * Prerequisite}).
 */
public final class PostfixInstance implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  // The master daemon in the foreground, with no process of a script between it and the test.
  private static final String START =
      "postfix check && exec \"$(postconf -h daemon_directory)/master\" -s";

  private final PostfixDirectory directory;
  private final ServerProcess master;

  private PostfixInstance(PostfixDirectory directory, ServerProcess master) {
    this.directory = directory;
    this.master = master;
  }

  /** Starts one; returns once it accepts SMTP connections. */
  public static PostfixInstance start(Map<String, String> parameters) {
    return start(parameters, List.of());
  }

  /**
   * Starts one whose SMTP server has options of its own in {@code master.cf}.
   *
   * @param smtpdOptions each {@code name = value}
   */
  public static PostfixInstance start(Map<String, String> parameters, List<String> smtpdOptions) {
    Prerequisite.require(
        "root".equals(System.getProperty("user.name")),
        "a private Postfix can only be started by root");
    PostfixDirectory directory = PostfixDirectory.create(parameters, smtpdOptions);
    Command.of("chown", "postfix", directory.root().resolve("data").toString()).runOrFail();
    ServerProcess master =
        ServerProcess.start(
            List.of("bash", "-c", START), directory.environment(), directory.root(), "TERM");
    PostfixInstance instance = new PostfixInstance(directory, master);
    Polling.until(
        instance::accepts,
        master::isAlive,
        START_PATIENCE,
        () -> "Postfix did not start:\n" + master.log() + instance.log());
    return instance;
  }

  /** Its main.cf, beside which is its master.cf. */
  public Path mainCf() {
    return directory.mainCf();
  }

  /** A new session, its greeting read. */
  public SmtpSession smtp() throws IOException {
    return SmtpSession.open(directory.smtpPort());
  }

  /** As {@link Postmap#query(String, String)}, with this instance's main.cf. */
  public Command.Outcome postmap(String table, String key) {
    return Postmap.query(directory, table, key);
  }

  /** As {@link Postmap#query(String, List)}, with this instance's main.cf. */
  public Command.Outcome postmap(String table, List<String> keys) {
    return Postmap.query(directory, table, keys);
  }

  /** What Postfix logged so far. */
  public String log() {
    try {
      return Files.exists(directory.log())
          ? new String(Files.readAllBytes(directory.log()), StandardCharsets.UTF_8)
          : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    master.stop();
    directory.delete();
  }

  private boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), directory.smtpPort())) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
