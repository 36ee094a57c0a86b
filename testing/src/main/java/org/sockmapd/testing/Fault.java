package org.sockmapd.testing;

import java.time.Duration;

/** What a {@link FaultyProxy} does to the traffic. */
sealed interface Fault {
  record Forward() implements Fault {}

  record Refuse() implements Fault {}

  record DropNew() implements Fault {}

  record Hang() implements Fault {}

  record Delay(Duration duration) implements Fault {}

  // Not a record: setting the same number again starts a new count.
  final class CutAfterBytes implements Fault {
    final long bytes;

    CutAfterBytes(long bytes) {
      this.bytes = bytes;
    }
  }
}
