package org.sockmapd.lookup.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.lookup.sockets.UnixSocketException.Reason;

@Timeout(30)
class UnixSocketTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MANY = 4 << 20;

  @TempDir private Path directory;
  private Path path = Path.of("");
  private ServerSocketChannel listener;

  @BeforeEach
  void listen() throws IOException {
    path = directory.resolve("s");
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(path), 1);
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private Socket connect() throws IOException {
    return UnixSocket.connect(path, PATIENCE);
  }

  @Test
  void readsAndWritesMoreThanTheKernelKeeps() throws Exception {
    try (Socket socket = connect();
        SocketChannel server = listener.accept();
        ExecutorService echo = Executors.newSingleThreadExecutor()) {
      Future<Boolean> echoed = echo.submit(() -> echo(server));
      byte[] bytes = new byte[MANY];
      Arrays.fill(bytes, (byte) 7);
      try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
        OutputStream out = socket.getOutputStream();
        Future<Boolean> written =
            writer.submit(
                () -> {
                  out.write(bytes);
                  return true;
                });
        assertThat(written.get()).isTrue();
        assertThat(socket.getInputStream().readNBytes(MANY)).isEqualTo(bytes);
      }
      assertThat(echoed.get()).isTrue();
      server.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  /** Reads all before it answers. */
  private static boolean echo(SocketChannel server) throws IOException {
    byte[] all = Channels.newInputStream(server).readNBytes(MANY);
    ByteBuffer left = ByteBuffer.wrap(all);
    while (left.hasRemaining()) {
      server.write(left);
    }
    return true;
  }

  @Test
  void tellsWhatHasCome() throws Exception {
    try (Socket socket = connect();
        SocketChannel server = listener.accept()) {
      InputStream in = socket.getInputStream();
      assertThat(in.available()).isZero();
      server.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertThat(in.available()).isEqualTo(3);
      assertThat(in.readNBytes(3)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void givesUpReadingWhenItsTimeIsOver() throws Exception {
    try (Socket socket = connect()) {
      socket.setSoTimeout(50);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aThreadThatReadsIsFreedByAnotherThatCloses() throws Exception {
    Socket socket = connect();
    try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
      Future<Throwable> failure =
          reader.submit(() -> catchThrowable(() -> socket.getInputStream().read()));
      Thread.sleep(100);
      assertThat(failure).isNotDone();
      socket.close();
      assertThat(failure.get()).isInstanceOf(SocketException.class);
      assertThat(socket.isClosed()).isTrue();
    }
  }

  @Test
  void givesUpConnectingToAListenerThatAcceptsNobody() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    Duration time = Duration.ofMillis(100);
    assertThatThrownBy(
            () -> {
              while (waiting.size() < 100) {
                waiting.add(UnixSocket.connect(path, time));
              }
            })
        .isInstanceOf(SocketTimeoutException.class);
    try (ExecutorService client = Executors.newSingleThreadExecutor()) {
      Future<Socket> late = client.submit(this::connect);
      listener.accept().close();
      waiting.add(late.get());
    }
    for (Socket each : waiting) {
      each.close();
    }
  }

  @Test
  void saysWhyItCannotConnect() throws Exception {
    listener.close();
    assertThat(reason(path)).isEqualTo(Reason.UNHEARD);
    assertThat(reason(Files.createFile(directory.resolve("file")))).isEqualTo(Reason.UNHEARD);
    assertThat(reason(directory.resolve("none"))).isEqualTo(Reason.ABSENT);
  }

  private static Reason reason(Path path) {
    UnixSocketException failure =
        catchThrowableOfType(
            UnixSocketException.class, () -> UnixSocket.connect(path, Duration.ZERO));
    assertThat(failure).hasMessage(path.toString());
    return failure.reason();
  }
}
