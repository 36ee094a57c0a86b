package org.sockmapd.cli.os;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a supervisor such as systemd how the daemon is, as sd_notify(3) describes. Does nothing
 * where no supervisor asked for it. For use by one thread.
 */
public final class ServiceNotifier {
  private static final short AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int MAX_PATH = 107;

  private final Optional<byte[]> address;

  /**
   * Finds the supervisor.
   *
   * @param environment the environment variables, of which {@code NOTIFY_SOCKET} names its socket
   */
  public ServiceNotifier(Map<String, String> environment) {
    this.address =
        Optional.ofNullable(environment.get("NOTIFY_SOCKET")).flatMap(ServiceNotifier::address);
  }

  /**
   * Tells the supervisor something. That it cannot be told is no reason to stop serving.
   *
   * @param state assignments, one a line, such as {@code READY=1}
   * @return what went wrong, if something did
   */
  public Optional<String> tell(String state) {
    if (address.isEmpty()) {
      return Optional.empty();
    }
    try {
      send(state.getBytes(StandardCharsets.UTF_8), address.get());
      return Optional.empty();
    } catch (LastErrorException e) {
      return Optional.of("NOTIFY_SOCKET does not take messages: error " + e.getErrorCode());
    } catch (LinkageError e) {
      // JNA could not unpack its library, or may not run it from where it did: /tmp is noexec.
      return Optional.of(
          "NOTIFY_SOCKET cannot be told anything, so that the supervisor may take this for a start"
              + " that failed: the C library cannot be called: "
              + e.getMessage());
    }
  }

  private static void send(byte[] message, byte[] address) {
    int socket = LibC.socket(AF_UNIX, SOCK_DGRAM, 0);
    try {
      LibC.sendto(socket, message, new NativeLong(message.length), 0, address, address.length);
    } finally {
      LibC.close(socket);
    }
  }

  /** A struct sockaddr_un; a path that begins with @ is an abstract name, which begins with NUL. */
  private static Optional<byte[]> address(String name) {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    if (path.length == 0 || path.length > MAX_PATH || (path[0] != '/' && path[0] != '@')) {
      return Optional.empty();
    }
    if (path[0] == '@') {
      path[0] = 0;
    }
    ByteBuffer address = ByteBuffer.allocate(Short.BYTES + path.length + (path[0] == 0 ? 0 : 1));
    return Optional.of(address.order(ByteOrder.nativeOrder()).putShort(AF_UNIX).put(path).array());
  }
}
