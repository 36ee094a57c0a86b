package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sockmapd.server.TestServer.connect;
import static org.sockmapd.server.WireClient.netstring;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.lookup.NonBlocking;

/** Connections that one thread serves together. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventLoopTest {
  /** More than those among which threads are not changed, on any number of processors. */
  private static final int CONNECTIONS = ConnectionThreads.FEW + 1;

  /** Enough to judge a connection by. */
  private static final int REQUESTS = 16 * 16;

  private static final long PAUSE_NANOS = 2_000_000;

  private final RecordingEvents events = new RecordingEvents();
  private final Semaphore held = new Semaphore(0);
  private final CountDownLatch lending = new CountDownLatch(1);
  private final Queue<Thread> asking = new ConcurrentLinkedQueue<>();
  private final List<WireClient> clients = new ArrayList<>();
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

  private SocketmapServer server = server().build();

  /** Tables that answer at once, later on another thread, or hold the asking thread up. */
  private SocketmapServer.Builder server() {
    LookupTables tables =
        LookupTables.builder()
            .add("echo", LookupResult.Found::new)
            .add("later", new Later())
            .add("slow", EventLoopTest::slow)
            .add("holding", this::holding)
            .add("failing", EventLoopTest::failing)
            .add("lent", new OnLentThread(this::serveUntilReleased))
            .add("lentHolding", new OnLentThread(this::hold))
            .add("meanwhile", new Meanwhile(() -> LockSupport.parkNanos(PAUSE_NANOS)))
            .add("meanwhileHolding", new Meanwhile(held::acquireUninterruptibly))
            .add("release", this::release)
            .add("big", key -> new LookupResult.Found("x".repeat(90_000)))
            .build();
    return SocketmapServer.builder().tables(tables).listen(TestServer.ANY_PORT).events(events);
  }

  private interface AskedWithoutWaiting extends LookupTable {
    @Override
    default LookupResult lookup(String key) {
      throw new UnsupportedOperationException("the server asks without waiting");
    }
  }

  /** Remembers who asked, and answers on another thread. */
  private final class Later implements AskedWithoutWaiting {
    @Override
    public void lookup(String key, Consumer<? super LookupResult> answer) {
      asking.add(Thread.currentThread());
      Runnable task = () -> answer.accept(new LookupResult.Found(key));
      var unused = later.schedule(task, 1, TimeUnit.MILLISECONDS);
    }
  }

  /** Does something on the thread of the loop before it answers whether that served somebody. */
  private record OnLentThread(Predicate<NonBlocking> work) implements AskedWithoutWaiting {
    @Override
    public void lookup(String key, Consumer<? super LookupResult> answer) {
      NonBlocking lent = (NonBlocking) Thread.currentThread();
      assertThat(lent.serveOthers()).as("served while a connection is").isFalse();
      boolean kept =
          lent.later(
              () -> answer.accept(new LookupResult.Found(Boolean.toString(work.test(lent)))),
              () -> {});
      assertThat(kept).isTrue();
    }
  }

  /** Tells what was done meanwhile, and whether its time was counted. */
  private record Meanwhile(Runnable work) implements AskedWithoutWaiting {
    @Override
    public void lookup(String key, Consumer<? super LookupResult> answer) {
      NonBlocking lent = (NonBlocking) Thread.currentThread();
      AtomicInteger times = new AtomicInteger();
      lent.later(
          () -> {
            long begun = lent.servingNanos();
            boolean first = lent.serveOthers();
            boolean again = lent.serveOthers();
            boolean counted = lent.servingNanos() - begun >= PAUSE_NANOS;
            answer.accept(
                new LookupResult.Found(first + " " + again + " " + times + " " + counted));
          },
          () -> {
            times.incrementAndGet();
            work.run();
          });
    }
  }

  private boolean serveUntilReleased(NonBlocking lent) {
    lending.countDown();
    boolean any = false;
    while (!held.tryAcquire()) {
      any |= lent.serveOthers();
    }
    return any;
  }

  private boolean hold(NonBlocking lent) {
    held.acquireUninterruptibly();
    return lent.serveOthers();
  }

  private LookupResult release(String key) {
    held.release();
    return new LookupResult.Found(key);
  }

  /** Takes longer than memory does. */
  private static LookupResult slow(String key) {
    LockSupport.parkNanos(20_000);
    return new LookupResult.Found(key);
  }

  private LookupResult holding(String key) {
    held.acquireUninterruptibly();
    return new LookupResult.Found(key);
  }

  private static LookupResult failing(String key) {
    throw new OutOfMemoryError("test");
  }

  private void startWithLoopsOnly() throws IOException {
    server = server().loopsAtOnce().build();
    server.start();
  }

  private WireClient client() throws IOException {
    WireClient client = connect(server);
    clients.add(client);
    return client;
  }

  @AfterEach
  void close() throws IOException {
    held.release(1_000);
    for (WireClient client : clients) {
      client.close();
    }
    server.close();
    later.shutdown();
  }

  private void ask(WireClient client, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      assertThat(client.ask("later key " + i)).isEqualTo("OK key " + i);
    }
  }

  /** A client whose table had it wait for every answer until now. */
  private WireClient oneOfManyThatWaited() throws IOException {
    server.start();
    for (int i = 0; i < CONNECTIONS; i++) {
      client().ask("echo hello");
    }
    WireClient client = clients.getFirst();
    for (int i = 0; i < REQUESTS; i++) {
      assertThat(client.ask("slow " + i)).isEqualTo("OK " + i);
    }
    return client;
  }

  private boolean asksInLoop(WireClient client) throws IOException {
    asking.clear();
    ask(client, 1);
    return asking.remove() instanceof NonBlocking;
  }

  @Test
  void takesOverConnectionsThatAreAnsweredLaterOnceThereAreSome() throws Exception {
    server.start();
    WireClient first = client();
    ask(first, 20);
    assertThat(asksInLoop(first)).isFalse();

    for (int i = 1; i < CONNECTIONS; i++) {
      client().ask("echo hello");
    }
    await().until(() -> asksInLoop(first));
  }

  @Test
  void leavesConnectionsAloneWhoseTablesHoldThemUp() throws Exception {
    WireClient client = oneOfManyThatWaited();
    assertThat(asksInLoop(client)).isFalse();
  }

  /** While a client is alone its table may have it wait, and then no more. */
  @Test
  void keepsConnectionsWhoseTablesHeldThemUpBefore() throws Exception {
    WireClient client = oneOfManyThatWaited();
    await().until(() -> asksInLoop(client));
    ask(client, REQUESTS);
    assertThat(asksInLoop(client)).isTrue();
  }

  @Test
  void answersManyConnectionsEachInItsOrder() throws Exception {
    startWithLoopsOnly();
    for (int i = 0; i < 50; i++) {
      client().send(netstring("later 1 of " + i) + netstring("echo 2") + netstring("later 3"));
    }
    for (int i = 0; i < 50; i++) {
      assertThat(clients.get(i).read()).isEqualTo("OK 1 of " + i);
      assertThat(clients.get(i).read()).isEqualTo("OK 2");
      assertThat(clients.get(i).read()).isEqualTo("OK 3");
      assertThat(asksInLoop(clients.get(i))).isTrue();
    }
  }

  @Test
  void takesRequestsInPieces() throws Exception {
    startWithLoopsOnly();
    WireClient client = client();
    for (String piece : List.of("1", "1:later ", "hello", ",10:la")) {
      client.send(piece);
      Thread.sleep(20); // Each is to be read by itself.
    }
    assertThat(client.read()).isEqualTo("OK hello");
    client.send("ter four,");
    assertThat(client.read()).isEqualTo("OK four");
  }

  @Test
  void letsATableHoldUpOneConnectionOnly() throws Exception {
    startWithLoopsOnly();
    WireClient stuck = client();
    WireClient other = client();
    ask(other, 1);
    for (int i = 1; i < 4; i++) {
      stuck = client().send(netstring("holding " + i) + netstring("echo " + i));

      ask(other, 1);
      assertThat(asksInLoop(other)).isTrue();
    }
    held.release(3);
    assertThat(stuck.read()).isEqualTo("OK 3");
    assertThat(stuck.read()).isEqualTo("OK 3");
    assertThat(stuck.ask("echo again")).isEqualTo("OK again");
    assertThat(events.causes).isEmpty();
  }

  @Test
  void servesOthersWhileATableWaitsOnItsThread() throws Exception {
    startWithLoopsOnly();
    WireClient waiting = client();
    waiting.send(netstring("lent a"));
    lending.await();

    assertThat(client().ask("release b")).isEqualTo("OK b");
    assertThat(waiting.read()).isEqualTo("OK true");
  }

  @Test
  void doesWhatIsToBeDoneMeanwhileOnce() throws Exception {
    startWithLoopsOnly();
    assertThat(client().ask("meanwhile a")).isEqualTo("OK true false 1 true");
  }

  @Test
  void goesOnWithoutAThreadThatIsHeldUpByWhatItDoesMeanwhile() throws Exception {
    startWithLoopsOnly();
    WireClient stuck = client();
    stuck.send(netstring("meanwhileHolding a"));

    WireClient other = client();
    ask(other, 1);
    assertThat(asksInLoop(other)).isTrue();
    held.release();
    assertThat(stuck.read()).startsWith("OK false false 1");
  }

  @Test
  void goesOnWithoutAThreadThatATableHoldsUp() throws Exception {
    startWithLoopsOnly();
    WireClient stuck = client();
    WireClient other = client();
    for (int i = 0; i < 3; i++) {
      stuck.send(netstring("lentHolding a"));

      ask(other, 1);
      assertThat(asksInLoop(other)).isTrue();
      held.release();
      assertThat(stuck.read()).isEqualTo("OK false");
    }
    assertThat(events.causes).isEmpty();
  }

  @Test
  void letsAClientThatDoesNotReadHoldUpItselfOnly() throws Exception {
    startWithLoopsOnly();
    WireClient other = client();
    ask(other, 1);
    WireClient slow = WireClient.connectWithSmallBuffer(server.endpoints().getFirst());
    clients.add(slow);
    slow.send(netstring("big x").repeat(100));

    ask(other, 1);
    assertThat(asksInLoop(other)).isTrue();
    for (int i = 0; i < 100; i++) {
      assertThat(slow.read()).hasSize("OK ".length() + 90_000);
    }
    assertThat(slow.ask("echo again")).isEqualTo("OK again");
  }

  @Test
  void goesOnWhenItsThreadHasFailed() throws Exception {
    startWithLoopsOnly();
    WireClient other = client();
    ask(other, 1);
    WireClient failing = client();
    failing.send(netstring("failing a"));

    assertThat(failing.isClosedByServer()).isTrue();
    assertThat(asksInLoop(other)).isTrue();
  }

  @Test
  void stopsWithConnectionsThatAreIdle() throws Exception {
    startWithLoopsOnly();
    for (int i = 0; i < 10; i++) {
      ask(client(), 1);
    }

    assertThat(server.stop(Duration.ofSeconds(30))).isTrue();

    for (WireClient client : clients) {
      assertThat(client.isClosedByServer()).isTrue();
    }
    assertThat(events.lines).contains("stopped, forced 0");
    assertThat(events.causes).isEmpty();
  }

  @Test
  void stopsWithAConnectionThatIsHeldUp() throws Exception {
    startWithLoopsOnly();
    WireClient stuck = client();
    stuck.send(netstring("holding a"));
    WireClient other = client();
    ask(other, 1);

    assertThat(server.stop(Duration.ofMillis(200))).isFalse();

    assertThat(stuck.isClosedByServer()).isTrue();
    assertThat(other.isClosedByServer()).isTrue();
  }
}
