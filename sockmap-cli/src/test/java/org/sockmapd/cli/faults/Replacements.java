package org.sockmapd.cli.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Puts new files of the same rows in place of a SQLite file, one after another. */
final class Replacements {
  private final CountDownLatch over = new CountDownLatch(1);
  private final CompletableFuture<Void> done;

  private Replacements(Path file, Duration pause) {
    this.done = CompletableFuture.runAsync(() -> run(file, pause), Thread::startVirtualThread);
  }

  static Replacements start(Path file, Duration pause) {
    return new Replacements(file, pause);
  }

  private void run(Path file, Duration pause) {
    Path next = file.resolveSibling("next.sqlite");
    try {
      do {
        Oracle.fill(next);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      } while (!over.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void stop() {
    over.countDown();
    done.join();
  }
}
