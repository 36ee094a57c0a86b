package org.sockmapd.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.nio.channels.Channels;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupEvents;

class TableLogTest {
  private final AtomicLong clock = new AtomicLong();

  @Test
  void namesTheConnectionAndTheCauseInWords() {
    SQLException failure =
        new SQLException("Communications link failure\n\nThe last packet", "08S01");
    failure.initCause(new ConnectException("Connection refused"));

    assertThat(
            logged(
                log -> {
                  LookupEvents mail = log.ofConnection("mail");
                  mail.nodeDown("db1:3306", failure);
                  mail.nodeStillDown("db1:3306", Duration.ofMinutes(10), 123);
                  mail.nodeUp("db1:3306");
                }))
        .containsExactly(
            "error node down connection=\"mail\" node=\"db1:3306\" cause=\"cannot connect\""
                + " detail=\"Connection refused\"",
            "error node still down connection=\"mail\" node=\"db1:3306\" minutes=10 unanswered=123",
            "warn node up connection=\"mail\" node=\"db1:3306\"");
  }

  @Test
  void tellsOfAPoolerThatSharesSessions() {
    SQLException cause = new SQLException("a row of another statement", "26000");
    assertThat(logged(log -> log.ofConnection("mail").sessionsShared("db1:5432", cause)))
        .singleElement()
        .asString()
        .startsWith(
            "warn a pooler shares sessions, statements are no longer kept prepared"
                + " connection=\"mail\" node=\"db1:5432\" cause=");
  }

  @Test
  void tellsOfStaleAnswers() {
    assertThat(
            logged(
                log -> {
                  log.staleBegan("alias");
                  log.staleEnded("alias", 17);
                }))
        .containsExactly(
            "warn stale answers given while the database fails map=\"alias\"",
            "warn no more stale answers map=\"alias\" given=17");
  }

  @Test
  void aNullValueHasOneLineAMinuteAndMapWithACount() {
    assertThat(
            logged(
                log -> {
                  for (int i = 0; i < 1000; i++) {
                    log.nullValue("alias", "k" + i);
                    log.nullValue("other", "k");
                  }
                  clock.addAndGet(Duration.ofMinutes(1).toNanos());
                  log.nullValue("alias", "last");
                }))
        .containsExactly(
            "warn NULL value passed over map=\"alias\" key=\"k0\" count=1",
            "warn NULL value passed over map=\"other\" key=\"k\" count=1",
            "warn NULL value passed over map=\"alias\" key=\"last\" count=1000");
  }

  private List<String> logged(Consumer<TableLog> events) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    Clock fixed = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    try (Log log = new Log(Channels.newChannel(lines), false, fixed)) {
      events.accept(new TableLog(log, clock::get));
    }
    return lines
        .toString(UTF_8)
        .lines()
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .toList();
  }
}
