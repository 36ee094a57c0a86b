package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.NetstringReader;
import org.sockmapd.protocol.SocketmapClient;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapReply.NotFound;
import org.sockmapd.protocol.SocketmapReply.Ok;
import org.sockmapd.protocol.SocketmapReply.Perm;
import org.sockmapd.protocol.SocketmapReply.Temp;
import org.sockmapd.protocol.SocketmapRequest;

class AliasServerTest {
  private ServerSocket listener;

  @BeforeEach
  void start() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var server = new AliasServer(listener, Map.of("alice@example.com", "alice@mail.example.net"));
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                server.serve();
              } catch (IOException closed) {
                Thread.currentThread().interrupt(); // The test is over.
              }
            });
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
  }

  @Test
  void answersWhatItHolds() throws IOException {
    assertEquals(new Ok("alice@mail.example.net"), ask("virtual", "alice@example.com"));
    assertEquals(new NotFound(), ask("virtual", "bob@example.com"));
    assertEquals(new Temp("no such map"), ask("relay", "alice@example.com"));
  }

  @Test
  void answersPipelinedRequestsInOrderAndRubbishWithOnePerm() throws IOException {
    try (Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      socket.getOutputStream().write("9:virtual b,5:wrong,x".getBytes(StandardCharsets.US_ASCII));
      var replies = new NetstringReader(socket.getInputStream(), 100_000);

      assertEquals(new NotFound(), SocketmapReply.parse(replies.read()));
      assertEquals(
          new Perm("request without a space: expected 'MAP KEY'"),
          SocketmapReply.parse(replies.read()));
      assertEquals(
          new Perm("netstring length: expected a digit, got 'x' at byte 20"),
          SocketmapReply.parse(replies.read()));
      assertNull(replies.read());
    }
  }

  private SocketmapReply ask(String map, String key) throws IOException {
    var endpoint = new Endpoint.Inet("127.0.0.1", listener.getLocalPort());
    try (SocketmapClient client = SocketmapClient.builder(endpoint).build()) {
      return client.ask(SocketmapRequest.of(map, key));
    }
  }
}
