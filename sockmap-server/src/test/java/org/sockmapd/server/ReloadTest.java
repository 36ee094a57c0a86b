package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sockmapd.server.TestServer.connect;
import static org.sockmapd.server.WireClient.netstring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;

@Timeout(120)
class ReloadTest {
  @Test
  void answersTheNextRequestFromTheNewTables() throws Exception {
    try (SocketmapServer server = TestServer.start("t", key -> new LookupResult.Found("old"));
        WireClient client = connect(server)) {
      assertThat(client.ask("t key")).isEqualTo("OK old");

      server.replaceTables(
          LookupTables.builder().add("u", key -> new LookupResult.Found("new")).build());

      assertThat(client.ask("u key")).isEqualTo("OK new");
      assertThat(client.ask("t key")).isEqualTo("TEMP unknown map");
    }
  }

  @Test
  void closesTheOldTablesWhenTheirLastRequestIsAnsweredAndNotBefore() throws Exception {
    HeldTable old = new HeldTable();
    HeldTable next = new HeldTable();
    try (SocketmapServer server = TestServer.start("t", old);
        WireClient client = connect(server)) {
      client.send(netstring("t a") + netstring("t b"));
      HeldTable.Asked a = old.next();
      HeldTable.Asked b = old.next();

      server.replaceTables(TestServer.tables("t", next));
      client.send(netstring("t c"));
      next.next().found("c");
      b.found("b");
      assertThat(old.closed).isFalse();
      a.found("a");

      assertThat(List.of(client.read(), client.read(), client.read()))
          .containsExactly("OK a", "OK b", "OK c");
      await().until(() -> old.closed);
      assertThat(next.closed).isFalse();
    }
    assertThat(next.closed).isTrue();
  }

  @Test
  void closesTablesThatNobodyUsesWhenTheyAreReplaced() throws Exception {
    HeldTable old = new HeldTable();
    try (SocketmapServer server = TestServer.start("t", old)) {
      server.replaceTables(LookupTables.builder().build());

      await().until(() -> old.closed);
    }
  }

  @Test
  void losesNoRequestWhileTablesAreReplacedUnderLoad() throws Exception {
    List<Generation> generations = new ArrayList<>();
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger answers = new AtomicInteger();
    try (ExecutorService lanes = Executors.newFixedThreadPool(2);
        ExecutorService clients = Executors.newFixedThreadPool(4);
        SocketmapServer server = TestServer.start("t", generation(generations, lanes))) {
      List<Future<?>> load = new ArrayList<>();
      for (int c = 0; c < 4; c++) {
        load.add(clients.submit(() -> ask(server, over, answers)));
      }
      for (int i = 0; i < 300; i++) {
        server.replaceTables(TestServer.tables("t", generation(generations, lanes)));
        int before = answers.get();
        await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> answers.get() > before || load.stream().anyMatch(Future::isDone));
      }
      over.set(true);
      for (Future<?> client : load) {
        client.get();
      }
      List<Generation> old = generations.subList(0, generations.size() - 1);
      await().until(() -> old.stream().allMatch(one -> one.closes.get() == 1));
      assertThat(generations.getLast().closes).hasValue(0);
    }
    assertThat(generations).allMatch(one -> one.closes.get() == 1);
    assertThat(generations).noneMatch(one -> one.askedAfterClose.get());
  }

  private static Generation generation(List<Generation> all, ExecutorService lanes) {
    Generation next = new Generation(lanes);
    all.add(next);
    return next;
  }

  private static Void ask(SocketmapServer server, AtomicBoolean over, AtomicInteger answers)
      throws Exception {
    try (WireClient client = connect(server)) {
      while (!over.get()) {
        client.send(netstring("t a") + netstring("t late") + netstring("t b"));
        assertThat(client.read()).isEqualTo("OK a");
        assertThat(client.read()).isEqualTo("OK late");
        assertThat(client.read()).isEqualTo("OK b");
        answers.incrementAndGet();
      }
    }
    return null;
  }

  /** Knows whether it was closed, how often, and whether it was needed after. */
  private static final class Generation implements LookupTable {
    private final ExecutorService lanes;
    private final AtomicInteger closes = new AtomicInteger();
    private final AtomicBoolean askedAfterClose = new AtomicBoolean();

    Generation(ExecutorService lanes) {
      this.lanes = lanes;
    }

    @Override
    public LookupResult lookup(String key) {
      if (closes.get() > 0) {
        askedAfterClose.set(true);
      }
      return new LookupResult.Found(key);
    }

    @Override
    public void lookup(String key, Consumer<? super LookupResult> answer) {
      if (key.equals("late")) {
        lanes.execute(() -> answer.accept(lookup(key)));
      } else {
        answer.accept(lookup(key));
      }
    }

    @Override
    public void close() {
      closes.incrementAndGet();
    }
  }
}
