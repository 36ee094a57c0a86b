package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

/** Pins what Gson says of its position. */
class JsonPositionTest {
  @Test
  void tellsLineAndColumnOfWhatWasReadLast() throws IOException {
    String text = "{\n  \"a\":\n   \"x\"}";
    JsonReader reader = new JsonReader(new StringReader(text));
    assertThat(JsonPosition.of(reader)).isEqualTo(new JsonPosition(1, 1));
    reader.beginObject();
    assertThat(reader.nextName()).isEqualTo("a");
    assertThat(JsonPosition.of(reader)).isEqualTo(new JsonPosition(2, 6));
    assertThat(reader.nextString()).isEqualTo("x");
    assertThat(JsonPosition.of(reader)).isEqualTo(new JsonPosition(3, 7));
    assertThat(text.charAt(JsonPosition.of(reader).offsetIn(text))).isEqualTo('}');
  }
}
