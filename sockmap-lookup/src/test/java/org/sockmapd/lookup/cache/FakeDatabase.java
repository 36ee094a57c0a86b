package org.sockmapd.lookup.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;

/** Rows that can be changed, and a switch for an outage. Answers later when it is held. */
final class FakeDatabase implements LookupTable {
  static final LookupResult DOWN = new TemporaryFailure("down");

  final Map<String, LookupResult> rows = new ConcurrentHashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final AtomicBoolean closed = new AtomicBoolean();
  volatile boolean down;
  volatile boolean held;
  private final List<Runnable> waiting = new ArrayList<>();

  void put(String key, String value) {
    rows.put(key, new Found(value));
  }

  @Override
  public LookupResult lookup(String key) {
    asked.add(key);
    return down ? DOWN : rows.getOrDefault(key, new NotFound());
  }

  @Override
  public void lookup(String key, Consumer<? super LookupResult> answer) {
    LookupResult result = lookup(key);
    if (held) {
      waiting.add(() -> answer.accept(result));
    } else {
      answer.accept(result);
    }
  }

  void release() {
    held = false;
    List<Runnable> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(Runnable::run);
  }

  @Override
  public FirstMatch lookupFirst(List<String> keys) {
    return new FirstMatch(keys.getFirst(), new Found("first of " + keys));
  }

  @Override
  public void lookupFirst(List<String> keys, Consumer<? super FirstMatch> answer) {
    answer.accept(new FirstMatch(keys.getFirst(), new Found("later first of " + keys)));
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
