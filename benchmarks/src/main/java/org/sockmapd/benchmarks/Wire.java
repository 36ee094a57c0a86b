package org.sockmapd.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.sockmapd.protocol.NetstringWriter;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;

/** Messages as they are on the wire. */
final class Wire {
  private Wire() {}

  private interface Message {
    void writeTo(NetstringWriter writer) throws IOException;
  }

  static byte[] bytes(SocketmapRequest request, int times) {
    return bytes(writer -> writer.write(request), times);
  }

  static byte[] bytes(SocketmapReply reply, int times) {
    return bytes(writer -> writer.write(reply), times);
  }

  private static byte[] bytes(Message message, int times) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    NetstringWriter writer = new NetstringWriter(bytes);
    try {
      for (int i = 0; i < times; i++) {
        message.writeTo(writer);
      }
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
