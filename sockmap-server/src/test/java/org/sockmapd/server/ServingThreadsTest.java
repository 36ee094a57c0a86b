package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ServingThreadsTest {
  private static final int PROCESSORS = 2;

  private int connections;

  @Test
  void makesOneKindAlone() {
    connections = 100;
    assertThat(threads(ConnectionThreads.PLATFORM).first(() -> {}))
        .matches(thread -> !thread.isVirtual() && thread.isDaemon());
    connections = 1;
    assertThat(threads(ConnectionThreads.VIRTUAL).first(() -> {})).matches(Thread::isVirtual);
  }

  @Test
  void makesVirtualThreadsWhileThereAreManyConnections() {
    ServingThreads threads = threads(ConnectionThreads.MIXED);
    connections = ConnectionThreads.FEW;
    assertThat(threads.first(() -> {}).isVirtual()).isFalse();
    connections++;
    assertThat(threads.first(() -> {}).isVirtual()).isTrue();
    connections--;
    assertThat(threads.first(() -> {}).isVirtual()).isFalse();
  }

  @Test
  void changesNothingWhereThereAreFewConnectionsForEachProcessor() {
    ServingThreads threads = threads(ConnectionThreads.MIXED);
    connections = ConnectionThreads.ALONE_PER_PROCESSOR * PROCESSORS;
    assertThat(threads.onward(late(), true)).isEqualTo(Onward.HERE);
    assertThat(threads.staysInLoop(late())).isTrue();
    connections = ConnectionThreads.FEW_PER_PROCESSOR * PROCESSORS;
    assertThat(threads.onward(prompt(), true)).isEqualTo(Onward.HERE);
  }

  @Test
  void hasThoseAnsweredFromMemoryLeaveALoopHoweverFewThereAre() {
    connections = 1;
    assertThat(threads(ConnectionThreads.MIXED).staysInLoop(prompt())).isFalse();
  }

  @Test
  void hasThoseAnsweredFromMemoryGoOnVirtually() {
    ServingThreads threads = threads(ConnectionThreads.MIXED);
    connections = ConnectionThreads.FEW_PER_PROCESSOR * PROCESSORS + 1;
    assertThat(threads.onward(prompt(), true)).isEqualTo(Onward.VIRTUALLY);
    assertThat(threads.onward(prompt(), false)).isEqualTo(Onward.VIRTUALLY);
    assertThat(threads.staysInLoop(prompt())).isFalse();
    assertThat(onVirtualThread(() -> threads.onward(prompt(), true))).isEqualTo(Onward.HERE);
    assertThat(threads.further(() -> {}).isVirtual()).isTrue();
  }

  @Test
  void hasThoseAnsweredLaterGoOnInALoopOnce() {
    ServingThreads threads = threads(ConnectionThreads.MIXED);
    connections = ConnectionThreads.ALONE_PER_PROCESSOR * PROCESSORS + 1;
    assertThat(threads.onward(late(), true)).isEqualTo(Onward.IN_LOOP);
    assertThat(onVirtualThread(() -> threads.onward(late(), true))).isEqualTo(Onward.IN_LOOP);
    assertThat(threads.staysInLoop(late())).isTrue();
    assertThat(threads.onward(late(), false)).isEqualTo(Onward.HERE);
  }

  @Test
  void leavesThoseAloneThatAreHeldUp() {
    ServingThreads threads = threads(ConnectionThreads.MIXED);
    connections = 1_000;
    assertThat(threads.onward(heldUp(), true)).isEqualTo(Onward.HERE);
    assertThat(threads.staysInLoop(heldUp())).isFalse();
  }

  @Test
  void leavesThoseOfOneKindAlone() {
    connections = 1_000;
    for (ConnectionThreads kind :
        new ConnectionThreads[] {ConnectionThreads.PLATFORM, ConnectionThreads.VIRTUAL}) {
      assertThat(threads(kind).onward(prompt(), true)).isEqualTo(Onward.HERE);
      assertThat(threads(kind).onward(late(), true)).isEqualTo(Onward.HERE);
    }
  }

  private ServingThreads threads(ConnectionThreads kind) {
    return new ServingThreads(kind, PROCESSORS, () -> connections, false);
  }

  private static Pace prompt() {
    return pace(true, 0);
  }

  private static Pace late() {
    return pace(false, 0);
  }

  private static Pace heldUp() {
    return pace(true, 60_000);
  }

  private static Pace pace(boolean answered, long nanos) {
    Pace pace = new Pace();
    for (int i = 0; i < 16; i++) {
      pace.answered(answered);
      pace.took(nanos);
    }
    return pace;
  }

  private static <T> T onVirtualThread(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread.startVirtualThread(() -> answer.complete(question.get()));
    return answer.join();
  }
}
