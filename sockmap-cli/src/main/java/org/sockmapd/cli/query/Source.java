package org.sockmapd.cli.query;

import org.sockmapd.protocol.SocketmapRequest;

/** Who is asked. */
interface Source extends AutoCloseable {

  /**
   * Asks. A failure is an answer too, of a kind of its own.
   *
   * @param request the map and the key
   * @return the answer
   */
  Answer ask(SocketmapRequest request);

  @Override
  void close();
}
