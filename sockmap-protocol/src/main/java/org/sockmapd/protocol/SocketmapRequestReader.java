package org.sockmapd.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of one connection. Of each it allocates the request and its key; the map name
 * is made anew only where it differs from the one before.
 *
 * <p>For use by one thread at a time.
 */
public final class SocketmapRequestReader {
  private final NetstringReader netstrings;
  private String lastName = "";

  /**
   * Reads from a stream. The reader buffers what it can get, so nothing else should read from it.
   *
   * @param in where the requests come from; never closed here
   * @param limits how long a request may be
   */
  public SocketmapRequestReader(InputStream in, SocketmapLimits limits) {
    this.netstrings = new NetstringReader(in, limits.maxRequestBytes());
  }

  /**
   * Reads the next request, waiting for it as long as the stream does.
   *
   * @return the request; null where the stream ends between two requests
   * @throws NetstringException if the bytes are not a netstring, or one over the limit: answer
   *     {@code PERM} and close, for nothing that follows can be trusted
   * @throws SocketmapSyntaxException if a netstring is not a request: answer {@code PERM} and read
   *     on, the reader stands behind it
   * @throws EOFException if the stream ends inside a request
   * @throws IOException if the stream fails
   */
  public @Nullable SocketmapRequest read() throws IOException {
    ByteBuffer payload = netstrings.read();
    if (payload == null) {
      return null;
    }
    SocketmapRequest request = SocketmapRequest.parse(payload, lastName);
    lastName = request.mapName();
    return request;
  }

  /**
   * Tells whether {@link #read} would return or fail without waiting for input. Never reads from
   * the stream.
   *
   * @return whether a further request, or an error, has already arrived
   */
  public boolean hasBuffered() {
    return netstrings.hasBuffered();
  }
}
