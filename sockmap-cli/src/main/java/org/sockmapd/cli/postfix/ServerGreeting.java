package org.sockmapd.cli.postfix;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The first packet of a server of MySQL or MariaDB, which tells its version to whoever connects, by
 * a UNIX socket of this machine.
 */
final class ServerGreeting {
  private static final long PATIENCE_MILLIS = 1_000;
  private static final int HEADER_BYTES = 4;
  private static final byte PROTOCOL = 10;

  private ServerGreeting() {}

  /** Tells whether a server is MariaDB; empty when none greets. */
  static Optional<Boolean> isMariaDb(Path socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      channel.configureBlocking(false); // Else it would wait for a server that accepts nobody.
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.register(selector, SelectionKey.OP_READ);
      ByteBuffer greeting = ByteBuffer.allocate(256);
      if (selector.select(PATIENCE_MILLIS) == 0 || channel.read(greeting) <= HEADER_BYTES) {
        return Optional.empty();
      }
      String text =
          new String(greeting.array(), 0, greeting.position(), StandardCharsets.ISO_8859_1);
      return greeting.get(HEADER_BYTES) == PROTOCOL
          ? Optional.of(text.contains("MariaDB"))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException none) {
      return Optional.empty();
    }
  }
}
