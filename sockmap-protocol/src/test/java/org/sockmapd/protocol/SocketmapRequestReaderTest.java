package org.sockmapd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SocketmapRequestReaderTest {
  @ParameterizedTest
  @EnumSource
  void readsOnAfterANetstringThatIsNoRequest(Feed feed) throws IOException {
    SocketmapRequestReader reader = reader(feed, "3:m a,5:wrong,2: k,3:n b,");

    assertThat(reader.read()).isEqualTo(SocketmapRequest.of("m", "a"));
    assertThatThrownBy(reader::read).isInstanceOf(SocketmapSyntaxException.class);
    assertThatThrownBy(reader::read).isInstanceOf(SocketmapSyntaxException.class);
    assertThat(reader.read()).isEqualTo(SocketmapRequest.of("n", "b"));
    assertThat(reader.read()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void neverReadsOnAfterWhatIsNoNetstring(Feed feed) throws IOException {
    SocketmapRequestReader reader = reader(feed, "3:m a,x3:m b,");
    reader.read();

    assertThatThrownBy(reader::read).isInstanceOf(NetstringException.class);
    assertThatThrownBy(reader::read).isInstanceOf(NetstringException.class);
  }

  @Test
  void keepsToTheLimitOfRequests() {
    SocketmapRequestReader reader =
        new SocketmapRequestReader(Feed.WHOLE.of(Bytes.raw("10257:")), SocketmapLimits.postfix());

    assertThatThrownBy(reader::read).hasMessageContaining("limit is 10256");
  }

  @Test
  void makesTheMapNameOnceForRequestsThatFollowEachOther() throws IOException {
    SocketmapRequestReader reader =
        reader(Feed.WHOLE, "5:map a,5:map b,5:mapa ,6:\u00fc\u00fc\u00fc\u00fc a,5:map c,");
    String first = name(reader);

    assertThat(name(reader)).isSameAs(first);
    assertThat(name(reader)).isEqualTo("mapa");
    assertThatThrownBy(reader::read).hasMessage("map name is not UTF-8");
    assertThat(name(reader)).isEqualTo("map").isNotSameAs(first);
  }

  @Test
  void takesNoOtherBytesForTheNameBefore() throws IOException {
    // The map ü in UTF-8, then the same in Latin-1, which is no UTF-8.
    SocketmapRequestReader reader = reader(Feed.WHOLE, "4:\u00c3\u00bc a,3:\u00fc a,");

    assertThat(name(reader)).isEqualTo("ü");
    assertThatThrownBy(reader::read).hasMessage("map name is not UTF-8");
  }

  @Test
  void knowsWhatHasArrived() throws IOException {
    SocketmapRequestReader reader = reader(Feed.WHOLE, "3:m a,3:m b,");

    reader.read();
    assertThat(reader.hasBuffered()).isTrue();
    reader.read();
    assertThat(reader.hasBuffered()).isFalse();
  }

  private static String name(SocketmapRequestReader reader) throws IOException {
    return Objects.requireNonNull(reader.read()).mapName();
  }

  private static SocketmapRequestReader reader(Feed feed, String input) {
    return new SocketmapRequestReader(feed.of(Bytes.raw(input)), SocketmapLimits.postfix());
  }
}
