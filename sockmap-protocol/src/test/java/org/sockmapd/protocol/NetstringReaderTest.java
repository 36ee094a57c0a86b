package org.sockmapd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetstringReaderTest {
  private static final int LIMIT = 10_256;

  @ParameterizedTest
  @EnumSource
  void readsPipelinedNetstringsAndTheEndBetweenThem(Feed feed) throws IOException {
    assertThat(read(feed, "5:a b,c,0:,12:hello world!,"))
        .containsExactly("a b,c", "", "hello world!");
    assertThat(read(feed, "")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void payloadMayHoldWhatFramesIt(Feed feed) throws IOException {
    assertThat(read(feed, "5:3:a,,,1::,")).containsExactly("3:a,,", ":");
  }

  @ParameterizedTest
  @EnumSource
  void readsUpToTheLimitAndReadsOnAfterIt(Feed feed) throws IOException {
    String longest = "k".repeat(LIMIT);

    assertThat(read(feed, "10256:" + longest + ",1:x,10256:" + longest + ",2:yz,"))
        .containsExactly(longest, "x", longest, "yz");
  }

  @ParameterizedTest
  @EnumSource
  void refusesLengthOverLimitDigitByDigit(Feed feed) {
    assertThatThrownBy(() -> read(feed, "3:abc,10257:"))
        .isInstanceOf(NetstringException.class)
        .hasMessage("netstring length: limit is 10256, got 10257 or more at byte 6");
    assertThatThrownBy(() -> read(feed, "99999999999999999999999999999"))
        .hasMessage("netstring length: limit is 10256, got 99999 or more at byte 0");
  }

  @Test
  void refusesLengthOverLimitBeforeReadingPayload() {
    NetstringReader reader = new NetstringReader(Feed.inPieces(Bytes.raw("10257"), 5), LIMIT);

    assertThatThrownBy(reader::read).isInstanceOf(NetstringException.class);
  }

  @Test
  void lengthNearTheHighestLimitDoesNotOverflow() {
    NetstringReader reader =
        new NetstringReader(Feed.DRIBBLED.of(Bytes.raw("9999999999:")), SocketmapLimits.MAX_BYTES);

    assertThatThrownBy(reader::read)
        .hasMessage("netstring length: limit is 1073741824, got 9999999999 or more at byte 0");
  }

  @ParameterizedTest
  @EnumSource
  void refusesLengthThatIsNotPlainDigits(Feed feed) {
    assertMalformed(feed, ":,", "netstring length: expected a digit, got ':' at byte 0");
    assertMalformed(feed, "+1:a,", "netstring length: expected a digit, got '+' at byte 0");
    assertMalformed(feed, "-1:a,", "netstring length: expected a digit, got '-' at byte 0");
    assertMalformed(feed, " 1:a,", "netstring length: expected a digit, got 0x20 at byte 0");
    assertMalformed(feed, "1 :a,", "netstring length: expected a digit or ':', got 0x20 at byte 1");
    assertMalformed(feed, "1a:a,", "netstring length: expected a digit or ':', got 'a' at byte 1");
    assertMalformed(feed, "\0", "netstring length: expected a digit, got 0x00 at byte 0");
    assertMalformed(feed, "0x1:a,", "netstring length: expected a digit or ':', got 'x' at byte 1");
    // The Arabic-Indic digit one in UTF-8, and a superscript one in Latin-1.
    assertMalformed(
        feed, "\u00d9\u00a1:a,", "netstring length: expected a digit, got 0xd9 at byte 0");
    assertMalformed(feed, "\u00b9:a,", "netstring length: expected a digit, got 0xb9 at byte 0");
    assertMalformed(
        feed, "GET / HTTP/1.1\r\n", "netstring length: expected a digit, got 'G' at byte 0");
  }

  @ParameterizedTest
  @EnumSource
  void refusesLeadingZero(Feed feed) {
    assertMalformed(feed, "01:a,", "netstring length: leading zero at byte 0");
    assertMalformed(feed, "00:,", "netstring length: leading zero at byte 0");
    assertMalformed(feed, "0:,05:hello,", "netstring length: leading zero at byte 3");
  }

  @ParameterizedTest
  @EnumSource
  void refusesMissingComma(Feed feed) {
    assertMalformed(
        feed, "2:ab;", "netstring of 2 bytes: expected ',' after it, got ';' at byte 4");
    assertMalformed(
        feed, "1:a,2:abc,", "netstring of 2 bytes: expected ',' after it, got 'c' at byte 8");
    assertMalformed(
        feed, "0:\n", "netstring of 0 bytes: expected ',' after it, got 0x0a at byte 2");
  }

  @ParameterizedTest
  @EnumSource
  void endInsideNetstringIsNoCleanEnd(Feed feed) {
    for (String cut : List.of("1", "1:", "1:a", "5:abcd", "0", "0:")) {
      assertThatThrownBy(() -> read(feed, "2:ok," + cut))
          .isInstanceOf(EOFException.class)
          .hasMessage("input ended inside a netstring, at byte %d of the stream", 5 + cut.length());
    }
  }

  @Test
  void failsTheSameWayAgain() {
    NetstringReader reader = new NetstringReader(Feed.WHOLE.of(Bytes.raw("1:a;1:b,")), LIMIT);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(reader::read).hasMessageEndingWith("got ';' at byte 3");
    }
  }

  @Test
  void goesOnWhereItWasAfterATimeoutOfTheStream() throws IOException {
    List<InputStream> pieces =
        List.of(stream("1"), stream("1:hello"), stream(" world"), stream(",2:ok,"));
    NetstringReader reader = new NetstringReader(new TimingOut(pieces), LIMIT);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(reader::read).isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(Bytes.text(reader.read())).isEqualTo("hello world");
    assertThat(Bytes.text(reader.read())).isEqualTo("ok");
  }

  @Test
  void knowsWhatHasArrived() throws IOException {
    NetstringReader reader =
        new NetstringReader(Feed.inPieces(Bytes.raw("1:a,1:b,1:c,2:xy"), 8), LIMIT);

    assertThat(reader.hasBuffered()).isFalse();
    assertThat(Bytes.text(reader.read())).isEqualTo("a");
    assertThat(reader.hasBuffered()).isTrue();
    assertThat(Bytes.text(reader.read())).isEqualTo("b");
    assertThat(reader.hasBuffered()).isFalse();
    assertThat(Bytes.text(reader.read())).isEqualTo("c");
    assertThat(reader.hasBuffered()).isFalse();
  }

  @Test
  void anErrorThatHasArrivedCountsAsBuffered() throws IOException {
    NetstringReader reader = new NetstringReader(stream("1:a,x"), LIMIT);
    reader.read();

    assertThat(reader.hasBuffered()).isTrue();
    assertThatThrownBy(reader::read).isInstanceOf(NetstringException.class);
  }

  @Test
  void bufferGrowsWithWhatArrivesAndIsGivenBack() throws IOException {
    Asked asked = new Asked(Bytes.raw("10000:" + "k".repeat(10_000) + ",1:x,"));
    NetstringReader reader = new NetstringReader(asked, LIMIT);

    reader.read();
    assertThat(asked.sizes).startsWith(1024, 1024, 2048, 4096).allMatch(size -> size <= 4096);
    reader.read();
    assertThat(reader.read()).isNull();
    assertThat(asked.sizes).endsWith(1024);
  }

  @Test
  void refusesLimitsThatAreNone() {
    assertThatThrownBy(() -> new NetstringReader(stream(""), 0))
        .hasMessage("maxPayloadBytes must be 1 to 1073741824 bytes, got 0");
  }

  private static void assertMalformed(Feed feed, String input, String message) {
    assertThatThrownBy(() -> read(feed, input))
        .isInstanceOf(NetstringException.class)
        .hasMessage(message);
  }

  private static List<String> read(Feed feed, String input) throws IOException {
    NetstringReader reader = new NetstringReader(feed.of(Bytes.raw(input)), LIMIT);
    List<String> payloads = new ArrayList<>();
    ByteBuffer payload = reader.read();
    while (payload != null) {
      payloads.add(Bytes.text(payload));
      payload = reader.read();
    }
    return payloads;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(Bytes.raw(text));
  }

  /** Times out at the end of each piece but the last. */
  private static final class TimingOut extends InputStream {
    private final List<InputStream> pieces;

    TimingOut(List<InputStream> pieces) {
      this.pieces = new ArrayList<>(pieces);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = pieces.getFirst().read(to, offset, length);
      if (count < 0 && pieces.size() > 1) {
        pieces.removeFirst();
        throw new SocketTimeoutException();
      }
      return count;
    }
  }

  /** Notes how much it was asked for. */
  private static final class Asked extends ByteArrayInputStream {
    private final List<Integer> sizes = new ArrayList<>();

    Asked(byte[] input) {
      super(input);
    }

    @Override
    public synchronized int read(byte[] to, int offset, int length) {
      sizes.add(length);
      return super.read(to, offset, length);
    }
  }
}
