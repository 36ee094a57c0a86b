package org.sockmapd.testing;

import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The fault in force, and the place where traffic waits for another one. */
final class FaultSwitch {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Fault fault = new Fault.Forward();
  private boolean closed;

  void set(Fault next) {
    lock.lock();
    try {
      fault = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Fault current() {
    lock.lock();
    try {
      return fault;
    } finally {
      lock.unlock();
    }
  }

  /** Lets everything that waits here give up. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Holds the caller up as the fault in force demands, and tells which one let it pass. */
  Fault pass() throws InterruptedIOException {
    lock.lock();
    try {
      return switch (awaitPassage()) {
        case Fault.Delay delay -> awaitDelay(delay);
        case Fault other -> other;
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the proxy is closing");
    } finally {
      lock.unlock();
    }
  }

  private Fault awaitPassage() throws InterruptedException, InterruptedIOException {
    while (fault instanceof Fault.Hang && !closed) {
      changed.await();
    }
    if (closed) {
      throw new InterruptedIOException("the proxy is closed");
    }
    return fault;
  }

  private Fault awaitDelay(Fault.Delay delay) throws InterruptedException, InterruptedIOException {
    long left = delay.duration().toNanos();
    while (left > 0 && fault.equals(delay) && !closed) {
      left = changed.awaitNanos(left);
    }
    return awaitPassage();
  }
}
