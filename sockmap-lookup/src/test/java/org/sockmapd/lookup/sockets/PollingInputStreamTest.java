package org.sockmapd.lookup.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.NonBlocking;

class PollingInputStreamTest {
  private static final int READS_UNTIL_ALONE = 17;
  private static final int NEVER = Integer.MAX_VALUE;

  private final SoleReader reader = new SoleReader();
  private final Source source = new Source();
  private final PollingInputStream in =
      new PollingInputStream(
          source, Duration.ofNanos(10), reader, () -> source.time, () -> source.time++);

  /** Has something to read from a time on; a read before would wait. */
  private static final class Source extends InputStream {
    private long time;
    private long comes;
    private int looks;
    private int waits;

    @Override
    public int available() {
      looks++;
      return time >= comes ? 1 : 0;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (time < comes) {
        waits++;
      }
      return 1;
    }
  }

  private void read() throws IOException {
    assertThat(in.read(new byte[1], 0, 1)).isOne();
  }

  private void readAloneForAWhile() throws IOException {
    for (int i = 1; i < READS_UNTIL_ALONE; i++) {
      read();
    }
    assertThat(source.looks).isZero();
  }

  private void readAfter(int nanos) throws IOException {
    source.comes = source.time + nanos;
    read();
  }

  @Test
  void looksForWhatComesSoon() throws Exception {
    readAloneForAWhile();

    readAfter(9);
    readAfter(0);

    assertThat(source.looks).isEqualTo(10 + 1);
    assertThat(source.waits).isZero();
  }

  @Test
  void waitsForWhatDoesNotComeSoonAndSeldomTriesAgain() throws Exception {
    readAloneForAWhile();

    readAfter(NEVER);
    assertThat(source.waits).isOne();
    assertThat(source.looks).isEqualTo(11);

    for (int i = 0; i < 1 + 2 + 4 + 3; i++) {
      readAfter(NEVER);
    }
    assertThat(source.looks).isEqualTo(11 * 4);
  }

  @Test
  void triesEachTimeOnceSomethingCame() throws Exception {
    readAloneForAWhile();
    readAfter(NEVER);
    readAfter(NEVER);
    source.looks = 0;

    readAfter(5);
    readAfter(5);

    assertThat(source.looks).isEqualTo(6 + 6);
  }

  @Test
  void takesWhatCameWhileItWasPutOffForAFailure() throws Exception {
    readAloneForAWhile();
    PollingInputStream putOff =
        new PollingInputStream(
            source, Duration.ofNanos(10), reader, () -> source.time, () -> source.time += 100);
    source.comes = source.time + 1;
    assertThat(putOff.read(new byte[1], 0, 1)).isOne();
    source.looks = 0;

    assertThat(putOff.read(new byte[1], 0, 1)).isOne();

    assertThat(source.looks).isZero();
  }

  @Test
  void waitsAtOnceWhileAnotherThreadReads() throws Exception {
    readAloneForAWhile();
    Thread other = new Thread(reader::isCurrentThread);
    other.start();
    other.join();

    readAfter(1);

    assertThat(source.looks).isZero();
    assertThat(source.waits).isOne();
  }

  @Test
  void waitsAtOnceWhileAVirtualThreadReads() throws Exception {
    readAloneForAWhile();
    InputStream others =
        new PollingInputStream(new Source(), Duration.ofNanos(10), reader, () -> 0, () -> {});
    CompletableFuture<Integer> read = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            read.complete(others.read(new byte[1], 0, 1));
          } catch (IOException | RuntimeException | Error e) {
            read.completeExceptionally(e);
          }
        });
    assertThat(read.join()).isOne();

    readAfter(1);

    assertThat(source.looks).isZero();
    assertThat(source.waits).isOne();
  }

  @Test
  void waitsAtOnceOnAVirtualThread() {
    CompletableFuture<Integer> looks = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            for (int i = 0; i < 2 * READS_UNTIL_ALONE; i++) {
              readAfter(1);
            }
            looks.complete(source.looks);
          } catch (IOException | RuntimeException | Error e) {
            looks.completeExceptionally(e);
          }
        });
    assertThat(looks.join()).isZero();
  }

  /** Serves as long as the test says. */
  private final class Server extends Thread implements NonBlocking {
    private final CompletableFuture<Integer> served = new CompletableFuture<>();
    private int times;

    Server(int comesAfter) {
      super(() -> {});
      source.comes = comesAfter;
    }

    @Override
    public boolean serveOthers() {
      times++;
      source.time += 100_000;
      return true;
    }

    @Override
    public void run() {
      try {
        PollingInputStreamTest.this.read();
        served.complete(times);
      } catch (IOException | RuntimeException | Error e) {
        served.completeExceptionally(e);
      }
    }
  }

  private int timesServedUntil(int comesAfter) {
    Server server = new Server(comesAfter);
    server.start();
    return server.served.join();
  }

  @Test
  void servesOthersUntilSomethingComes() {
    assertThat(timesServedUntil(250_000)).isEqualTo(3);
    assertThat(source.waits).isZero();
  }

  @Test
  void servesOthersForAWhileOnly() {
    assertThat(timesServedUntil(NEVER)).isEqualTo(10);
    assertThat(source.waits).isOne();
  }
}
