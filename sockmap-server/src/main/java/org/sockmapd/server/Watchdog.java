package org.sockmapd.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks at every connection once a second and ends those that take too long, so that no request
 * sets a timer; and reports what the tallies have gathered.
 */
final class Watchdog implements Runnable {
  private final Connections connections;
  private final Tallies tallies;
  private final Service service;
  private final Duration period;
  private final CountDownLatch stopped = new CountDownLatch(1);

  Watchdog(Connections connections, Tallies tallies, Service service, Duration period) {
    this.connections = connections;
    this.tallies = tallies;
    this.service = service;
    this.period = period;
  }

  void start() {
    Thread.ofPlatform().daemon().name("sockmapd-watchdog").start(this);
  }

  @Override
  public void run() {
    try {
      while (!stopped.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (VirtualMachineError e) {
      service.events().fatal(e);
      throw e;
    }
  }

  private void look() {
    try {
      long now = service.nanos();
      connections.snapshot().forEach(connection -> connection.endIfOverdue(now));
      tallies.reportDue(now);
    } catch (RuntimeException e) {
      service.events().internalFailure("looking after connections", e);
    }
  }

  void stop() {
    stopped.countDown();
  }
}
