package org.sockmapd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sockmapd.protocol.SocketmapReply.NotFound;
import org.sockmapd.protocol.SocketmapReply.Ok;
import org.sockmapd.protocol.SocketmapReply.Perm;
import org.sockmapd.protocol.SocketmapReply.Temp;
import org.sockmapd.protocol.SocketmapReply.Timeout;

class SocketmapReplyTest {
  @Test
  void readsEveryReplyWithItsSpaceAndWithout() throws SocketmapSyntaxException {
    assertThat(parse("OK a  b")).isEqualTo(new Ok("a  b"));
    assertThat(parse("OK OK")).isEqualTo(new Ok("OK"));
    assertThat(parse("OK ")).isEqualTo(new Ok(""));
    assertThat(parse("OK")).isEqualTo(new Ok(""));
    assertThat(parse("NOTFOUND ")).isEqualTo(new NotFound());
    assertThat(parse("NOTFOUND")).isEqualTo(new NotFound());
    assertThat(parse("TEMP down")).isEqualTo(new Temp("down"));
    assertThat(parse("TIMEOUT")).isEqualTo(new Timeout(""));
    assertThat(parse("PERM no such map")).isEqualTo(new Perm("no such map"));
  }

  @Test
  void statusIsExactlyOneOfFiveWords() {
    for (String wrong :
        List.of("", " OK x", "ok x", "OKAY x", "OK\tx", "NOTFOUN", "TEMPO", "Ö x")) {
      assertThatThrownBy(() -> parse(wrong))
          .isInstanceOf(SocketmapSyntaxException.class)
          .hasMessage("reply with an unknown status: expected OK, NOTFOUND, TEMP, TIMEOUT or PERM");
    }
  }

  @Test
  void replyThatIsNotUtf8IsNoReply() {
    assertThatThrownBy(() -> SocketmapReply.parse(ByteBuffer.wrap(Bytes.raw("OK \u00ff"))))
        .isInstanceOf(SocketmapSyntaxException.class)
        .hasMessage("reply is not UTF-8");
  }

  @Test
  void reasonHoldsNoControlCharacters() {
    assertThat(new Temp("a\r\nb\0c\u007f\u0085d").reason()).isEqualTo("a  b c  d");
    assertThat(new Timeout("\t").reason()).isEqualTo(" ");
    assertThat(new Perm("ü – 🐘").reason()).isEqualTo("ü – 🐘");
  }

  @Test
  void saysWhyItMustNotBeSent() {
    SocketmapLimits limits = new SocketmapLimits(100, 10);
    assertThat(new Ok("1234567").problem(limits)).isEmpty();
    assertThat(new Ok("ü🐘").problem(limits)).isEmpty();
    assertThat(new NotFound().problem(limits)).isEmpty();
    assertThat(new Ok("12345678").problem(limits)).contains("it takes 11 bytes, the limit is 10");
    assertThat(new Ok("a\0").problem(limits)).contains("it holds a NUL character");
    assertThat(new Ok("").problem(limits)).contains("it has no value");
    assertThat(new Temp("").problem(limits)).isEmpty();
    for (String half : List.of("\ud83d", "\ud83dx", "\udc18", "x\udc18", "\udc18\ud83d")) {
      assertThat(new Ok(half).problem(limits)).contains("it holds half of a character");
    }
  }

  @Test
  void knowsItsLengthOnTheWire() {
    for (SocketmapReply reply :
        List.of(
            new Ok("ü🐘\ud83d"), new NotFound(), new Temp("x"), new Timeout(""), new Perm("€"))) {
      String length = Integer.toString(reply.encodedLength());
      byte[] sent = Bytes.written(w -> w.write(reply));

      assertThat(sent).startsWith(Bytes.raw(length + ":"));
      assertThat(sent).hasSize(length.length() + 1 + reply.encodedLength() + 1);
    }
  }

  private static SocketmapReply parse(String payload) throws SocketmapSyntaxException {
    return SocketmapReply.parse(Bytes.payload(payload));
  }
}
