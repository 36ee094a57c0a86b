package org.sockmapd.cli.serve;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** Standard error as the log writes to it: whole lines of UTF-8. */
record StandardErrorChannel(PrintWriter err) implements WritableByteChannel {
  @Override
  public int write(ByteBuffer lines) {
    int length = lines.remaining();
    err.print(StandardCharsets.UTF_8.decode(lines));
    err.flush();
    return length;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // Standard error is not the log's to close.
  }
}
