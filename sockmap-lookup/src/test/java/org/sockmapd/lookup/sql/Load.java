package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;

/** Clients that ask a table for one key without a pause, and what they were answered. */
final class Load implements AutoCloseable {
  private final LookupTable table;
  private final String key;
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final Map<LookupResult, LongAdder> answers = new ConcurrentHashMap<>();
  private volatile boolean over;

  private Load(LookupTable table, String key) {
    this.table = table;
    this.key = key;
  }

  static Load of(LookupTable table, String key, int clients) {
    Load load = new Load(table, key);
    for (int i = 0; i < clients; i++) {
      var unused = load.clients.submit(load::ask);
    }
    return load;
  }

  private void ask() {
    while (!over) {
      answers.computeIfAbsent(table.lookup(key), result -> new LongAdder()).increment();
    }
  }

  /** Goes on for a while. */
  Load during(Duration time) throws InterruptedException {
    Thread.sleep(time);
    return this;
  }

  /** How often the clients got an answer so far. */
  long count(LookupResult answer) {
    LongAdder count = answers.get(answer);
    return count == null ? 0 : count.sum();
  }

  /** Ends, and demands that there was one answer to all. */
  void endsWithout(String what, LookupResult expected) {
    close();
    assertThat(answers.keySet()).as(what + ": " + answers).containsExactly(expected);
  }

  /** Waits for the lookups under way. */
  @Override
  public void close() {
    over = true;
    clients.close();
  }
}
