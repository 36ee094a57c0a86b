package org.sockmapd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sockmapd.protocol.SocketmapReply.Ok;

/** One client, many threads. */
@Timeout(60)
class SharedClientTest {
  private static final int THREADS = 64;
  private static final int REQUESTS = 400;

  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final CountDownLatch silentAsked = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket listener;
  private SocketmapClient client;

  @BeforeEach
  void start() throws IOException {
    listener = new ServerSocket(0, THREADS, InetAddress.getLoopbackAddress());
    var unused = threads.submit(this::accept);
    client =
        SocketmapClient.builder(new Endpoint.Inet("127.0.0.1", listener.getLocalPort())).build();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }

  private Void accept() throws IOException {
    while (true) {
      Socket socket = listener.accept();
      accepted.incrementAndGet();
      sockets.add(socket);
      var unused = threads.submit(() -> echo(socket));
    }
  }

  /** Answers with the key, but never for the map {@code silent}. */
  private Void echo(Socket socket) throws IOException {
    SocketmapRequestReader requests =
        new SocketmapRequestReader(
            new BufferedInputStream(socket.getInputStream()), SocketmapLimits.postfix());
    NetstringWriter replies = new NetstringWriter(socket.getOutputStream());
    for (SocketmapRequest request = requests.read(); request != null; request = requests.read()) {
      if (request.mapName().equals("silent")) {
        silentAsked.countDown();
      } else {
        replies.write(new Ok(request.key().orElseThrow()));
        replies.flush();
      }
    }
    return null;
  }

  @Test
  void givesEachThreadTheAnswerToItsOwnRequest() throws Exception {
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String name = "thread " + i;
      all.add(threads.submit(() -> wrongAnswers(name)));
    }
    for (Future<Integer> one : all) {
      assertThat(one.get()).as("wrong answers").isZero();
    }
  }

  private int wrongAnswers(String name) throws IOException {
    int wrong = 0;
    for (int i = 0; i < REQUESTS; i++) {
      String key = name + " asks " + i;
      SocketmapReply reply = client.ask(SocketmapRequest.of("echo", key));
      wrong += reply.equals(new Ok(key)) ? 0 : 1;
    }
    return wrong;
  }

  @Test
  void keepsOneConnectionForThreadsThatTakeTurns() throws Exception {
    for (int i = 0; i < 10; i++) {
      int number = i;
      assertThat(threads.submit(() -> wrongAnswers("turn " + number)).get()).isZero();
    }
    assertThat(accepted.get()).isEqualTo(1);
  }

  @Test
  void closingEndsWhatWaitsInOtherThreadsAndLetsLaterRequestsConnectAnew() throws Exception {
    Future<SocketmapReply> waiting =
        threads.submit(() -> client.ask(SocketmapRequest.of("silent", "x")));
    silentAsked.await();

    client.close();

    assertThatThrownBy(waiting::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(": the client was closed");
    assertThat(client.ask(SocketmapRequest.of("echo", "later"))).isEqualTo(new Ok("later"));
  }
}
