package org.sockmapd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.sockmapd.protocol.NetstringOracle.Transcript;

/**
 * What a peer may send, all of it. Plays the kept inputs in an ordinary run; with {@code
 * JAZZER_FUZZ=1} in the environment it looks for new ones, one method a run.
 */
class CodecFuzzTest {
  private static final int LIMIT = 300;

  @FuzzTest(maxDuration = "20m")
  void readsAStreamOfRequestsAsTheOracleDoes(byte[] input) throws IOException {
    Transcript expected = NetstringOracle.decode(input, LIMIT);

    for (Feed feed : Feed.values()) {
      assertThat(NetstringOracle.read(feed.of(input), LIMIT)).isEqualTo(expected);
    }
    readRequests(input);
  }

  @FuzzTest(maxDuration = "20m")
  void readsAPayloadAsRequestOnlyIfItGivesTheSameBytes(byte[] payload) throws IOException {
    try {
      SocketmapRequest request = SocketmapRequest.parse(ByteBuffer.wrap(payload));

      assertThat(Bytes.written(writer -> writer.write(request)))
          .isEqualTo(Bytes.written(writer -> writer.write(ByteBuffer.wrap(payload))));
      assertThat(request.mapName()).isNotEmpty().doesNotContain(" ");
      assertThat(SocketmapRequest.of(request.mapName(), request.keyBytes())).isEqualTo(request);
    } catch (SocketmapSyntaxException refused) {
      assertSendable(refused);
    }
  }

  @FuzzTest(maxDuration = "20m")
  void readsAPayloadAsReplyOnlyIfItIsSentAsTheSame(byte[] payload) throws IOException {
    try {
      SocketmapReply reply = SocketmapReply.parse(ByteBuffer.wrap(payload));
      byte[] sent = Bytes.written(writer -> writer.write(reply));
      ByteBuffer again = new NetstringReader(Feed.IN_SEVENS.of(sent), 1 << 20).read();

      assertThat(SocketmapReply.parse(Objects.requireNonNull(again))).isEqualTo(reply);
      assertThat(payload).startsWith(Bytes.raw(reply.status()));
    } catch (SocketmapSyntaxException refused) {
      assertSendable(refused);
    }
  }

  /** To its end, as a server does: past payloads that are no request. */
  private static void readRequests(byte[] input) throws IOException {
    SocketmapRequestReader reader =
        new SocketmapRequestReader(Feed.WHOLE.of(input), new SocketmapLimits(LIMIT, LIMIT));
    boolean more = true;
    while (more) {
      try {
        more = reader.read() != null;
      } catch (SocketmapSyntaxException refused) {
        assertSendable(refused);
      } catch (NetstringException malformed) {
        assertSendable(malformed);
        more = false;
      } catch (EOFException cut) {
        more = false;
      }
    }
  }

  private static void assertSendable(IOException error) {
    assertThat(error.getMessage()).matches("[ -~]{1,100}");
  }
}
