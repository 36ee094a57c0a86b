package org.sockmapd.cli.serve;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.sockmapd.cli.os.StandardStream;

/** Standard error as the log writes to it: whole lines of UTF-8. */
record StandardErrorChannel(PrintWriter err) implements WritableByteChannel {
  @Override
  public int write(ByteBuffer lines) throws IOException {
    refuseIfStuck();
    int length = lines.remaining();
    err.print(StandardCharsets.UTF_8.decode(lines.duplicate()));
    err.flush();
    refuseIfStuck();
    lines.position(lines.limit());
    return length;
  }

  /** A writer keeps to itself what went wrong. */
  private static void refuseIfStuck() throws IOException {
    if (StandardStream.error().isStuck()) {
      throw new IOException("nobody reads standard error");
    }
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
