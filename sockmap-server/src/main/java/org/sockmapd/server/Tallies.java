package org.sockmapd.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** The tallies of one server, made here so that one call reports what is due in any of them. */
final class Tallies {
  private final LongSupplier nanos;
  private final List<Tally<?, ?>> all = new CopyOnWriteArrayList<>();

  Tallies(LongSupplier nanos) {
    this.nanos = nanos;
  }

  <K, D> Tally<K, D> tally(Tally.Report<? super K, ? super D> report) {
    Tally<K, D> tally = new Tally<>(nanos, report);
    all.add(tally);
    return tally;
  }

  void reportDue(long now) {
    all.forEach(tally -> tally.reportDue(now));
  }
}
