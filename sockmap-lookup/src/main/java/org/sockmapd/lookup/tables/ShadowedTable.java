package org.sockmapd.lookup.tables;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.ShadowDifference;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;

/**
 * A table beside which another one is asked the same, to learn whether it could take its place. The
 * first alone answers, and waits for nothing. The other is asked by one thread in the background; a
 * question for which it has no time is passed over.
 *
 * <p>Answers that differ are asked for a second time on both sides before they are reported, since
 * a row may have changed between the two. A failure of either is no difference.
 */
public final class ShadowedTable implements LookupTable {
  private static final int LONGEST_QUEUE = 1000;

  /** So many differences are reported one by one, and then each time that so many came. */
  private static final int REPORTED_EACH = 100;

  private final LookupTable origin;
  private final Shadow shadow;
  private final LookupEvents events;
  private final String mapName;
  private final ThreadPoolExecutor background =
      new ThreadPoolExecutor(
          0, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(LONGEST_QUEUE), this::thread);

  private final AtomicLong compared = new AtomicLong();
  private final AtomicLong differing = new AtomicLong();

  /**
   * The table that is asked in the background.
   *
   * @param name its map name
   * @param table the table; not closed with the one that it shadows
   */
  public record Shadow(String name, LookupTable table) {}

  /**
   * Puts another table beside a table.
   *
   * @param mapName the map that answers, for the events
   * @param origin the table that answers; closed with this one
   * @param shadow the table that is asked beside it
   * @param events hears of each difference
   */
  public ShadowedTable(String mapName, LookupTable origin, Shadow shadow, LookupEvents events) {
    this.mapName = mapName;
    this.origin = origin;
    this.shadow = shadow;
    this.events = events;
    // What cannot be taken is passed over: the shadow must never slow an answer down.
    background.setRejectedExecutionHandler((task, executor) -> {});
  }

  /** Reads the setting {@code shadow}, and puts a shadow beside the table if it names one. */
  static LookupTable wrap(LookupTable table, Settings settings, TableContext context) {
    if (!settings.has("shadow")) {
      return table;
    }
    String name = settings.requiredText("shadow");
    Optional<LookupTable> other = context.resource(LookupTable.class, name);
    if (other.isEmpty()) {
      settings.problem("shadow", "no map is called \"" + name + "\"");
      return table;
    }
    return new ShadowedTable(
        context.mapName(), table, new Shadow(name, other.get()), context.events());
  }

  @Override
  public LookupResult lookup(String key) {
    LookupResult answer = origin.lookup(key);
    compareLater(key, answer);
    return answer;
  }

  @Override
  public void lookup(String key, Consumer<? super LookupResult> answer) {
    origin.lookup(
        key,
        result -> {
          compareLater(key, result);
          answer.accept(result);
        });
  }

  @Override
  public boolean searches() {
    return origin.searches();
  }

  @Override
  public void close() {
    background.shutdownNow();
    origin.close();
  }

  private void compareLater(String key, LookupResult answer) {
    if (answer.definitive()) {
      background.execute(() -> compare(key, answer));
    }
  }

  private void compare(String key, LookupResult answer) {
    LookupResult other = shadow.table().lookup(key);
    if (!other.definitive()) {
      return;
    }
    long count = compared.incrementAndGet();
    if (!other.equals(answer)) {
      compareAgain(key);
    }
    if (isMilestone(count)) {
      events.shadowCompared(mapName, shadow.name(), count, differing.get());
    }
  }

  private void compareAgain(String key) {
    LookupResult answer = origin.lookup(key);
    LookupResult other = shadow.table().lookup(key);
    if (answer.definitive() && other.definitive() && !answer.equals(other)) {
      long count = differing.incrementAndGet();
      if (count <= REPORTED_EACH || count % REPORTED_EACH == 0) {
        events.shadowDiffers(
            mapName,
            new ShadowDifference(shadow.name(), key, answer, other, count, compared.get()));
      }
    }
  }

  /** 10, 100, and so on up to a million, and each further million. */
  private static boolean isMilestone(long count) {
    long power = 10;
    while (power < 1_000_000 && power < count) {
      power *= 10;
    }
    return count % power == 0;
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "shadow-of-" + mapName);
    thread.setDaemon(true);
    return thread;
  }
}
