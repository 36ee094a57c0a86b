package org.sockmapd.testing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Debian's {@code postmap -q}, with a configuration of its own: what Postfix itself makes of a
 * lookup table. The calling test is skipped where Postfix is not installed (see {@link
 * Prerequisite}).
 */
public final class Postmap implements AutoCloseable {

  private static final int AT_A_TIME = 12;

  private final PostfixDirectory directory;

  private Postmap(PostfixDirectory directory) {
    this.directory = directory;
  }

  /**
   * A postmap with these parameters in its main.cf, over defaults fit for tests.
   *
   * @param parameters such as {@code smtputf8_enable}
   */
  public static Postmap with(Map<String, String> parameters) {
    return new Postmap(PostfixDirectory.create(parameters));
  }

  /**
   * Asks for one key: exit status 0 with the value and a newline on standard output, or 1 without a
   * value. Status 1 with a warning on standard error is a failed lookup, without one it is a key
   * that is not there.
   *
   * @param table as main.cf has it, {@code type:name}
   */
  public Command.Outcome query(String table, String key) {
    return query(directory, table, key);
  }

  /**
   * Asks for many keys over one connection: each that is found gives a line with key, tab and
   * value.
   *
   * @param keys without newlines in them
   */
  public Command.Outcome query(String table, List<String> keys) {
    return query(directory, table, keys);
  }

  /**
   * Asks for many keys, each over a connection of its own, as {@link #query(String, String)} does
   * for one, several at a time: Postfix waits for a second after a lookup that failed.
   *
   * @return what came of each key, in the order of the keys
   */
  public Map<String, Command.Outcome> queryEach(String table, Collection<String> keys) {
    Map<String, Future<Command.Outcome>> asked = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      keys.forEach(key -> asked.put(key, threads.submit(() -> query(table, key))));
    }
    Map<String, Command.Outcome> outcomes = new LinkedHashMap<>();
    asked.forEach((key, outcome) -> outcomes.put(key, outcome.resultNow()));
    return outcomes;
  }

  @Override
  public void close() {
    directory.delete();
  }

  static Command.Outcome query(PostfixDirectory directory, String table, String key) {
    return Command.of("postmap", "-q", key, table).withEnvironment(directory.environment()).run();
  }

  static Command.Outcome query(PostfixDirectory directory, String table, List<String> keys) {
    return Command.of("postmap", "-q", "-", table)
        .withInput(String.join("\n", keys) + "\n")
        .withEnvironment(directory.environment())
        .run();
  }
}
