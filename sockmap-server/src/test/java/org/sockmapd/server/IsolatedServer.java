package org.sockmapd.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.protocol.Endpoint;

/** A server in a process of its own, with as many file descriptors as the test leaves it. */
final class IsolatedServer implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final PrintWriter commands;
  private final Endpoint endpoint;

  private IsolatedServer(Process process) throws IOException {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.endpoint = Endpoint.parse(readLine());
  }

  static IsolatedServer start(int descriptors, ConnectionThreads threads) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash",
            "-c",
            "ulimit -n " + descriptors + " && exec \"$@\"",
            "bash",
            java.toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            IsolatedServer.class.getName(),
            threads.name());
    return new IsolatedServer(builder.redirectError(new File("/dev/null")).start());
  }

  Endpoint endpoint() {
    return endpoint;
  }

  long pid() {
    return process.pid();
  }

  /** Reads an event. */
  String readLine() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the server has ended");
    }
    return line;
  }

  /** The processor time of the accepting thread. */
  long acceptorMillis() throws IOException {
    commands.println("cpu");
    return Long.parseLong(readLine());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** The server's side: prints its endpoint, then its events, and obeys commands. */
  public static void main(String[] arguments) throws Exception {
    loadEveryClass();
    acceptorCpuMillis(); // Loads a library.
    ServerEvents events =
        new ServerEvents() {
          @Override
          public void acceptFailed(Endpoint where, IOException cause, long count) {
            System.out.println("accept failed");
          }
        };
    SocketmapServer server =
        TestServer.start(
            TestServer.builder("echo", LookupResult.Found::new)
                .events(events)
                .threads(ConnectionThreads.valueOf(arguments[0]))
                .limits(
                    ServerLimits.builder()
                        .maxConnections(100_000)
                        .maxConnectionsPerClient(100_000)
                        .build()));
    System.out.println(server.endpoints().getFirst());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      System.out.println(acceptorCpuMillis());
    }
    server.stopNow();
  }

  /** Here a class is a file, to be opened when it is first used; in a jar it is open already. */
  private static void loadEveryClass() throws Exception {
    Path classes =
        Path.of(SocketmapServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String folder = SocketmapServer.class.getPackageName().replace('.', '/');
    try (Stream<Path> files = Files.list(classes.resolve(folder))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!name.endsWith("-info")) {
          Class.forName(SocketmapServer.class.getPackageName() + "." + name);
        }
      }
    }
  }

  private static long acceptorCpuMillis() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(one -> one != null && one.getThreadName().startsWith("sockmapd-accept"))
        .mapToLong(
            one -> TimeUnit.NANOSECONDS.toMillis(threads.getThreadCpuTime(one.getThreadId())))
        .sum();
  }
}
