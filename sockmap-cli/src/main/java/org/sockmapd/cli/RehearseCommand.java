package org.sockmapd.cli;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sockmapd.cli.serve.ConfigurationSource;
import org.sockmapd.cli.serve.Console;
import org.sockmapd.cli.serve.Orders;
import org.sockmapd.cli.serve.Serving;
import org.sqlite.JDBC;
import org.sqlite.util.LibraryLoaderUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Does once what the other commands do, on data of its own and in silence: a start of the Java
 * virtual machine that can be recorded, so that later ones find their classes ready. The launcher
 * runs it for {@code sockmapd prepare}.
 */
@Command(name = "rehearse", hidden = true, description = "What 'sockmapd prepare' records.")
final class RehearseCommand implements Callable<Integer> {
  private static final String MAPS =
      """
      {"sysconfig": {"listen": ["unix:FOLDER/socket", "inet:127.0.0.1:0"], "control": "FOLDER/control"},
       "databases": {
         "here": {"type": "sqlite", "database": "mail.db"},
         "postgresql": {"type": "postgresql", "host": ["127.0.0.1:1"], "username": "x"},
         "mysql": {"type": "mysql", "host": ["127.0.0.1:1"], "username": "x"}},
       "postmaps": [
         {"service": "alias", "connection": "here", "table": "sqlite_master", "key": "name", "value": "type",
          "search": "address", "recipient_delimiter": "+", "cache": {"found_ttl": "1m"}},
         {"service": "query", "connection": "here", "query": "SELECT 'b@example.com' WHERE '%s' = 'a@example.com'"},
         {"service": "catchall", "connection": "here", "query": "SELECT 'b@example.com' WHERE '%s' = '@example.com'",
          "search": "address"},
         {"service": "inline", "type": "inline", "entries": {"a": "OK"}},
         {"service": "postgresql", "connection": "postgresql", "database": "x", "table": "x", "key": "x"},
         {"service": "mysql", "connection": "mysql", "database": "x", "table": "x", "key": "x"}]}
      """;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "A new folder for SQLite's native library.")
  private @Nullable Path sqlite;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "A new folder for JNA's native library.")
  private @Nullable Path jna;

  private final Surroundings surroundings;

  RehearseCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    unpackLibraries();
    Path folder = Files.createTempDirectory("sockmapd");
    try {
      return rehearse(folder);
    } finally {
      remove(folder);
    }
  }

  private int rehearse(Path folder) throws Exception {
    String file = configuration(folder).toString();
    expect(ExitStatus.OK, "check-config", "-c", file);
    expect(ExitStatus.NOT_FOUND, "query", "-c", file, "alias", "a+b@example.com");
    expect(ExitStatus.NOT_FOUND, "query", "-c", file, "query", "nobody@example.com");
    expect(ExitStatus.OK, "query", "-c", file, "catchall", "a@example.com");
    expect(ExitStatus.TEMPORARY, "query", "-c", file, "postgresql", "a");
    expect(ExitStatus.TEMPORARY, "query", "-c", file, "mysql", "a");
    serve(Path.of(file), folder);
    return ExitStatus.OK;
  }

  /** Before anything else, since the launcher has the rehearsal use them too. */
  private void unpackLibraries() throws IOException {
    if (sqlite != null) {
      String path = LibraryLoaderUtil.getNativeLibResourcePath();
      keep(JDBC.class, path, LibraryLoaderUtil.getNativeLibName(), sqlite);
    }
    if (jna != null) {
      String path = "/com/sun/jna/" + Platform.RESOURCE_PREFIX;
      keep(Platform.class, path, System.mapLibraryName("jnidispatch"), jna);
    }
  }

  /**
   * Unpacks a native library, as its owner would at each start, SQLite's after asking another
   * process for the platform.
   */
  private static void keep(Class<?> owner, String path, String name, Path folder)
      throws IOException {
    try (InputStream library = owner.getResourceAsStream(path + "/" + name)) {
      if (library != null) { // Else a platform for which there is none.
        Files.createDirectory(folder);
        Files.copy(library, folder.resolve(name));
      }
    }
  }

  private static Path configuration(Path folder) throws IOException {
    // An empty file is an empty database, which has a table of its own.
    Files.createFile(folder.resolve("mail.db"));
    return Files.writeString(
        folder.resolve("sockmapd.json"), MAPS.replace("FOLDER", folder.toString()));
  }

  private void serve(Path configuration, Path folder) throws Exception {
    Orders orders = new Orders();
    Announced out = new Announced();
    CompletableFuture<Void> serving =
        CompletableFuture.runAsync(
            () -> run(configuration, orders, out), Thread::startVirtualThread);
    CompletableFuture.anyOf(out.ready, serving).join();
    String server = "unix:" + folder.resolve("socket");
    expect(ExitStatus.NOT_FOUND, "query", "-s", server, "alias", "a@example.com");
    expect(ExitStatus.OK, "query", "-s", server, "query", "a@example.com");
    expect(ExitStatus.OK, "cache", "flush", "--control", folder + "/control");
    orders.stop();
    serving.join();
  }

  private void run(Path configuration, Orders orders, Announced out) {
    ConfigurationSource source =
        new ConfigurationSource(configuration, OptionalInt.empty(), surroundings.environment());
    Console console =
        new Console(
            new PrintWriter(out),
            new PrintWriter(Writer.nullWriter()),
            surroundings.environment(),
            Clock.systemUTC());
    try {
      new Serving(source, console, orders).run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void expect(int status, String... arguments) {
    StringWriter messages = new StringWriter();
    Surroundings silent =
        new Surroundings(
            surroundings.in(),
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(messages),
            surroundings.environment());
    int got = Main.run(arguments, silent);
    if (got != status) {
      throw new IllegalStateException(String.join(" ", arguments) + ": " + got + " " + messages);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Where the daemon says that it is ready. */
  private static final class Announced extends Writer {
    final CompletableFuture<Void> ready = new CompletableFuture<>();

    @Override
    public void write(char[] text, int offset, int length) {
      if (new String(text, offset, length).contains("is ready")) {
        ready.complete(null);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
