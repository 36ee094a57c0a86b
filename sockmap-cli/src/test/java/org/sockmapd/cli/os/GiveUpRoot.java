package org.sockmapd.cli.os;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Gives up root while other threads exist, and prints as whom each thread runs then. */
final class GiveUpRoot {
  private GiveUpRoot() {}

  public static void main(String[] arguments) throws Exception {
    CountDownLatch started = new CountDownLatch(10);
    for (int i = 0; i < 10; i++) {
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                started.countDown();
                awaitForever();
              });
    }
    started.await();
    try {
      Privileges.giveUpFor(Account.find(arguments[0], Optional.empty()));
      ThreadStatus.ofAllThreads().forEach(System.out::println);
    } catch (PrivilegeException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }

  private static void awaitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
