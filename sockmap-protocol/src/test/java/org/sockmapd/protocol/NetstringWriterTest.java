package org.sockmapd.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sockmapd.protocol.SocketmapReply.NotFound;
import org.sockmapd.protocol.SocketmapReply.Ok;
import org.sockmapd.protocol.SocketmapReply.Perm;
import org.sockmapd.protocol.SocketmapReply.Temp;
import org.sockmapd.protocol.SocketmapReply.Timeout;

class NetstringWriterTest {
  @Test
  void sendsEveryReplyWithItsSpace() {
    assertThat(sent(new Ok("REJECT"))).isEqualTo("9:OK REJECT,");
    assertThat(sent(new Ok(""))).isEqualTo("3:OK ,");
    assertThat(sent(new NotFound())).isEqualTo("9:NOTFOUND ,");
    assertThat(sent(new Temp("down"))).isEqualTo("9:TEMP down,");
    assertThat(sent(new Timeout("slow"))).isEqualTo("12:TIMEOUT slow,");
    assertThat(sent(new Perm(""))).isEqualTo("5:PERM ,");
  }

  @Test
  void countsLengthInBytesOfUtf8() {
    assertThat(sent(new Ok("jörg@€.example 🐘"))).isEqualTo("25:OK jörg@€.example 🐘,");
    assertThat(sent(new Ok("half \ud83d pair \udc18"))).isEqualTo("16:OK half ? pair ?,");
  }

  @Test
  void sendsRequestsOfAnyBytes() {
    assertThat(Bytes.written(w -> w.write(SocketmapRequest.of("virtual", "a b,c:ü"))))
        .isEqualTo(Bytes.utf8("16:virtual a b,c:ü,"));
    assertThat(Bytes.written(w -> w.write(SocketmapRequest.of("m", new byte[] {(byte) 0xff, 0}))))
        .isEqualTo(Bytes.raw("4:m \u00ff\0,"));
  }

  @Test
  void sendsPayloadFromPositionToLimitAndLeavesThem() {
    ByteBuffer payload = ByteBuffer.wrap(Bytes.raw("xxhelloxx")).position(2).limit(7);

    assertThat(Bytes.written(w -> w.write(payload))).isEqualTo(Bytes.raw("5:hello,"));
    assertThat(payload.remaining()).isEqualTo(5);
  }

  @Test
  void writesLengthsOfEveryNumberOfDigits() {
    for (int length : new int[] {0, 9, 10, 99, 100, 999, 1000, 1013, 9999, 10_000, 123_456}) {
      assertThat(Bytes.written(w -> w.write(ByteBuffer.allocate(length))))
          .startsWith(Bytes.raw(length + ":"))
          .hasSize(Integer.toString(length).length() + 2 + length);
    }
  }

  @Test
  void sendsPipelinedRepliesWithOneWrite() throws IOException {
    Writes writes = new Writes();
    NetstringWriter writer = new NetstringWriter(writes);
    writer.write(new Ok("a"));
    writer.write(new NotFound());
    assertThat(writes.sizes).isEmpty();

    writer.flush();

    assertThat(writes.sizes).containsExactly("4:OK a,9:NOTFOUND ,".length());
    writer.flush();
    assertThat(writes.sizes).hasSize(1);
  }

  @Test
  void passesOnWhatIsPendingBeforeItGrowsWithoutBound() throws IOException {
    Writes writes = new Writes();
    NetstringWriter writer = new NetstringWriter(writes);
    for (int i = 0; i < 100; i++) {
      writer.write(new Ok("v".repeat(9_000)));
    }
    writer.flush();

    assertThat(writes.sizes).hasSize(50).allMatch(size -> size <= 16 * 1024 + 9_020);
  }

  @Test
  void givesItsGrowthBack() throws IOException {
    Writes writes = new Writes();
    NetstringWriter writer = new NetstringWriter(writes);
    for (String value : new String[] {"small", "v".repeat(90_000), "small"}) {
      writer.write(new Ok(value));
      writer.flush();
    }

    assertThat(writes.buffers).first().isEqualTo(1024);
    assertThat(writes.buffers.get(1)).isGreaterThan(90_000);
    assertThat(writes.buffers).last().isEqualTo(1024);
  }

  @Test
  void whatAStreamRefusedIsNotSentAgain() throws IOException {
    NetstringWriter writer = new NetstringWriter(new Broken());
    writer.write(new Ok("a"));

    assertThatThrownBy(writer::flush).hasMessage("broken pipe");
    writer.flush();
  }

  private static String sent(SocketmapReply reply) {
    return new String(Bytes.written(w -> w.write(reply)), UTF_8);
  }

  /** Notes the size of each write, and of the buffer it came from. */
  private static final class Writes extends ByteArrayOutputStream {
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Integer> buffers = new ArrayList<>();

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      sizes.add(length);
      buffers.add(bytes.length);
      super.write(bytes, offset, length);
    }
  }

  private static final class Broken extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("broken pipe");
    }
  }
}
