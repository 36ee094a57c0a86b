package org.sockmapd.lookup.sockets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A socket that looks for an answer for a moment before it waits. */
final class PollingSocket extends Socket implements DriverSocket {
  private final DriverStreams streams = new DriverStreams();

  @Override
  public DriverStreams streams() {
    return streams;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return streams.input(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return streams.output(super.getOutputStream());
  }
}
