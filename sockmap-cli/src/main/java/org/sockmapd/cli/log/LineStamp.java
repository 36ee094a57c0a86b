package org.sockmapd.cli.log;

import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The time that a line begins with. A second is written out once: to do it for each line would cost
 * more than the rest of the line. Safe for use by many threads.
 */
final class LineStamp {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.", Locale.ROOT);
  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx ", Locale.ROOT);

  private final Clock clock;
  private volatile Second last = new Second(Long.MIN_VALUE, "", "");

  LineStamp(Clock clock) {
    this.clock = clock;
  }

  /** The time now, with milliseconds, offset and a space. */
  String now() {
    long millis = clock.millis();
    Second second = second(Math.floorDiv(millis, 1000L));
    int rest = Math.floorMod(millis, 1000);
    return second.date + (rest < 100 ? "0" : "") + (rest < 10 ? "0" : "") + rest + second.offset;
  }

  private Second second(long number) {
    Second known = last;
    if (known.number == number) {
      return known;
    }
    ZonedDateTime time = Instant.ofEpochSecond(number).atZone(clock.getZone());
    Second second = new Second(number, SECOND.format(time), OFFSET.format(time));
    last = second;
    return second;
  }

  private record Second(long number, String date, String offset) {}
}
