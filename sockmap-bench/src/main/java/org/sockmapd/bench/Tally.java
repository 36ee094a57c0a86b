package org.sockmapd.bench;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.sockmapd.protocol.SocketmapReply;

/** Counts what became of requests, and keeps some of what went wrong. For use by many threads. */
final class Tally {
  private static final int WRONG_REPLIES_KEPT = 5;
  private static final int FAILURES_KEPT = 3;

  private final LongAdder ok = new LongAdder();
  private final LongAdder notFound = new LongAdder();
  private final LongAdder temp = new LongAdder();
  private final LongAdder timeout = new LongAdder();
  private final LongAdder perm = new LongAdder();
  private final LongAdder unsent = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final Set<WrongReply> wrongReplies = new LinkedHashSet<>();
  private final Set<String> failures = new LinkedHashSet<>();

  void reply(SocketmapReply reply) {
    LongAdder counter =
        switch (reply) {
          case SocketmapReply.Ok r -> ok;
          case SocketmapReply.NotFound r -> notFound;
          case SocketmapReply.Temp r -> temp;
          case SocketmapReply.Timeout r -> timeout;
          case SocketmapReply.Perm r -> perm;
        };
    counter.increment();
  }

  /** A request that was due and could not be sent. */
  void unsent() {
    unsent.increment();
  }

  void wrong(WrongReply reply) {
    wrong.increment();
    synchronized (wrongReplies) {
      if (wrongReplies.size() < WRONG_REPLIES_KEPT) {
        wrongReplies.add(reply);
      }
    }
  }

  void lost(int requests, String why) {
    lost.add(requests);
    failed(why);
  }

  /** A connection that failed, with or without requests on it. */
  void failed(String why) {
    synchronized (failures) {
      if (failures.size() < FAILURES_KEPT) {
        failures.add(why);
      }
    }
  }

  Counts counts() {
    return new Counts(
        ok.sum(),
        notFound.sum(),
        temp.sum(),
        timeout.sum(),
        perm.sum(),
        unsent.sum(),
        wrong.sum(),
        lost.sum());
  }

  List<WrongReply> wrongReplies() {
    synchronized (wrongReplies) {
      return List.copyOf(wrongReplies);
    }
  }

  List<String> failures() {
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }
}
