package example;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.sockmapd.protocol.NetstringException;
import org.sockmapd.protocol.NetstringWriter;
import org.sockmapd.protocol.SocketmapLimits;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapReply.NotFound;
import org.sockmapd.protocol.SocketmapReply.Ok;
import org.sockmapd.protocol.SocketmapReply.Perm;
import org.sockmapd.protocol.SocketmapReply.Temp;
import org.sockmapd.protocol.SocketmapRequest;
import org.sockmapd.protocol.SocketmapRequestReader;
import org.sockmapd.protocol.SocketmapSyntaxException;

/** Answers {@code socketmap:inet:127.0.0.1:PORT:virtual} from a map in memory. */
public record AliasServer(ServerSocket listener, Map<String, String> aliases) {
  public static void main(String[] arguments) throws IOException {
    try (ServerSocket listener = new ServerSocket(2225, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("virtual_alias_maps = socketmap:inet:127.0.0.1:2225:virtual");
      new AliasServer(listener, Map.of("alice@example.com", "alice@mail.example.net")).serve();
    }
  }

  /** Accepts connections until the listener is closed. */
  public void serve() throws IOException {
    while (!listener.isClosed()) {
      Socket socket = listener.accept();
      Thread.ofVirtual().start(() -> talk(socket));
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      var reader = new SocketmapRequestReader(socket.getInputStream(), SocketmapLimits.postfix());
      var writer = new NetstringWriter(socket.getOutputStream());
      while (answerNext(reader, writer)) {
        if (!reader.hasBuffered()) {
          writer.flush(); // The replies to pipelined requests leave together.
        }
      }
      writer.flush();
    } catch (IOException e) {
      System.err.println("connection lost: " + e.getMessage());
    }
  }

  /** One request, one reply; false when it was the last. */
  private boolean answerNext(SocketmapRequestReader reader, NetstringWriter writer)
      throws IOException {
    try {
      SocketmapRequest request = reader.read();
      if (request == null) {
        return false;
      }
      writer.write(sendable(answer(request)));
      return true;
    } catch (SocketmapSyntaxException e) {
      writer.write(new Perm(e.getMessage()));
      return true;
    } catch (NetstringException e) {
      writer.write(new Perm(e.getMessage()));
      return false; // Nothing that follows can be trusted.
    }
  }

  /** What Postfix would refuse or cut short is not what the map says. */
  private static SocketmapReply sendable(SocketmapReply reply) {
    return reply.problem(SocketmapLimits.postfix()).isEmpty() ? reply : new Temp("cannot be sent");
  }

  private SocketmapReply answer(SocketmapRequest request) {
    if (!request.mapName().equals("virtual")) {
      return new Temp("no such map"); // Not NOTFOUND: a misspelt name must not refuse mail.
    }
    return request.key().map(aliases::get).<SocketmapReply>map(Ok::new).orElse(new NotFound());
  }
}
