package org.sockmapd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.sockmapd.protocol.NetstringOracle.Transcript;

/**
 * What a peer may send, all of it. Plays the kept inputs in an ordinary run; with {@code
 * JAZZER_FUZZ=1} in the environment it looks for new ones, one method a run.
 */
class CodecFuzzTest {
  /** Small, so that inputs over it are small too. */
  private static final int LIMIT = 50;

  /** Longer inputs only cost time: every state of the reader is reached far below. */
  private static final int LONGEST_INPUT = 200;

  private static final Predicate<String> SENDABLE =
      Pattern.compile("[ -~]{1,100}").asMatchPredicate();

  @FuzzTest(maxDuration = "1h", maxExecutions = 4_000_000)
  void readsAStreamOfRequestsAsTheOracleDoes(byte[] any) throws IOException {
    byte[] input = Arrays.copyOf(any, Math.min(any.length, LONGEST_INPUT));
    Transcript expected = NetstringOracle.decode(input, LIMIT);

    for (Feed feed : Feed.values()) {
      assertThat(NetstringOracle.read(feed.of(input), LIMIT)).isEqualTo(expected);
    }
    readRequests(input);
  }

  @FuzzTest(maxDuration = "1h", maxExecutions = 4_000_000)
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

  @FuzzTest(maxDuration = "1h", maxExecutions = 4_000_000)
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
    assertThat(SENDABLE.test(error.getMessage())).as(error.getMessage()).isTrue();
  }
}
