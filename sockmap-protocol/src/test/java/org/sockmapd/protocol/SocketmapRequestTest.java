package org.sockmapd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SocketmapRequestTest {
  @Test
  void keyIsAllAfterTheFirstSpace() throws SocketmapSyntaxException {
    SocketmapRequest request = SocketmapRequest.parse(Bytes.payload("virtual  a, b:c jörg 🐘"));

    assertThat(request.mapName()).isEqualTo("virtual");
    assertThat(request.key()).hasValue(" a, b:c jörg 🐘");
    assertThat(request.keyBytes()).isEqualTo(Bytes.utf8(" a, b:c jörg 🐘"));
  }

  @Test
  void keyMayBeEmptyAndMayHoldNul() throws SocketmapSyntaxException {
    assertThat(SocketmapRequest.parse(Bytes.payload("m ")).key()).hasValue("");
    assertThat(SocketmapRequest.parse(Bytes.payload("m a\0b")).key()).hasValue("a\0b");
  }

  @Test
  void keyThatIsNotUtf8HasBytesOnly() throws SocketmapSyntaxException {
    for (String key : new String[] {"\u00ff", "a\u00c3", "\u00c0\u0080", "\u00ed\u00a0\u0080"}) {
      SocketmapRequest request = SocketmapRequest.parse(ByteBuffer.wrap(Bytes.raw("m " + key)));

      assertThat(request.key()).isEmpty();
      assertThat(request.keyBytes()).isEqualTo(Bytes.raw(key));
      assertThat(request).hasToString("m (" + key.length() + " bytes, not UTF-8)");
    }
  }

  @Test
  void replacementCharacterIsAKeyLikeAnyOther() throws SocketmapSyntaxException {
    assertThat(SocketmapRequest.parse(Bytes.payload("m \ufffd")).key()).hasValue("\ufffd");
  }

  @Test
  void refusesWhatHasNoMapName() {
    assertThatThrownBy(() -> SocketmapRequest.parse(Bytes.payload("recipient")))
        .isInstanceOf(SocketmapSyntaxException.class)
        .hasMessage("request without a space: expected 'MAP KEY'");
    assertThatThrownBy(() -> SocketmapRequest.parse(Bytes.payload("")))
        .hasMessage("request without a space: expected 'MAP KEY'");
    assertThatThrownBy(() -> SocketmapRequest.parse(Bytes.payload(" key")))
        .hasMessage("request with an empty map name: expected 'MAP KEY'");
    assertThatThrownBy(() -> SocketmapRequest.parse(ByteBuffer.wrap(Bytes.raw("\u00ff key"))))
        .hasMessage("map name is not UTF-8");
    assertThatThrownBy(() -> SocketmapRequest.of("", "k")).hasMessage("not a map name: ''");
    assertThatThrownBy(() -> SocketmapRequest.of("a b", "k")).hasMessage("not a map name: 'a b'");
  }

  @Test
  void readsPayloadWhereverItLiesAndLeavesItAsItWas() throws SocketmapSyntaxException {
    ByteBuffer direct = ByteBuffer.allocateDirect(9).put(Bytes.raw("--map key")).position(2);
    ByteBuffer slice = ByteBuffer.wrap(Bytes.raw("--map key--")).slice(1, 9).position(1).limit(8);

    assertThat(SocketmapRequest.parse(direct)).isEqualTo(SocketmapRequest.of("map", "key"));
    assertThat(SocketmapRequest.parse(slice)).isEqualTo(SocketmapRequest.of("map", "key"));
    assertThat(direct.position()).isEqualTo(2);
    assertThat(slice.remaining()).isEqualTo(7);
  }

  @Test
  void keepsNothingOfTheBytesItWasGiven() {
    byte[] key = {(byte) 0xff, 1};
    SocketmapRequest request = SocketmapRequest.of("m", key);
    key[1] = 2;
    request.keyBytes()[1] = 3;

    assertThat(request.keyBytes()).containsExactly(0xff, 1);
  }

  @Test
  void isTheSameHoweverItWasMade() {
    assertThat(SocketmapRequest.of("m", "ü"))
        .isEqualTo(SocketmapRequest.of("m", Bytes.utf8("ü")))
        .hasSameHashCodeAs(SocketmapRequest.of("m", Bytes.utf8("ü")))
        .isNotEqualTo(SocketmapRequest.of("n", "ü"))
        .isNotEqualTo(SocketmapRequest.of("m", "u"))
        .isNotEqualTo(SocketmapRequest.of("m", Bytes.raw("\u00ff")))
        .hasToString("m ü");
  }

  @Test
  void knowsItsLengthOnTheWire() {
    assertThat(SocketmapRequest.of("m", "ü").encodedLength()).isEqualTo(4);
    assertThat(SocketmapRequest.of("m", Bytes.raw("\u00ff")).encodedLength()).isEqualTo(3);
  }
}
