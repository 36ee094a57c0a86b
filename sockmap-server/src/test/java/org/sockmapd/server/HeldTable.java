package org.sockmapd.server;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sockmapd.lookup.LookupResult;

/** A table that answers when the test says so, on the thread of the test. */
final class HeldTable implements AskedWithoutWaiting {
  /** A key that was asked, and where its answer goes. */
  record Asked(String key, Consumer<? super LookupResult> answer) {
    void found(String value) {
      answer.accept(new LookupResult.Found(value));
    }
  }

  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final Map<String, String> atOnce;
  volatile boolean closed;

  HeldTable() {
    this(Map.of());
  }

  /**
   * @param atOnce keys that are answered before the lookup returns
   */
  HeldTable(Map<String, String> atOnce) {
    this.atOnce = atOnce;
  }

  /** The next key that was asked and is not answered. */
  Asked next() throws InterruptedException {
    Asked next = asked.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no lookup came");
    }
    return next;
  }

  int unanswered() {
    return asked.size();
  }

  @Override
  public void lookup(String key, Consumer<? super LookupResult> answer) {
    String value = atOnce.get(key);
    if (value != null) {
      answer.accept(new LookupResult.Found(value));
    } else {
      asked.add(new Asked(key, answer));
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
