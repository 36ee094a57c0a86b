package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.NetstringWriter;
import org.sockmapd.protocol.SocketmapReply;

/** Which replies the answering thread writes itself, and which it leaves to a late writer. */
class ReplyQueueTest {
  private static final String LONG = "x".repeat(10_000);

  private final ServerEvents events = new ServerEvents() {};
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Queue<Runnable> lateWriters = new ArrayDeque<>();
  private final Lookups lookups =
      new Lookups(
          LookupTables.builder().build(),
          ServerLimits.defaults(),
          events,
          new Tallies(System::nanoTime));
  private final ReplyQueue queue =
      new ReplyQueue(
          new NetstringWriter(sent),
          10,
          lateWriters::add,
          new ReplyQueue.ReplyListener() {
            @Override
            public void sending(PendingReply reply) {}

            @Override
            public void lateWriteFailed(Throwable cause) {
              throw new AssertionError(cause);
            }
          });

  private PendingReply add() throws IOException {
    PendingReply reply = new PendingReply(null, lookups, queue, false);
    queue.add(reply);
    return reply;
  }

  private String sent() {
    return sent.toString(StandardCharsets.UTF_8);
  }

  private static SocketmapReply.Ok ok(String value) {
    return new SocketmapReply.Ok(value);
  }

  @Test
  void hasWhoAnswersWriteAShortReplyToAClientThatWaits() throws Exception {
    add().give(ok("a"));
    add().give(ok("b"));

    assertThat(sent()).isEqualTo("4:OK a,4:OK b,");
    assertThat(lateWriters).isEmpty();
  }

  @Test
  void leavesALongReplyToALateWriter() throws Exception {
    add().give(ok(LONG));

    assertThat(sent()).isEmpty();
    lateWriters.remove().run();
    assertThat(sent()).isEqualTo("10003:OK " + LONG + ",");
  }

  @Test
  void leavesToALateWriterWhatAPipeliningClientMayNotRead() throws Exception {
    PendingReply first = add();
    PendingReply second = add();

    first.give(ok("a"));
    assertThat(sent()).isEmpty();
    lateWriters.remove().run();
    assertThat(sent()).isEqualTo("4:OK a,");

    second.give(ok("b"));
    assertThat(sent()).isEqualTo("4:OK a,");
    lateWriters.remove().run();
    assertThat(sent()).isEqualTo("4:OK a,4:OK b,");
  }
}
