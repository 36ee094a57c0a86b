package org.sockmapd.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Bytes for tests, told as text. */
final class Bytes {
  private Bytes() {}

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  /** One byte a character. */
  static byte[] raw(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static ByteBuffer payload(String text) {
    return ByteBuffer.wrap(utf8(text));
  }

  static byte[] copy(@Nullable ByteBuffer payload) {
    if (payload == null) {
      throw new AssertionError("the input ended");
    }
    byte[] copy = new byte[payload.remaining()];
    payload.get(payload.position(), copy);
    return copy;
  }

  static String text(@Nullable ByteBuffer payload) {
    return new String(copy(payload), UTF_8);
  }

  /** What a writer sends. */
  static byte[] written(Writing writing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NetstringWriter writer = new NetstringWriter(out);
    try {
      writing.to(writer);
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  interface Writing {
    void to(NetstringWriter writer) throws IOException;
  }
}
