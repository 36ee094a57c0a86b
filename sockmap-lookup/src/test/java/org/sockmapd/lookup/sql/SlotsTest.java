package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.sql.Slots.Entry;

class SlotsTest {
  private static final long LONG = Duration.ofSeconds(30).toNanos();

  private final Slots slots = new Slots(1, 1);

  @Test
  void refusesWhenTimeIsOver() throws Exception {
    assertThat(slots.enter(0)).isEqualTo(Entry.ENTERED);
    assertThat(slots.enter(0)).isEqualTo(Entry.TOO_LATE);
    slots.leave();
    assertThat(slots.enter(0)).isEqualTo(Entry.ENTERED);
  }

  @Test
  void refusesAtOnceWhenEnoughWait() throws Exception {
    assertThat(slots.enter(0)).isEqualTo(Entry.ENTERED);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<Entry> waiting = threads.submit(() -> slots.enter(LONG));
      await().until(() -> slots.enter(0) == Entry.TOO_MANY_WAIT);
      slots.leave();
      assertThat(waiting.get()).isEqualTo(Entry.ENTERED);
    }
  }

  @Test
  void sendsThoseWhoWaitAwayAtOnce() throws Exception {
    assertThat(slots.enter(0)).isEqualTo(Entry.ENTERED);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<Entry> waiting = threads.submit(() -> slots.enter(LONG));
      await().until(() -> slots.enter(0) == Entry.TOO_MANY_WAIT);
      slots.turnAway();
      assertThat(waiting.get()).isEqualTo(Entry.TURNED_AWAY);
    }
  }

  @Test
  void wakesAWaiterEvenIfSomebodyWaitsForTheEnd() throws Exception {
    assertThat(slots.enter(0)).isEqualTo(Entry.ENTERED);
    Thread closer = Thread.ofPlatform().start(this::awaitEmpty);
    await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<Entry> waiting = threads.submit(() -> slots.enter(LONG));
      await().until(() -> slots.enter(0) == Entry.TOO_MANY_WAIT);
      slots.leave();
      assertThat(waiting.get(LONG / 3, TimeUnit.NANOSECONDS)).isEqualTo(Entry.ENTERED);
    } finally {
      slots.leave();
      closer.join();
    }
  }

  private void awaitEmpty() {
    try {
      slots.awaitEmpty(LONG);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void knowsWhenNobodyIsIn() throws Exception {
    assertThat(slots.awaitEmpty(0)).isTrue();
    assertThat(slots.enter(0)).isEqualTo(Entry.ENTERED);
    assertThat(slots.awaitEmpty(0)).isFalse();
    slots.leave();
    assertThat(slots.awaitEmpty(0)).isTrue();
  }
}
