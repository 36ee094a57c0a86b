package org.sockmapd.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.sockmapd.protocol.SocketmapReply;

/** Takes down what came of each request. For use by many threads. */
final class Measurement {
  /** One hour; what is longer counts as that. */
  static final long HIGHEST_NANOS = 3_600_000_000_000L;

  static final int SIGNIFICANT_DIGITS = 3;

  private final Keys keys;
  private final RunTime time;
  private final Tally tally = new Tally();
  private final Recorder latencies = new Recorder(HIGHEST_NANOS, SIGNIFICANT_DIGITS);

  Measurement(Keys keys, RunTime time) {
    this.keys = keys;
    this.time = time;
  }

  void answered(int key, long due, long at, SocketmapReply reply, ByteBuffer payload) {
    if (!keys.allow(key, reply, payload)) {
      wrong(key, (reply.status() + " " + reply.text()).strip());
    }
    if (time.measures(due)) {
      tally.reply(reply);
      record(at - due);
    }
  }

  /** What came is no reply at all. */
  void malformed(int key, IOException why) {
    wrong(key, "no reply: " + why.getMessage());
  }

  private void wrong(int key, String got) {
    String expected = keys.expected(key).strip();
    tally.wrong(new WrongReply(keys.text(key), expected.isEmpty() ? "a reply" : expected, got));
  }

  /** A request was waited for as long as there was patience. */
  void givenUp(long due, long at) {
    if (time.measures(due)) {
      record(at - due);
    }
  }

  void unsent(long due, long end) {
    if (time.measures(due)) {
      tally.unsent();
      record(end - due);
    }
  }

  private void record(long nanos) {
    latencies.recordValue(Math.clamp(nanos, 0, HIGHEST_NANOS));
  }

  Tally tally() {
    return tally;
  }

  /** The latencies since this was last called, in an earlier result that is of no more use. */
  Histogram take(Histogram recycled) {
    return latencies.getIntervalHistogram(recycled);
  }

  Histogram take() {
    return latencies.getIntervalHistogram();
  }
}
