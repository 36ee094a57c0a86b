package org.sockmapd.lookup.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;

/** What an answer from memory costs, and what a memory full of them. */
class CacheCostTest {
  private static final int WARM_UP = 200_000;
  private static final int ROUNDS = 1_000_000;

  @Test
  void allocatesNothingForAnAnswerFromMemory() {
    CachedTable table =
        new CachedTable(
            "m", Found::new, CacheSettings.DEFAULTS, LookupEvents.NONE, System::nanoTime);
    long[] given = new long[1];
    Consumer<LookupResult> answer = result -> given[0]++;
    ask(table, WARM_UP, answer);

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    ask(table, ROUNDS, answer);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(given[0]).isEqualTo(WARM_UP + ROUNDS);
    assertThat(allocated / (double) ROUNDS).as("bytes a lookup").isLessThan(0.1);
    table.close();
  }

  private static void ask(CachedTable table, int rounds, Consumer<LookupResult> answer) {
    for (int i = 0; i < rounds; i++) {
      table.lookup("alice@example.com", answer);
    }
  }

  /** Runs in a JVM of its own, where nothing else is in the heap. */
  @ParameterizedTest
  @CsvSource({"40,8", "200,0"})
  void staysWithinTheMemoryThatTheConfigurationNames(int keyLength, int valueLength)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process filler =
        new ProcessBuilder(
                java,
                "-XX:+UseSerialGC",
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                FullCache.class.getName(),
                Integer.toString(keyLength),
                Integer.toString(valueLength))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] told;
    try (InputStream out = filler.getInputStream()) {
      told = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip().split(" ");
    }
    assertThat(filler.waitFor()).isZero();

    long entries = Long.parseLong(told[0]);
    long usedBytes = Long.parseLong(told[1]);
    long namedBytes = Long.parseLong(told[2]);
    assertThat(entries).isGreaterThanOrEqualTo(1_000_000);
    assertThat(usedBytes).isBetween(namedBytes * 3 / 4, namedBytes);
  }
}
