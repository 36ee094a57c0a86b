package org.sockmapd.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.protocol.SocketmapReply;

class KeysTest {
  @Test
  void readsAKeyALineWithOrWithoutTheLastNewline() throws Exception {
    for (String text : new String[] {"a\nb b\n\nc\n", "a\nb b\n\nc"}) {
      Keys keys = read(text);
      assertThat(keys.count()).isEqualTo(4);
      assertThat(keys.text(0)).isEqualTo("a");
      assertThat(keys.text(1)).isEqualTo("b b");
      assertThat(keys.text(2)).isEmpty();
      assertThat(keys.text(3)).isEqualTo("c");
      assertThat(keys.longest()).isEqualTo(3);
    }
  }

  @Test
  void readsMoreKeysThanItFirstHasRoomFor() throws Exception {
    Keys keys = read("k\tOK v\n".repeat(5000));
    assertThat(keys.count()).isEqualTo(5000);
    assertThat(keys.text(4999)).isEqualTo("k");
    assertThat(keys.checked()).isEqualTo(5000);
  }

  @Test
  void takesWhatStandsAfterTheFirstTabForTheReply() throws Exception {
    Keys keys = read("a\tOK b\tc\nd\tNOTFOUND \ne\t\nf");
    assertThat(keys.expected(0)).isEqualTo("OK b\tc");
    assertThat(keys.checked()).isEqualTo(2);
    assertThat(allows(keys, 0, "OK b\tc")).isTrue();
    assertThat(allows(keys, 1, "NOTFOUND")).isTrue();
    assertThat(allows(keys, 1, "NOTFOUND ")).isTrue();
    assertThat(allows(keys, 1, "OK ")).isFalse();
    assertThat(allows(keys, 2, "OK anything")).isTrue();
    assertThat(allows(keys, 3, "NOTFOUND ")).isTrue();
  }

  @Test
  void comparesTheWholeValue() throws Exception {
    Keys keys = read("a\tOK b\ne\tOK\nf\tOK \n");
    assertThat(allows(keys, 0, "OK b")).isTrue();
    assertThat(allows(keys, 0, "OK b ")).isFalse();
    assertThat(allows(keys, 0, "OK bc")).isFalse();
    assertThat(allows(keys, 0, "OK ")).isFalse();
    assertThat(allows(keys, 0, "NOTFOUND ")).isFalse();
    for (int empty = 1; empty <= 2; empty++) {
      assertThat(allows(keys, empty, "OK")).isTrue();
      assertThat(allows(keys, empty, "OK ")).isTrue();
      assertThat(allows(keys, empty, "OK b")).isFalse();
    }
  }

  @Test
  void allowsAFailureForAnyKey() throws Exception {
    Keys keys = read("a\tOK b\n");
    assertThat(allows(keys, 0, "TEMP x")).isTrue();
    assertThat(allows(keys, 0, "TIMEOUT x")).isTrue();
    assertThat(allows(keys, 0, "PERM x")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ok b", "OKAY", "TEMP x", "NOTFOUND x", "b"})
  void refusesWhatIsNoReplyByItsLine(String expected) {
    assertThatThrownBy(() -> read("a\nb\t" + expected + "\n"))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContainingAll("line 2", "got '" + expected + "'");
  }

  @Test
  void refusesAFileWithoutKeys() {
    assertThatThrownBy(() -> read("")).isInstanceOf(KeyFileException.class);
  }

  @Test
  void walksRoundThroughTheKeysFromAnyOfThem() throws Exception {
    KeyWalk walk = new KeyWalk("map", read("a\nlong key\tOK x\n"), 1);
    assertThat(walk.key()).isEqualTo(1);
    assertThat(text(walk.next())).isEqualTo("map long key");
    assertThat(walk.key()).isZero();
    assertThat(text(walk.next())).isEqualTo("map a");
    assertThat(text(walk.next())).isEqualTo("map long key");
  }

  private static boolean allows(Keys keys, int key, String payload) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8));
    return keys.allow(key, SocketmapReply.parse(bytes), bytes);
  }

  private static String text(ByteBuffer payload) {
    return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
  }

  private static Keys read(String text) throws IOException, KeyFileException {
    return Keys.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
