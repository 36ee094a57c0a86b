package org.sockmapd.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LineWriterTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Disk disk = new Disk();
  private final List<IOException> outages = new ArrayList<>();
  private final LineWriter writer =
      new LineWriter(disk, lines -> ("lost " + lines + "\n").getBytes(UTF_8), outages::add);

  @AfterEach
  void close() {
    disk.resume.countDown();
    writer.close(LONG);
  }

  @Test
  void neverWaitsForADiskThatHangsNorKeepsMoreThanItMay() throws InterruptedException {
    disk.hang();
    append("first\n", true);
    disk.hanging.await();

    byte[] line = "x".repeat(1023).concat("\n").getBytes(UTF_8);
    for (int i = 0; i < LineWriter.MAX_BYTES / 1024 + 10; i++) {
      writer.append(line, false);
    }
    disk.resume.countDown();
    writer.flush(LONG);
    append("last\n", true);
    writer.flush(LONG);

    List<String> lines = disk.text().lines().toList();
    assertThat(lines).startsWith("first", "lost 10").endsWith("last");
    assertThat(lines).hasSize(LineWriter.MAX_BYTES / 1024 + 3);
  }

  @Test
  void givesUpWaitingForADiskThatHangs() throws InterruptedException {
    disk.hang();
    append("first\n", true);
    disk.hanging.await();

    writer.flush(Duration.ofMillis(10));
    writer.close(Duration.ofMillis(10));

    assertThat(disk.text()).isEmpty();
  }

  @Test
  void startsANewLineAfterHalfAOne() {
    disk.room.set(3);
    append("torn\n", true);
    writer.flush(LONG);
    disk.room.set(Integer.MAX_VALUE);
    append("whole\n", true);
    writer.flush(LONG);

    assertThat(disk.text()).isEqualTo("tor\nlost 1\nwhole\n");
    assertThat(outages).hasSize(1);
  }

  @Test
  void reportsEachOutageOnce() {
    for (int outage = 0; outage < 2; outage++) {
      disk.room.set(0);
      append("a\n", true);
      writer.flush(LONG);
      append("b\n", true);
      writer.flush(LONG);
      disk.room.set(Integer.MAX_VALUE);
      append("c\n", true);
      writer.flush(LONG);
    }

    assertThat(outages).hasSize(2);
    assertThat(disk.text()).isEqualTo("lost 2\nc\nlost 2\nc\n");
  }

  @Test
  void writesEverythingBeforeItCloses() {
    append("a\n", false);
    writer.close(LONG);

    assertThat(disk.text()).isEqualTo("a\n");
  }

  private void append(String line, boolean atOnce) {
    writer.append(line.getBytes(UTF_8), atOnce);
  }

  /** A disk that can hang, and that takes only as many bytes as it has room for. */
  private static final class Disk implements WritableByteChannel {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch resume = new CountDownLatch(1);
    private volatile boolean hangs;
    private final AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);

    void hang() {
      hangs = true;
    }

    String text() {
      return bytes.toString(UTF_8);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      if (hangs) {
        hanging.countDown();
        awaitResume();
      }
      if (room.get() == 0) {
        throw new IOException("full");
      }
      byte[] taken = new byte[Math.min(room.get(), source.remaining())];
      source.get(taken);
      bytes.writeBytes(taken);
      room.addAndGet(-taken.length);
      return taken.length;
    }

    private void awaitResume() throws IOException {
      try {
        resume.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
